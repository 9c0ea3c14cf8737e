"""What a story claims of a case at a point of its course, and what was there instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiandu.case import Case

Otherwise = tuple[str, object, object]
"""A name, what was wanted of it, and what there was."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as of a day, with what must be looked up elsewhere: offers, and the names of its related cases."""

    case: Case
    today: date
    offered: tuple[str, ...]
    related: Mapping[str, tuple[str, ...]]


def untrue(expected: Mapping[str, Any], standing: Standing) -> Iterator[Otherwise]:
    """Every claim that is not true."""
    for name, wanted, got in _claims(expected, standing):
        if wanted != got:
            yield name, wanted, got


def _claims(expected: Mapping[str, Any], standing: Standing) -> Iterator[Otherwise]:
    case = standing.case
    for name in ("state", "status", "outcome", "number"):
        if name in expected:
            yield name, expected[name], getattr(case, name)
    for name, value in expected.get("card", {}).items():
        yield name, value, case.card.get(name)
    for role, persons in expected.get("holders", {}).items():
        yield role, [persons] if isinstance(persons, str) else list(persons), list(case.holders.get(role, ()))
    if "offers" in expected:
        yield "offers", sorted(expected["offers"]), sorted(standing.offered)
    if "warnings" in expected:
        yield "warnings", sorted(expected["warnings"]), sorted(_warned(case))
    for relation, wanted in expected.get("related", {}).items():
        names = standing.related.get(relation, ())
        yield relation, wanted, len(names) if isinstance(wanted, int) else list(names)
    for name, wanted in expected.get("deadlines", {}).items():
        yield from _deadline(standing, name, wanted)
    for name, wanted in expected.get("papers", {}).items():
        yield from _paper(case, name, wanted)


def _deadline(standing: Standing, name: str, wanted: Mapping[str, Any]) -> Iterator[Otherwise]:
    deadline, _, n = name.partition("#")
    runs = [run for run in standing.case.deadlines if run.deadline == deadline]
    run = next((run for run in runs if str(run.n) == n), None) if n else (runs[-1] if runs else None)
    got: Mapping[str, object] = {"is": "pending"}
    if run is not None:
        days = {"due": run.due.isoformat(), "raw_end": run.raw_end.isoformat()}
        got = {**days, "is": run.on(standing.today), "n": run.n, "started_on": run.started_on.isoformat()}
    for key, value in wanted.items():
        yield f"{name}.{key}", value, got.get(key)


def _paper(case: Case, name: str, wanted: Mapping[str, Any]) -> Iterator[Otherwise]:
    document, _, n = name.partition("#")
    papers = [paper for paper in case.papers if paper.document == document and n in ("", str(paper.n))]
    for key, value in wanted.items():
        yield f"{name}.{key}", value, getattr(papers[-1], key, None) if papers else None


def _warned(case: Case) -> Iterator[str]:
    for run in case.deadlines:
        if run.warned and run.unfinished:
            yield run.deadline if run == case.run(run.deadline) else f"{run.deadline}#{run.n}"
