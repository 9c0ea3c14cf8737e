"""Time limits: those a guide defines, those that a paper's reply brings along, and their versions."""

from dataclasses import replace

from jiandu.calendar import Period
from jiandu.catalogue import said
from jiandu.guide.build.reader import Reader, period
from jiandu.guide.model import Deadline, Document, Event, Events, Extension, Pause, Reply
from jiandu.source.cursor import Cursor

WARNINGS = tuple(Period.parse(text) for text in ("7 days", "3 days", "1 days"))
"""How long before the due day warnings come, unless the deadline says otherwise."""


def deadlines(reader: Reader) -> dict[str, Deadline]:
    """Every deadline by its name."""
    written = dict(reader.sections["deadlines"])
    replies: dict[str, Deadline] = {}
    for name, (cursor, _) in reader.steps.items():
        document = reader.documents.get(cursor.data.get("sends", ""))
        if document and document.reply and document.reply.limited:
            added = written.pop(f"{name}.reply", None)
            replies[f"{name}.reply"] = _reply(reader, name, document, document.reply, added)
    known = reader.names.deadlines
    own = {key: c for key, c in written.items() if reader.names.known("deadline", key, c, known, key=True)}
    return {**{key: _deadline(reader, key, cursor) for key, cursor in own.items() if "." not in key}, **replies}


def _reply(reader: Reader, step: str, document: Document, reply: Reply, added: Cursor | None) -> Deadline:
    to = document.addressed_to[0] if document.addressed_to else ""
    deadline = Deadline(
        f"{step}.reply",
        said("reply-period", zh=document.title, en=document.title),
        document.place,
        owed_by=to,
        counts_from=Events((Event("served", step, to),)),
        each=document.each,
        length=reply.within,
        in_document=reply.in_document,
        met_by=Events((Event("answered", step),)),
        warn=WARNINGS,
        basis=document.basis,
    )
    return deadline if added is None else _consequences(reader, deadline, added)


def _deadline(reader: Reader, key: str, cursor: Cursor) -> Deadline:
    owed = next(name for name in ("owed_by", "right_of") if name in cursor)
    reader.roles(cursor.at(owed))
    deadline = Deadline(
        key,
        reader.text(cursor.at("title")),
        cursor.place,
        owed_by=cursor.data[owed],
        counts_from=reader.events(cursor.at("counts_from")),
        right=owed == "right_of",
        internal=cursor.data.get("internal", False),
        each=cursor.data.get("each", False),
        when=reader.condition(cursor.at("when")),
        met_by=reader.events(cursor.at("met_by")),
        rolls=cursor.data.get("roll") != "none",
        month_rule=cursor.data.get("months", "corresponding_day"),
        survives=cursor.data.get("survives") == "close",
    )
    deadline = _consequences(reader, _length(reader, deadline, cursor), cursor)
    return replace(deadline, versions=tuple(_version(reader, deadline, c) for c in cursor.at("versions").each()))


def _version(reader: Reader, deadline: Deadline, cursor: Cursor) -> Deadline:
    since, until = reader.span(cursor)
    return replace(_length(reader, deadline, cursor), since=since, until=until)


def _length(reader: Reader, deadline: Deadline, cursor: Cursor) -> Deadline:
    """With what is written there of its length and basis; a version that gives a length has no other."""
    deadline = replace(deadline, basis=reader.basis(cursor) or deadline.basis)
    if "length" not in cursor and "due_on" not in cursor:
        return deadline
    length = cursor.at("length")
    return replace(
        deadline,
        length=period(length),
        length_field=reader.field_of_type(length.at("field"), "period"),
        due_field=reader.field_of_type(cursor.at("due_on", "field"), "date"),
    )


def _consequences(reader: Reader, deadline: Deadline, cursor: Cursor) -> Deadline:
    """What may be added to every deadline, a paper's reply period too."""
    ours = (
        not reader.sections["roles"][deadline.owed_by].data.get("outside")
        if deadline.owed_by in reader.sections["roles"]
        else False
    )
    pauses = cursor.at("pause")
    return replace(
        deadline,
        void_by=reader.events(cursor.at("void_by")),
        duty=reader.acts(cursor.at("on_missed", "duty")),
        warn=tuple(map(reader.counted_back, cursor.at("warn").each())) if "warn" in cursor else WARNINGS,
        extend=_extension(reader, cursor.at("extend")),
        pauses=tuple(_pause(reader, entry) for entry in pauses.each() if "suspended" not in entry),
        stops_with_case=next((e.data["suspended"] for e in pauses.each() if "suspended" in e), ours),
    )


def _extension(reader: Reader, cursor: Cursor) -> Extension | None:
    if cursor.data is None:
        return None
    return Extension(
        adds=Period.parse(cursor.data["adds"]),
        at_most=cursor.data.get("at_most", 1),
        by=reader.roles(cursor.at("by")),
        grounds=reader.texts(cursor.at("grounds")),
        before_due=cursor.data.get("granted", "before_due") == "before_due",
    )


def _pause(reader: Reader, cursor: Cursor) -> Pause:
    if "while" in cursor:
        return Pause(states=reader.states(cursor.at("while")))
    return Pause(since=reader.events(cursor.at("from")), until=reader.events(cursor.at("to")))
