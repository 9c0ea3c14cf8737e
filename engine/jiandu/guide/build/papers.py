"""Papers: the life of a document, and the acts that a step which sends one turns into."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jiandu.catalogue import said
from jiandu.guide.build.reader import Reader, period
from jiandu.guide.model import Act, Document, Field, Reply
from jiandu.source.cursor import Cursor

VERBS = ("draft", "sign", "return", "release", "serve", "answer")


def document(reader: Reader, key: str, cursor: Cursor) -> Document:
    """A kind of paper, with the defaults of its file."""
    defaults = reader.defaults.get(cursor.source.file)

    def at(name: str) -> Cursor:
        return cursor.at(name) if name in cursor or defaults is None else defaults.at(name)

    reader.deciding(at("signed_by"))
    addressed = cursor.at("addressed_to")
    by_field = isinstance(addressed.data, dict)
    return Document(
        key,
        reader.text(cursor.at("title")),
        cursor.place,
        number=cursor.data.get("number", ""),
        signed_by=reader.roles(at("signed_by")),
        released_by=reader.roles(at("released_by")),
        addressed_to=() if by_field else reader.roles(addressed),
        addressed_field=_addressed_field(reader, addressed.at("field")) if by_field else "",
        copies_to=reader.roles(cursor.at("copies_to")),
        reply=_reply(reader, cursor.at("reply")),
        modes={name: reader.record(mode.at("record")) for name, mode in cursor.at("serve").entries()},
        each=cursor.data.get("each", False),
        basis=reader.basis(cursor),
    )


def _addressed_field(reader: Reader, cursor: Cursor) -> str:
    """The card field that names the addressee; its choices are roles."""
    name = reader.field_of_type(cursor, "choice")
    for code in reader.names.fields[name].choices if name in reader.names.fields else ():
        reader.names.known("role", code, cursor, reader.names.roles)
    return name


def _reply(reader: Reader, cursor: Cursor) -> Reply | None:
    if cursor.data is None or cursor.data == "none":
        return None
    within = cursor.data["within"]
    named = within in ("in_document", "none")
    return Reply(
        within=None if named else period(cursor.at("within")),
        in_document=within == "in_document",
        default=period(cursor.at("default")),
        by=reader.roles(cursor.at("by")),
        record=reader.record(cursor.at("record")),
    )


def collect(reader: Reader, name: str, cursor: Cursor) -> None:
    """Makes known the acts, records and deadline of a step or transition."""
    record, by = reader.record(cursor.at("record")), cursor.at("by").names
    if "sends" not in cursor:
        reader.names.records[name] = {**record, **authority(reader, cursor, by)}
        return
    reader.names.senders.add(name)
    sends = cursor.at("sends")
    known = reader.names.known("document", sends.data, sends, reader.documents)
    document = reader.documents[sends.data] if known else None
    first, *later = verbs(document, drafted="drafted_in" not in cursor)
    for verb in (first, *later):
        reader.names.acts.add(f"{name}.{verb}")
        written = {**record, **_named_period(document, cursor)} if verb == first else {}
        signed = document.signed_by if document and verb in ("sign", "return") else ()
        roles = signed or (by if verb == first else ())
        asked = {**_record(verb, document, cursor), **authority(reader, cursor, roles)}
        reader.names.records[f"{name}.{verb}"] = {**written, **asked}
    reader.names.openers[name] = f"{name}.{first}"
    if document is None or (document.reply and document.reply.limited):
        reader.names.deadlines.add(f"{name}.reply")


def authority(reader: Reader, cursor: Cursor, by: tuple[str, ...]) -> dict[str, Field]:
    """What an act records when it is entered for a role that decided elsewhere: the paper, and a collective's vote."""
    roles = [reader.sections["roles"][name] for name in by if name in reader.sections["roles"]]
    recorded = any("recorded_by" in role for role in roles)
    asked = {"authority": Field("authority", said("field-authority"), "attachment", cursor.place)} if recorded else {}
    if any(role.data.get("collective") for role in roles):
        asked["vote"] = _vote(cursor)
    return asked


