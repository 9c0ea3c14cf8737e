"""`jiandu case suspend`: nothing is done in the case until it is resumed."""

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting

command = acting("suspend", options.ground, options.reason)
