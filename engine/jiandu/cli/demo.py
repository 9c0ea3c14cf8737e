"""The main job, played and explained: one real matter under one real guide, on an embedded database."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from jiandu.calendar import trace_step
from jiandu.case import Actor, Case
from jiandu.catalogue import Language, Text, say, words
from jiandu.clock import LEGAL_ZONE, CountedEntropy, FixedClock
from jiandu.engine import Engine
from jiandu.errors import Reason, RefusedError
from jiandu.guide.library import Library
from jiandu.guide.model import Guide
from jiandu.guide.words import basis_words
from jiandu.scenario import Item, Story, read_story
from jiandu.store import Database
from jiandu.trail import Report

GUIDE, STORY = "case-filing", "c1-a1"
TRIES: Mapping[str, str] = {"examine": "notify.draft", "police_filed": "correct.draft"}
"""Before the first act, on its day and by its person, the second is tried, and refused."""
EXPLAINED = "filing"
"""The deadline whose due day is explained step by step: it runs into the Labour Day holiday."""
ALTERED = "reason_fails"
"""The act whose entry is altered behind the program's back."""
ONE_MINUTE = timedelta(minutes=1)


class Demonstration:
    """The story told line by line, while a real engine handles the case."""

    def __init__(self, path: Path, language: Language) -> None:
        library = Library.shipped()
        self.path = path
        self.language = language
        self.guide: Guide = library.guide(GUIDE)
        self.story: Story = read_story(library.folder / "scenarios" / GUIDE / f"{STORY}.yaml")
        self.clock = FixedClock(datetime.min.replace(tzinfo=LEGAL_ZONE))
        database = Database.connect(f"sqlite:///{path}")
        database.init(practice=True)
        self.engine = Engine(
            database, guides=library, directory=self.story.directory, clock=self.clock, entropy=CountedEntropy()
        )

    def lines(self) -> Iterator[str]:
        """The whole demonstration, a line at a time."""
        yield self.say("demo-title")
        case: Case | None = None
        for item in self.story.items:
            if "refused" not in item.data and "expect" not in item.data:
                after = yield from self.act(item, case)
                case = after
        if case is not None:
            yield from self.end(case)

    def say(self, code: str, **facts: object) -> str:
        return say(code, self.language, facts)

    # the matter

    def act(self, item: Item, before: Case | None) -> Generator[str, None, Case]:
        """Does what the item says and tells of it; its value is the case after it."""
        self.wait(item)
        if before is not None and (other := TRIES.get(item.data["do"])):
            yield from self.tried(item, other, before)
        after = self.done(item, before)
        if before is None:
            yield from self.stage(after)
        entry = self.engine.history(after.id, by=Actor(item.data["as"]))[-1].content
        yield self.act_line(entry)
        for effect in entry["effects"]:
            yield from self.consequence(effect)
        if before is not None and before.state != after.state:
            yield from self.stage(after)
        return after

    def wait(self, item: Item) -> None:
        """Lets the clock run on to the day on which the item is entered."""
        day = item.recorded_on or item.day
        morning = datetime.combine(day, time(9), LEGAL_ZONE) if day else self.clock.instant
        self.clock.instant = max(morning, self.clock.instant + ONE_MINUTE)

    def done(self, item: Item, before: Case | None) -> Case:
        by, asked = Actor(item.data["as"]), item.request(GUIDE, {})
        if before is None:
            return self.engine.open(GUIDE, unit=self.story.unit.id, by=by, card=asked.card, day=asked.day)
        return self.engine.act(item.verb, before.id, asked.name, by=by, day=asked.day, **asked.written)

    def stage(self, case: Case) -> Iterator[str]:
        yield ""
        yield self.say("demo-stage", state=self.guide.states[case.state].title)

    def act_line(self, entry: Mapping[str, Any]) -> str:
        act = self.guide.acts.get(entry["name"])
        cited = act.basis if act else self.guide.powers["open"].basis
        law = [str(citation) for citation in cited if citation.is_law]
        return self.say(
            "demo-act",
            day=datetime.fromisoformat(entry["day"]).date(),
            role=self.guide.roles[entry["by"]["roles"][0]].title,
            act=act.title if act else Text(*words()["demo-open"]),
            basis=basis_words(law, self.guide, self.language) or self.say(f"demo-{cited[0].kind}"),
        )

    def consequence(self, effect: Mapping[str, Any]) -> Iterator[str]:
        if effect["kind"] == "number_taken":
            yield self.say("demo-number", number=effect["number"])
        elif effect["kind"] == "deadline_met":
            code = "demo-met-late" if effect["late"] else "demo-met"
            yield self.say(code, deadline=self.guide.deadlines[effect["deadline"]].title)
        elif effect["kind"] == "deadline_started":
            deadline = self.guide.deadlines[effect["deadline"]]
            due = datetime.fromisoformat(effect["due"]).date()
            role = self.guide.roles[effect["owed_by"]].title
            yield self.say("demo-due", deadline=deadline.title, role=role, due=due)
            if effect["deadline"] == EXPLAINED:
                yield self.say("demo-why-due")
                yield from (self.say("demo-why-step", step=step) for step in self.steps(effect))

    def steps(self, effect: Mapping[str, Any]) -> Iterator[str]:
        for flat in effect["trace"]:
            if flat["code"] != "trace-calendar" or self.language == "zh":
                yield trace_step(flat).text(self.language)

    # what is refused

    def tried(self, item: Item, act: str, case: Case) -> Iterator[str]:
        """Tries an act that the guide does not allow now, and tells why not."""
        by, title = Actor(item.data["as"]), self.guide.acts[act].title
        record = {field: "15 days" if field == "reply_within" else "…" for field in self.asked(act)}
        before = self.content()
        try:
            self.engine.do(case.id, act, by=by, day=item.day, record=record)
        except RefusedError as refusal:
            role = self.guide.roles["handler"].title
            yield self.say("demo-try", day=item.day, role=role, act=title)
            for reason in refusal.reasons:
                yield from self.refused(reason)
        if self.content() == before and self.engine.case(case.id, by=by) == case:
            yield self.say("demo-unchanged")

    def content(self) -> bytes:
        """Every byte of the database, those not yet moved into the main file too."""
        return b"".join(file.read_bytes() for file in sorted(self.path.parent.iterdir()) if file.suffix != ".db-shm")

    def asked(self, act: str) -> Iterator[str]:
        fields = self.guide.acts[act].record.values()
        return (field.id for field in fields if field.required or field.id == "reply_within")

    def refused(self, reason: Reason) -> Iterator[str]:
        yield self.say("demo-refused", reason=reason.text(self.language))
        if reason.basis:
            yield self.say("demo-cited", basis=basis_words(reason.basis, self.guide, self.language))

    # the trail

    def end(self, case: Case) -> Iterator[str]:
        """What came of it, whether the trail is whole, and what an alteration looks like."""
        days = (case.visits[case.state].on - case.opened_on).days
        outcome = self.guide.outcomes[case.outcome or ""]
        yield ""
        yield self.say("demo-finished", number=case.number, outcome=outcome, entries=case.seq, days=days)
        yield ""
        yield self.say("demo-verify")
        yield from self.report(self.engine.verify(), case)
        yield ""
        done = case.acts[ALTERED]
        yield self.say("demo-tamper", seq=done.seq, day=done.on, act=self.guide.acts[ALTERED].title)
        self.alter(case.id, done.seq)
        yield from self.report(self.engine.verify(), case)
        yield ""
        yield self.say("demo-closing")

    def report(self, report: Report, case: Case) -> Iterator[str]:
        """The report, with the number of the case where it names the case."""
        for line in report.text(self.language).replace(case.id, case.number or "").splitlines():
            yield self.say("demo-report", line=line)

    def alter(self, case: str, seq: int) -> None:
        """What somebody with the database file can do: no program of ours is asked."""
        with sqlite3.connect(self.path) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            row = connection.execute("SELECT bytes FROM entries WHERE case_id = ? AND seq = ?", (case, seq)).fetchone()
            altered = row[0].replace(b"2026-04-15", b"2026-04-16", 1)
            connection.execute("UPDATE entries SET bytes = ? WHERE case_id = ? AND seq = ?", (altered, case, seq))
        connection.close()


@click.command("demo")
@click.pass_obj
def command(settings: Any) -> None:
    """Play the main job on an embedded database and explain it."""
    with TemporaryDirectory(prefix="jiandu-demo-") as folder:
        for line in Demonstration(Path(folder) / "demo.db", settings.language).lines():
            click.echo(line)
