"""`jiandu case do`: a step, a transition, or one of a paper's own acts."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting
from jiandu.cli.frame.types import WORDS

command = acting(
    "do",
    click.argument("act", type=WORDS),
    options.record,
    options.card,
    options.person,
    options.attach,
    click.option("--document", type=WORDS),
    click.option("--to", type=WORDS),
    name="act",
)
