"""`jiandu case resume`: the case goes on where it stood."""

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting

command = acting("resume", options.reason)
