"""What an act writes: a record that is whole, a card that fits, persons for the roles it assigns."""

from collections.abc import Iterator

from jiandu.case.situation import Situation
from jiandu.catalogue import Text, said
from jiandu.errors import Reason
from jiandu.findings import NOWHERE
from jiandu.guide.model import Field, Role
from jiandu.guide.values import MOST_ENTRIES, fault


def reasons(situation: Situation) -> Iterator[Reason]:
    """What does not fit. Nothing is known of it while the act is only being asked about."""
    if not situation.asking:
        yield from _record(situation)
        yield from _card(situation)
        yield from _assigned(situation)
        yield from _named(situation)
    yield from _outcome(situation)
    if not situation.act.event:
        yield from _required(situation)


def warnings(situation: Situation) -> tuple[Reason, ...]:
    """Card fields that ought to be filled by now, where an event cannot be refused for them."""
    return tuple(_required(situation)) if situation.act.event else ()


def _record(situation: Situation) -> Iterator[Reason]:
    definitions, record = situation.act.record, situation.request.record
    for name in (name for name in record if name not in definitions):
        yield _reason(situation, "record-invalid", name, "value-not-asked")
    asked = _asked(situation)
    for name, definition in definitions.items():
        needed = definition.required or name in asked
        yield from _value(situation, "record-invalid", definition, record.get(name), needed=needed)
    if "reply_on" in definitions:
        yield from _period(situation)


def _asked(situation: Situation) -> set[str]:
    """What the record needs because of how the act is done: for whom it is entered, in which way a paper is served."""
    asked: set[str] = set()
    if situation.request.of is not None:
        role = situation.guide.roles.get(situation.request.of)
        asked |= {"authority"}
        asked |= {"vote"} if role and role.collective else set()
    if situation.act.verb == "serve":
        modes = situation.guide.documents[situation.act.document].modes
        chosen = modes.get(str(situation.request.record.get("mode")), {})
        asked |= {name for name, field in chosen.items() if field.required}
    return asked & situation.act.record.keys()


def _period(situation: Situation) -> Iterator[Reason]:
    """A paper that names its own period must name it once."""
    reply = situation.guide.documents[situation.act.document].reply
    given = [name for name in ("reply_within", "reply_on") if situation.request.record.get(name) is not None]
    if len(given) > 1:
        yield _reason(situation, "record-invalid", situation.act.record["reply_on"].title, "value-named-twice")
    elif not given and (reply is None or reply.default is None):
        yield _reason(situation, "record-invalid", situation.act.record["reply_within"].title, "value-missing")


def _card(situation: Situation) -> Iterator[Reason]:
    fields = situation.guide.fields
    for name, value in situation.request.card.items():
        if name not in situation.act.fills:
            yield _reason(situation, "card-invalid", fields[name].title if name in fields else name, "value-not-asked")
        else:
            yield from _value(situation, "card-invalid", fields[name], value, needed=True)


def _value(situation: Situation, code: str, definition: Field, value: object, *, needed: bool) -> Iterator[Reason]:
    if value is None:
        if needed:
            yield _reason(situation, code, definition.title, "value-missing")
    elif found := fault(definition, value):
        yield _reason(situation, code, definition.title, found)


def _assigned(situation: Situation) -> Iterator[Reason]:
    role, given = situation.act.assigns, situation.request.assigns
    for name in (name for name in given if name != role):
        yield _reason(situation, "record-invalid", name, "value-not-asked")
    if role:
        definition, persons = situation.guide.roles[role], given.get(role, ())
        if found := unassignable(definition, persons):
            yield _reason(situation, "record-invalid", definition.title, found)


def _named(situation: Situation) -> Iterator[Reason]:
    """Those who took part have to be persons."""
    people: object = situation.request.people
    if people and (found := fault(_PERSONS, list(people) if isinstance(people, tuple) else people)):
        yield _reason(situation, "record-invalid", said("field-people"), found)


def unassignable(role: Role, persons: object) -> str | None:
    """Why these cannot be the holders of a role."""
    most = 1 if role.assigned == "one" else MOST_ENTRIES
    if not isinstance(persons, (tuple, list)) or not 0 < len(persons) <= most:
        return "value-no-person"
    return fault(_PERSONS, list(persons))


_PERSONS = Field("persons", Text(""), "person", NOWHERE, many=True)
"""What an act may name for a role, told as a field is."""


def _required(situation: Situation) -> Iterator[Reason]:
    """The card fields that must be filled by the state that the act enters, or by one entered before."""
    if not situation.act.moves:
        return
    passed = {situation.act.to, *situation.case.visits}
    for definition in situation.guide.fields.values():
        if definition.required_from in passed and _unfilled(situation, definition.id):
            yield _reason(situation, "card-invalid", definition.title, "value-missing")


def _outcome(situation: Situation) -> Iterator[Reason]:
    """A field that is the outcome has to be filled."""
    name = situation.act.outcome_field
    if name and _unfilled(situation, name):
        yield _reason(situation, "card-invalid", situation.guide.fields[name].title, "value-missing")


def _unfilled(situation: Situation, name: str) -> bool:
    """Whether a card field stays empty. A sealed value fills it; while asking, so does all that the act may fill."""
    if situation.asking and name in situation.act.fills:
        return False
    return situation.after.acting_card.get(name, situation.case.card.get(name)) is None


def _reason(situation: Situation, code: str, field: object, found: str) -> Reason:
    facts = {"act": situation.act.title, "field": field, "fault": said(found)}
    return Reason(code, facts, situation.act.place)
