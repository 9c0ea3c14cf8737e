"""`jiandu case extend`: making a time limit longer."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting
from jiandu.cli.frame.types import WORDS

command = acting("extend", click.argument("deadline", type=WORDS), options.ground, options.reason, name="deadline")
