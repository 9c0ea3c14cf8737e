"""`jiandu case link`: saying that another case belongs to this one."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting
from jiandu.cli.frame.types import WORDS

command = acting(
    "link",
    click.argument("relation", type=WORDS),
    click.argument("other", type=WORDS),
    options.reason,
    name="relation",
)
