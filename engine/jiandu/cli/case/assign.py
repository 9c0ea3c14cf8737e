"""`jiandu case assign`: naming the persons who hold a role in the case."""

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting

command = acting("assign", options.person, options.reason)
