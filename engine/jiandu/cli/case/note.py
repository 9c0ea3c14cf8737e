"""`jiandu case note`: adding a note to the trail."""

import click

from jiandu.cli.frame.acting import acting
from jiandu.cli.frame.types import WORDS

command = acting("note", click.argument("reason", type=WORDS))
