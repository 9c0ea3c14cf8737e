"""An office that works with an engine: its guide, its people, and shorthand for what they do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import select, update

from guides_for_tests.family import FAMILY
from guides_for_tests.small import text
from jiandu.case import Actor, Case
from jiandu.clock import FixedClock
from jiandu.directory import Directory
from jiandu.engine import Engine
from jiandu.errors import RefusedError
from jiandu.store.tables import cases, metadata
from stranger import stranger

LETTERS = text("""
open: {by: clerk, fills: [note, kind]}
powers:
  amend: officer
  assign: [clerk, boss]
  note: any_member
  extend: boss
  suspend: boss
  link: officer
  migrate: boss
  adopt: clerk
  rescind: boss
suspension: {grounds: {ill: 病}, from: any_open}
related: {near: {title: 相关, guide: letters}}
number: "{unit}案〔{year}〕{seq}号"
outcomes: {finished_well: 办结}
fields:
  note: {title: 备注, type: text}
  kind: {title: 类, type: choice, default: x, choices: {x: 甲, y: 乙}}
documents:
  notice:
    title: 通知书
    number: "{unit}通〔{year}〕{seq}号"
    signed_by: boss
    released_by: clerk
    addressed_to: police
    reply: {within: 7 days, by: officer}
states:
  a:
    title: 甲
    steps:
      take: {title: 登记, by: clerk, numbers: case}
      once: {title: 一次, by: [officer, clerk], optional: true}
      read: {title: 阅, by: officer, optional: true, repeat: true, record: {note: {title: 注, type: text}}}
      review: {title: 核, by: officer, optional: true, not_by: [read]}
      send: {title: 发, by: officer, optional: true, repeat: true, sends: notice}
    transitions:
      go: {title: 走, by: clerk, to: b, outcome: finished_well}
      again: {title: 再, by: clerk, to: a}
  b: {title: 乙, transitions: {shelve: {title: 归档, by: clerk, to: c}}}
  c: {title: 丙, final: true}
deadlines:
  reading:
    title: 阅卷期
    owed_by: officer
    counts_from: {entered: a}
    length: 5 days
    met_by: {done: read}
    extend: {adds: 2 days, by: boss}
""", id="letters")  # fmt: skip
SEALED = "secrecy: {when: {kind: y}, readers: boss}\n"
SECRET = LETTERS.replace("letters", "secret").replace("suspension:", f"{SEALED}suspension:")
"""The same guide, whose cases of kind y only the officer who leads them and the boss see."""
ENGINE_GUIDES = {"letters": LETTERS, "secret": SECRET, **FAMILY}

CLERK, OFFICER, BOSS = (
    Actor(i, frozenset((role,)), "u1") for i, role in (("k", "clerk"), ("o", "officer"), ("b", "boss"))
)


@dataclass
class Office:
    """An engine with its clock and the address of its database."""

    engine: Engine
    clock: FixedClock
    url: str

    def open(self, by: Actor = CLERK, **written: Any) -> Case:
        return self.engine.open("letters", unit="u1", by=by, **written)

    def do(self, case: Case | str, act: str, by: Actor = CLERK, **written: Any) -> Case:
        return self.engine.do(case if isinstance(case, str) else case.id, act, by=by, **written)

    def codes(self, case: Case | str, act: str, by: Actor = CLERK, **written: Any) -> list[str]:
        """The codes of a refusal; none where the act was done."""
        return refusal(lambda: self.do(case, act, by, **written))

    def send(self, case: Case) -> Case:
        """A notice, from its draft to its service."""
        for verb, by in (("draft", OFFICER), ("sign", BOSS), ("release", CLERK)):
            self.do(case, f"send.{verb}", by)
        return self.do(case, "send.serve", OFFICER, paper=None, to="police")

    def act(self, verb: str, case: Case | str, name: str = "", by: Actor = BOSS, **written: Any) -> Case:
        """One of the general acts."""
        return self.engine.act(verb, case if isinstance(case, str) else case.id, name, by=by, **written)

    def not_acted(self, verb: str, case: Case | str, name: str = "", by: Actor = BOSS, **written: Any) -> list[str]:
        """The codes of its refusal; none where it was done."""
        return refusal(lambda: self.act(verb, case, name, by, **written))

    def know(self, people: Directory) -> None:
        """From here on people and units come from a directory."""
        self.engine.office = replace(self.engine.office, directory=people)

    def wait(self, days: int) -> date:
        self.clock.instant += timedelta(days=days)
        return self.clock.instant.date()

    def dump(self) -> str:
        """Everything in the database, as text."""
        with stranger(self.url) as connection:
            tables = [connection.execute(select(table)).all() for table in metadata.sorted_tables]
        return "\n".join(row for rows in tables for row in sorted(map(str, rows)))

    def projection(self, case: Case) -> bytes:
        """The case as the register has it."""
        with stranger(self.url) as connection:
            return connection.execute(select(cases.c.projection).where(cases.c.id == case.id)).scalar_one()

    def rewrite(self, case: Case, projection: bytes) -> None:
        """Changes the register behind the engine's back."""
        with stranger(self.url) as connection:
            connection.execute(update(cases).where(cases.c.id == case.id).values(projection=projection))


def refusal(attempt: Callable[[], object]) -> list[str]:
    """The codes of the refusal an attempt ends with; none where it does not."""
    try:
        attempt()
    except RefusedError as error:
        return sorted(reason.code for reason in error.reasons)
    return []


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """What each attempt gave or raised, all begun at the same moment."""
    barrier, found = Barrier(len(attempts)), [None] * len(attempts)

    def attempt(index: int) -> None:
        barrier.wait()
        try:
            found[index] = attempts[index]()
        except Exception as error:
            found[index] = error

    threads = [Thread(target=attempt, args=(index,)) for index in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
