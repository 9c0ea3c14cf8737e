"""The page of a court bundle: what was done, by whom, when, on which article, what was late, and how to check it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from jiandu.case.model import Run
from jiandu.cli.wording.case import CaseTold
from jiandu.engine import Entry
from jiandu.guide.words import basis_words
from jiandu.trail.standalone import Proof, checkpoint_of

_FRAME = Template(Path(__file__).with_name("court.html").read_text(encoding="utf-8"))


def court_page(told: CaseTold, entries: Sequence[Entry], key: str, proofs: Sequence[Proof]) -> str:
    """The page, whole in itself: no script, nothing from elsewhere, every text escaped."""
    case = told.case
    runs = [_run(told, run) for run in case.deadlines]
    late = [_run(told, run) for run in case.deadlines if run.missed(told.today) and not run.right]
    facts = {
        "title": told.guide.title.said(told.language),
        "number": told.number(),
        "id": case.id,
        "version": case.version,
        "today": told.today.isoformat(),
        "count": str(len(entries)),
        "key": key or told.say("court-no-key"),
        "note": proofs[-1].note if proofs else told.say("court-no-note"),
        "worth": told.say("court-signed" if proofs else "court-unsigned"),
        "size": str(checkpoint_of(proofs[-1].note.rpartition("\n\n")[0] + "\n").size) if proofs else "0",
    }
    parts = {
        "standing": "".join(map(_item, told.all())),
        "rows": "".join(_row(told, entry) for entry in entries),
        "runs": "".join(runs) or _item(told.say("case-no-deadlines")),
        "late": "".join(late) or _item(told.say("court-none-late")),
    }
    return _FRAME.substitute({name: escape(fact) for name, fact in facts.items()} | parts)


def _row(told: CaseTold, entry: Entry) -> str:
    content = entry.content
    lines = list(told.entry(entry))[1:]
    by = content["by"]
    who = f"{by['id']} {told.say('in-brackets', text=_roles(told, by['roles']))}" if by["roles"] else by["id"]
    what = [str(told.act_title(content["kind"], content["name"]).said(told.language)), *map(str.strip, lines)]
    if entry.body is None:
        what.append(told.say("trail-sealed"))
    cells = [str(content["seq"]), content["day"], who, what, _basis(told, content), content["recorded_at"]]
    return f"<tr>{''.join(map(_cell, cells))}</tr>\n"


def _roles(told: CaseTold, roles: Iterable[str]) -> str:
    return told.say("joined-values").join(told.guide.title_of(role).said(told.language) for role in roles)


def _basis(told: CaseTold, content: Mapping[str, Any]) -> str:
    """The articles on which the act rests, as its guide cites them."""
    act = told.guide.acts.get(content["name"]) if content["kind"] == "do" else None
    return basis_words(map(str, act.basis), told.guide, told.language) if act and act.basis else ""


def _run(told: CaseTold, run: Run) -> str:
    basis = told.guide.deadlines[run.deadline].basis
    words = basis_words(map(str, basis), told.guide, told.language) if basis else ""
    return _item(told.run(run, told.today), words)


def _item(*lines: str) -> str:
    return f"<li>{'<br>'.join(escape(line.strip()) for line in lines if line)}</li>\n"


def _cell(content: str | list[str]) -> str:
    lines: Iterator[str] = map(escape, [content] if isinstance(content, str) else content)
    return f"<td>{'<br>'.join(lines)}</td>"
