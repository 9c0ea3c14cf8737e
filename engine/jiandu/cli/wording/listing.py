"""A guide as data: what can be done in which state, by whom, on which law."""

from collections.abc import Iterable, Mapping
from typing import Any

from jiandu.catalogue import Language, Text
from jiandu.guide.model import Act, Citation, Deadline, Document, Guide, Role, State
from jiandu.guide.words import basis_words, condition_words

Data = dict[str, Any]


def guide_data(guide: Guide, language: Language) -> Data:
    """The whole guide."""
    return {
        "id": guide.id,
        "version": guide.version,
        "title": guide.title.said(language),
        "status": guide.status,
        "initial": guide.initial,
        "outcomes": {code: title.said(language) for code, title in guide.outcomes.items()},
        "states": [_state(state, guide, language) for state in guide.states.values()],
        "acts": [_act(act, guide, language) for act in guide.acts.values()],
        "deadlines": [_deadline(deadline, guide, language) for deadline in guide.deadlines.values()],
        "documents": [_document(document, guide, language) for document in guide.documents.values()],
        "roles": [_role(role, language) for role in guide.roles.values()],
    }


def part_data(guide: Guide, name: str, language: Language) -> Data:
    """What of the guide has that name."""
    whole = guide_data(guide, language)
    kinds = ("states", "acts", "deadlines", "documents", "roles")
    named = {kind: [one for one in whole[kind] if name in (one["id"], one.get("step"))] for kind in kinds}
    return {"guide": guide.id, "version": guide.version, **{kind: found for kind, found in named.items() if found}}


def _state(state: State, guide: Guide, language: Language) -> Data:
    return {
        **_titled(state.id, state.title, language),
        "stage": state.stage,
        "final": state.final,
        "why": state.why.said(language) if state.why else None,
        "basis": _basis(state.basis, guide, language),
    }


def _act(act: Act, guide: Guide, language: Language) -> Data:
    return {
        **_titled(act.name, act.title, language),
        "step": act.step,
        "states": list(act.states),
        "by": list(act.by),
        "to": act.to or None,
        "when": condition_words(act.when, guide, language) if act.when else None,
        "rules": [{"id": rule.id, "says": rule.says.said(language), "blocks": not rule.warns} for rule in act.rules],
        "after": list(act.after),
        "before": list(act.before),
        "record": {field.id: field.title.said(language) for field in act.record.values()},
        "fills": list(act.fills),
        "outcome": act.outcome or None,
        "basis": _basis(act.basis, guide, language),
    }


def _deadline(deadline: Deadline, guide: Guide, language: Language) -> Data:
    return {
        **_titled(deadline.id, deadline.title, language),
        "owed_by": deadline.owed_by,
        "length": str(deadline.length) if deadline.length else None,
        "duty": list(deadline.duty),
        "basis": _basis(deadline.basis, guide, language),
    }


def _document(document: Document, guide: Guide, language: Language) -> Data:
    roles: Mapping[str, Iterable[str]] = {
        "signed_by": document.signed_by,
        "released_by": document.released_by,
        "addressed_to": document.addressed_to,
        "copies_to": document.copies_to,
    }
    said = _titled(document.id, document.title, language)
    listed = {name: list(names) for name, names in roles.items()}
    return {**said, "number": document.number or None, **listed, "basis": _basis(document.basis, guide, language)}


def _role(role: Role, language: Language) -> Data:
    said = _titled(role.id, role.title, language)
    return {**said, "assigned": role.assigned or None, "also": list(role.also), "outside": role.outside}


def _titled(id_: str, title: Text, language: Language) -> Data:
    return {"id": id_, "title": title.said(language)}


def _basis(citations: Iterable[Citation], guide: Guide, language: Language) -> list[Data]:
    cited = ((str(citation), citation.mark) for citation in citations)
    return [{"article": name, "mark": mark, "words": basis_words([name], guide, language)} for name, mark in cited]
