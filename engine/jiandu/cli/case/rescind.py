"""`jiandu case rescind`: undoing the newest entry."""

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting

command = acting("rescind", options.reason)
