"""The one way of every act in a case: read it, write what was asked by its fields, tell what came of it."""

from typing import Any

import click

from jiandu.case import Case
from jiandu.cli.frame import options, values
from jiandu.cli.frame.command import Spoken, command
from jiandu.cli.frame.desk import Desk, desk
from jiandu.cli.frame.settings import Settings
from jiandu.errors import UsageError
from jiandu.guide.model import Guide


def acting(verb: str, *params: options.Decorator, name: str = "") -> Spoken:
    """The command of a kind of act. `name` is the parameter that says which act, deadline or relation is meant."""

    @command(verb)
    @options.taking(options.case, *params, *options.ACTING)
    @click.pass_obj
    def act(settings: Settings, /, case: str, by: str | None, **asked: Any) -> None:
        options.one_time(asked)
        with desk(settings, by) as opened:
            _do(opened, verb, case, asked.pop(name, None) or "", asked)

    return act


def _do(desk: Desk, verb: str, case: str, name: str, asked: dict[str, Any]) -> None:
    before, guide = desk.read(case)
    after = desk.engine.act(verb, case, name, by=desk.by, **_written(guide, before, name, asked))
    warnings = desk.engine.entry(after).content["warnings"] if verb == "do" else []
    told = desk.told(after)
    lines = told.done(told.act_title(verb, name), warnings)
    desk.show({**desk.data(after), "warnings": warnings}, lines, result=False)


def _written(guide: Guide, case: Case, name: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What the act writes and when, by the names under which the engine takes it."""
    act = guide.acts.get(name)
    fields = act.record if act else {}
    record, card, files, persons = (asked.pop(part, ()) for part in ("record", "card", "attach", "person"))
    paper = _paper(case, asked.pop("document", None))
    attached = values.attached(files)
    on_card = [pair for pair in attached if pair[0] in guide.fields and pair[0] not in fields]
    record = [*record, *(pair for pair in attached if pair not in on_card)]
    typed = {"record": values.typed(record, fields), "card": values.typed([*card, *on_card], guide.fields)}
    people, assigns = values.persons(persons, act)
    return {**asked, **typed, "people": people, "assigns": assigns, "paper": paper}


def _paper(case: Case, named: str | None) -> str | None:
    """The paper that is meant by its name or its number. Raises UsageError where there is none."""
    if named is None:
        return None
    paper = next((paper for paper in case.papers if named in (paper.name, paper.number)), None)
    if paper is None:
        raise UsageError("unknown-paper", name=named)
    return paper.name
