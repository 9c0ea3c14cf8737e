"""Cases, offers, entries and reasons as data: `--json` prints it, the HTTP service answers it. Keys are a contract."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jiandu.catalogue import Language
from jiandu.errors import Reason

if TYPE_CHECKING:  # a command that only says what is wrong with a guide loads no engine
    from jiandu.case import Case, Offer
    from jiandu.case.model import Paper, Run
    from jiandu.engine import Entry, Relative
    from jiandu.trail import Fault


def case_data(case: "Case", today: date, related: "Iterable[Relative]" = ()) -> dict[str, Any]:
    """A case as it stands on a day, with the cases that belong to it."""
    plain = ("id", "number", "guide", "version", "unit", "state", "status", "outcome", "seq")
    return {
        **{name: getattr(case, name) for name in plain},
        "card": dict(case.card),
        "holders": {role: list(persons) for role, persons in case.holders.items()},
        "deadlines": [run_data(run, today) for run in case.deadlines],
        "documents": [_paper(paper) for paper in case.papers],
        "suspended": case.suspended_on.isoformat() if case.suspended_on else None,
        "related": [_related(relative) for relative in related],
    }


def _related(relative: "Relative") -> dict[str, Any]:
    """A case that belongs to another; null for what may not be read of it."""
    said = {name: getattr(relative.case, name, None) for name in ("number", "state", "status")}
    return {"relation": relative.relation, "id": relative.id, **said}


def run_data(run: "Run", today: date, *, why: bool = False) -> dict[str, Any]:
    """A run of a deadline, with every step of its reckoning where that is asked for; null days while it is paused."""
    said = {"id": run.deadline, "n": run.n, "status": run.on(today), "owed_by": run.owed_by, "right": run.right}
    days = {name: getattr(run, name).isoformat() for name in ("started_on", "raw_end", "due")}
    if run.paused_on is not None:
        days |= {"raw_end": None, "due": None}
    paused = {"paused_on": run.paused_on.isoformat() if run.paused_on else None}
    trace = {"why": [dict(step) for step in run.trace]} if why else {}
    late = run.missed(today) and not run.right
    return {**said, **days, **paused, "provisional": run.provisional, "late": late, **trace}


def _paper(paper: "Paper") -> dict[str, Any]:
    return {
        "id": paper.document,
        "n": paper.n,
        "number": paper.number,
        "status": "answered" if paper.answered_on else paper.status,
        "addressee": paper.recipients[0] if paper.recipients else None,
        "recipients": list(paper.recipients),
        "served": {role: day.isoformat() for role, day in paper.served.items()},
    }


def offers_data(
    offers: "Iterable[Offer]", language: Language, reason: Callable[[Reason, Language], dict[str, Any]] | None = None
) -> dict[str, Any]:
    """What can be done, and what cannot and why: each reason as `reason` has it, or else as it is."""
    of = reason or reason_data
    return {
        "offers": [
            {
                "act": offer.act,
                "title": offer.title.said(language),
                "allowed": not offer.reasons,
                "reasons": [of(one, language) for one in offer.reasons],
            }
            for offer in offers
        ]
    }


def entry_data(entry: "Entry") -> Mapping[str, Any]:
    """An entry with its body, which is null once sealed."""
    return {"hash": entry.hash, "entry": entry.content, "body": entry.body}


def fault_data(fault: "Fault", language: Language) -> dict[str, Any]:
    """A fault of the trail, or of the register beside it."""
    return {"code": fault.code, "case": fault.case, "seq": fault.seq, "message": fault.text(language)}


def reason_data(reason: Reason, language: Language) -> dict[str, Any]:
    """A reason as data; `earliest` is the first possible day where time alone stands in the way."""
    return {
        "code": reason.code,
        "message": reason.text(language),
        "place": str(reason.place) if reason.place else None,
        "rule": reason.rule,
        "basis": list(reason.basis),
        "mark": reason.mark,
        "earliest": reason.earliest.isoformat() if reason.earliest else None,
    }
