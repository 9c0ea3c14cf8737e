"""`jiandu case`: opening a case, doing an act in it, and reading it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from jiandu.case import Actor, Case
from jiandu.catalogue import say
from jiandu.cli.frame import options, screen, values
from jiandu.cli.frame.command import group
from jiandu.cli.frame.engines import actor, engine
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import ATTACHED, NAMED, WORDS, Whole
from jiandu.cli.frame.values import Pair
from jiandu.cli.wording.case import CaseTold
from jiandu.cli.wording.data import case_data, entry_data, offers_data, run_data
from jiandu.clock import legal_day
from jiandu.engine import Engine
from jiandu.errors import UsageError
from jiandu.guide.model import Field, Guide

command = group("case")


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at an engine: what every command here begins with."""

    settings: Settings
    engine: Engine
    by: Actor

    @property
    def today(self) -> date:
        """The legal day that it is."""
        return legal_day(self.engine.clock.now())

    def read(self, case: str) -> tuple[Case, Guide]:
        """A case that the person may read, and its guide, whose articles a refusal may then cite."""
        found = self.engine.case(case, by=self.by)
        guide = self.engine.guide_of(found)
        self.cites(guide)
        return found, guide

    def cites(self, guide: Guide) -> None:
        """Lets a refusal say in words what the guide cites."""
        self.settings.guide = guide

    def told(self, case: Case) -> CaseTold:
        """The case as it is told in the reader's language."""
        return CaseTold(case, self.engine.guide_of(case), self.settings.language, self.today)

    def show(self, data: Any, lines: Iterator[str]) -> None:
        """Shows the data to a program, or the lines to a person."""
        if self.settings.json:
            screen.write_json(data)
        else:
            screen.write("\n".join(lines))


@contextmanager
def _desk(settings: Settings, by: str | None) -> Iterator[Desk]:
    person = actor(by)
    with engine(settings) as opened:
        yield Desk(settings, opened, person)


# acts


@command.command("open")
@click.argument("guide", type=WORDS)
@click.option("--unit", type=WORDS, required=True)
@click.option("--set", "card", type=NAMED, multiple=True)
@options.by
@options.day
@options.at
@options.key
@click.pass_obj
def open_(
    settings: Settings,
    guide: str,
    unit: str,
    card: tuple[Pair, ...],
    by: str | None,
    day: date | None,
    at: datetime | None,
    key: str | None,
) -> None:
    options.one_time(day, at)
    with _desk(settings, by) as desk:
        fields: Mapping[str, Field] = {}
        if guide in desk.engine.library.ids():
            compiled = desk.engine.library.guide(guide)
            desk.cites(compiled)
            fields = compiled.fields
        filled = values.typed(card, fields, "--set")
        day = legal_day(at) if at else day
        case = desk.engine.open(guide, unit=unit, by=desk.by, card=filled, day=day, key=key)
        desk.show(case_data(case, desk.today), iter([case.id]))


@command.command("do")
@options.case
@click.argument("act", type=WORDS)
@click.option("--record", type=NAMED, multiple=True)
@click.option("--set", "card", type=NAMED, multiple=True)
@click.option("--person", type=WORDS, multiple=True)
@click.option("--attach", type=ATTACHED, multiple=True)
@click.option("--document", type=WORDS)
@click.option("--to", type=WORDS)
@click.option("--expect-seq", type=Whole(0))
@options.by
@options.day
@options.at
@options.key
@click.pass_obj
def do(settings: Settings, /, case: str, act: str, by: str | None, **asked: Any) -> None:
    options.one_time(asked["day"], asked["at"])
    with _desk(settings, by) as desk:
        before, guide = desk.read(case)
        written = _written(guide, before, act, asked)
        times = {name: asked[name] for name in ("day", "at", "to", "key", "expect_seq")}
        after = desk.engine.do(case, act, by=desk.by, **written, **times)
        entry = desk.engine.history(case, by=desk.by)[after.seq - 1]
        warnings = entry.content["warnings"]
        data = {**case_data(after, desk.today), "warnings": list(warnings)}
        lines = iter(()) if settings.quiet else desk.told(after).done(act, warnings)
        if settings.json or not settings.quiet:
            desk.show(data, lines)


