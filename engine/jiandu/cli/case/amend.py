"""`jiandu case amend`: correcting the card, or the newest record of an act."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.acting import acting
from jiandu.cli.frame.types import WORDS

command = acting(
    "amend",
    click.argument("act", type=WORDS, required=False),
    options.record,
    options.card,
    options.attach,
    options.reason,
    name="act",
)
