"""Cases and guides as data: what `--json` prints. The keys are a contract."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jiandu.case import Case, Offer
from jiandu.case.model import Paper, Run
from jiandu.catalogue import Language
from jiandu.cli.frame.failures import reason_data
from jiandu.engine import Entry


def case_data(case: Case, today: date) -> dict[str, Any]:
    """A case as it stands on a day."""
    plain = ("id", "number", "guide", "version", "unit", "state", "status", "outcome", "seq")
    return {
        **{name: getattr(case, name) for name in plain},
        "card": dict(case.card),
        "holders": {role: list(persons) for role, persons in case.holders.items()},
        "deadlines": [run_data(run, today) for run in case.deadlines],
        "documents": [_paper(paper) for paper in case.papers],
        "related": [],
    }


def run_data(run: Run, today: date, *, why: bool = False) -> dict[str, Any]:
    """A run of a deadline, with every step of its reckoning where that is asked for."""
    days = {name: getattr(run, name).isoformat() for name in ("started_on", "raw_end", "due")}
    said = {"id": run.deadline, "n": run.n, "status": run.on(today), "owed_by": run.owed_by, **days}
    trace = {"why": [dict(step) for step in run.trace]} if why else {}
    return {**said, "provisional": run.provisional, "late": run.missed(today), **trace}


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.document,
        "n": paper.n,
        "number": paper.number,
        "status": "answered" if paper.answered_on else paper.status,
        "addressee": paper.recipients[0] if paper.recipients else None,
        "recipients": list(paper.recipients),
        "served": {role: day.isoformat() for role, day in paper.served.items()},
    }


def offers_data(offers: Iterable[Offer], language: Language) -> dict[str, Any]:
    """What can be done, and what cannot and why."""
    return {
        "offers": [
            {
                "act": offer.act,
                "title": offer.title.said(language),
                "allowed": not offer.reasons,
                "reasons": [reason_data(reason, language) for reason in offer.reasons],
            }
            for offer in offers
        ]
    }


def entry_data(entry: Entry) -> Mapping[str, Any]:
    """An entry with its body, which is null once sealed."""
    return {"hash": entry.hash, "entry": entry.content, "body": entry.body}