def _vote(cursor: Cursor) -> Field:
    counts = ("members", "present", "for", "against", "abstain")
    fields = {
        name: Field(name, said(f"field-vote-{name}"), "integer", cursor.place, required=True, min=0) for name in counts
    }
    fields["decided"] = Field("decided", said("field-vote-decided"), "boolean", cursor.place, required=True)
    return Field("vote", said("field-vote"), "object", cursor.place, fields=fields)


def verbs(document: Document | None, *, drafted: bool) -> tuple[str, ...]:
    """The acts in the life of a paper; one that nobody signs, releases or answers lacks those."""
    left_out = set() if drafted else {"draft"}
    if document is not None:
        left_out |= set() if document.signed_by else {"sign", "return"}
        left_out |= set() if document.released_by else {"release"}
        left_out |= set() if document.recipients or document.addressed_field else {"serve"}
        left_out |= set() if document.reply else {"answer"}
    return tuple(verb for verb in VERBS if verb not in left_out) or ("draft",)


def _record(verb: str, document: Document | None, cursor: Cursor) -> Mapping[str, Field]:
    """What an act in the life of a paper asks by itself."""
    if verb == "return":
        return {"reason": Field("reason", said("field-reason"), "text", cursor.place, required=True)}
    if verb == "answer":
        return document.reply.record if document and document.reply else {}
    return _served(document) if document and verb == "serve" else {}


def _served(document: Document) -> Mapping[str, Field]:
    """Where a document may be served in several ways, the act says in which, and records what that way asks."""
    if not document.modes:
        return {}
    titles = {mode: said(f"serve-{mode}") for mode in document.modes}
    mode = Field("mode", said("field-mode"), "choice", document.place, required=True, choices=titles)
    asked = {key: replace(f, required=False) for fields in document.modes.values() for key, f in fields.items()}
    return {"mode": mode, **asked}


def _named_period(document: Document | None, cursor: Cursor) -> dict[str, Field]:
    """What drafting asks where the paper itself names the period for its reply."""
    if document is None or document.reply is None or not document.reply.in_document:
        return {}
    within = Field("reply_within", said("field-reply-within"), "period", cursor.place)
    return {"reply_within": within, "reply_on": Field("reply_on", said("field-reply-on"), "date", cursor.place)}


def paper_acts(reader: Reader, step: Act, document: Document, cursor: Cursor) -> Iterator[Act]:
    """The acts of a step that sends a paper; the first of them carries what the step writes."""
    drafted_in = reader.acts(cursor.at("drafted_in"))
    first, *later = verbs(document, drafted=not drafted_in)
    opening = _paper_act(reader, step, document, first)
    if drafted_in:
        by = document.signed_by or document.released_by or step.by
        opening = replace(opening, by=by, after=(*step.after, *drafted_in), not_by=drafted_in)
    yield opening
    for verb in later:
        act = _paper_act(reader, step, document, verb)
        act = replace(act, assigns="", numbers_case=False, fills=(), sets={}, before=(), opens=None, people=None)
        yield from _later(reader, act, step, document)


def _paper_act(reader: Reader, step: Act, document: Document, verb: str) -> Act:
    name = f"{step.name}.{verb}"
    title = said(f"paper-{verb}", zh=document.title, en=document.title)
    return replace(step, name=name, title=title, verb=verb, record=reader.names.records.get(name, {}))  # type: ignore[arg-type]


def _later(reader: Reader, act: Act, step: Act, document: Document) -> Iterator[Act]:
    if act.verb in ("sign", "return"):
        drafted = () if set(step.by) & set(document.signed_by) else (f"{step.name}.draft",)
        yield replace(act, by=document.signed_by, not_by=drafted if act.verb == "sign" else ())
    elif act.verb == "release":
        yield replace(act, by=document.released_by, not_by=())
    elif act.verb == "serve":
        yield replace(act, states=reader.open_states, not_by=())
    else:
        by = document.reply.by if document.reply and document.reply.by else step.by
        yield replace(act, by=by, not_by=(), states=reader.open_states, when=None, rules=(), after=(), repeat=True)