def _written(guide: Guide, case: Case, act: str, asked: dict[str, Any]) -> dict[str, Any]:
    """What the act writes, by the names under which the engine takes it."""
    found = guide.acts.get(act)
    fields = found.record if found else {}
    record = values.typed(asked["record"], fields, "--record")
    card = values.typed(asked["card"], guide.fields, "--set")
    for name, file in values.attached(asked["attach"]).items():
        target = card if name not in fields and found and name in found.fills else record
        definition = {**guide.fields, **fields}.get(name)
        target[name] = [file] if definition and definition.many else file
    return {
        "record": record,
        "card": card,
        "assigns": values.assigned(asked["person"], found),
        "paper": _paper(case, asked["document"]),
    }


def _paper(case: Case, named: str | None) -> str | None:
    """The paper that is meant by its name or its number. Raises UsageError where there is none."""
    if named is None:
        return None
    paper = next((paper for paper in case.papers if named in (paper.name, paper.number)), None)
    if paper is None:
        raise UsageError("unknown-paper", name=named)
    return paper.name


# reading


@command.command("show")
@options.case
@options.by
@click.pass_obj
def show(settings: Settings, case: str, by: str | None) -> None:
    with _desk(settings, by) as desk:
        found, _ = desk.read(case)
        desk.show(case_data(found, desk.today), desk.told(found).all())


@command.command("offers")
@options.case
@options.by
@options.day
@click.pass_obj
def offers(settings: Settings, case: str, by: str | None, day: date | None) -> None:
    with _desk(settings, by) as desk:
        found, _ = desk.read(case)
        offered = desk.engine.offers(case, by=desk.by, day=day)
        data = {**case_data(found, day or desk.today), **offers_data(offered, settings.language)}
        desk.show(data, desk.told(found).offers(offered, settings))


@command.command("history")
@options.case
@options.by
@click.pass_obj
def history(settings: Settings, case: str, by: str | None) -> None:
    with _desk(settings, by) as desk:
        found, _ = desk.read(case)
        entries = desk.engine.history(case, by=desk.by)
        data = {**case_data(found, desk.today), "history": [entry_data(entry) for entry in entries]}
        desk.show(data, desk.told(found).history(entries))


@command.command("deadlines")
@options.case
@click.option("--why", is_flag=True)
@options.by
@options.day
@click.pass_obj
def deadlines(settings: Settings, case: str, why: bool, by: str | None, day: date | None) -> None:
    with _desk(settings, by) as desk:
        found, _ = desk.read(case)
        on = day or desk.today
        runs = [run_data(run, on, why=why) for run in found.deadlines]
        desk.show({**case_data(found, on), "deadlines": runs}, desk.told(found).deadlines(on, why=why))


@command.command("list")
@click.option("--unit", type=WORDS)
@click.option("--guide", type=WORDS)
@click.option("--state", type=WORDS)
@click.option("--status", type=click.Choice(["open", "suspended", "closed", "finished"]))
@click.option("--number", type=WORDS)
@click.option("--after", type=WORDS)
@click.option("--limit", type=Whole(1))
@options.by
@click.pass_obj
def list_(settings: Settings, /, by: str | None, **filters: Any) -> None:
    asked = {name: value for name, value in filters.items() if value is not None}
    with _desk(settings, by) as desk:
        cases = desk.engine.cases(by=desk.by, **asked)
        data = {"cases": [case_data(case, desk.today) for case in cases]}
        if settings.json or cases:
            desk.show(data, (desk.told(case).line() for case in cases))
        elif not settings.quiet:
            screen.write(say("cases-none", settings.language))
