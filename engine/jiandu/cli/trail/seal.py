"""`jiandu trail seal`: taking the bodies of entries out of sight for good."""

import click

from jiandu.cli.frame import options
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.desk import desk
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import Whole


@named("seal")
@options.case
@click.argument("seqs", type=Whole(1), nargs=-1, required=True)
@options.taking(options.by, options.approved_by, options.reason)
@click.pass_obj
def command(
    settings: Settings, case: str, seqs: tuple[int, ...], by: str | None, approved_by: str | None, reason: str | None
) -> None:
    with desk(settings, by) as opened:
        opened.read(case)
        answers = opened.engine.seal(case, seqs, by=opened.by, approved_by=approved_by or "", reason=reason or "")
        told = opened.told(answers)
        opened.show(opened.data(answers), told.done(told.act_title("seal", "seal"), []), result=False)
