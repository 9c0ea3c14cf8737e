"""What is written on the command line, as the fields of a guide want it.

What fits no type stays text, and the engine refuses it with the reason that every host gets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

from jiandu.errors import UsageError
from jiandu.guide.model import Act, Field

Pair = tuple[str, Any]
"""A field, or a part of one after a dot, and what is written for it."""
TRUTHS = {"true": True, "是": True, "false": False, "否": False}


def typed(pairs: Iterable[Pair], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Values by field. Raises UsageError for a field that holds one value and is given twice.

    The parts of an object or a checklist are named with a dot (`vote.present=7`); where there may be several, the next
    begins with the part that the one before has already.
    """
    given: dict[str, list[Pair]] = {}
    for written, value in pairs:
        name, _, part = written.partition(".")
        whole = fields.get(name)
        own = (name, part) if whole and _has_parts(whole) else (written, "")
        given.setdefault(own[0], []).append((own[1], value))
    return {name: _held(name, pieces, fields.get(name)) for name, pieces in given.items()}


def _has_parts(field: Field) -> bool:
    return field.type in ("object", "checklist")


def _held(name: str, pieces: list[Pair], field: Field | None) -> Any:
    """What a field holds: a value, or all that were given where it holds many."""
    if field is not None and _has_parts(field):
        held: list[Any] = [typed(entry, field.fields) for entry in _entries(pieces, field)]
    else:
        held = [_value(field.type if field else "", value) for _, value in pieces]
    if field is not None and field.many:
        return held
    if len(held) > 1:
        raise UsageError("usage-twice", name=name)
    return held[0]


def _entries(pieces: list[Pair], field: Field) -> list[list[Pair]]:
    """The pieces of each object: one begins with the part that the object before it has already."""
    entries: list[list[Pair]] = [[]]
    for part, value in pieces:
        inner = field.fields.get(part.partition(".")[0])
        repeats = inner is not None and (inner.many or _has_parts(inner))
        if not repeats and any(part == other for other, _ in entries[-1]):
            entries.append([])
        entries[-1].append((part, value))
    return entries


def _value(kind: str, written: Any) -> Any:
    return _READINGS[kind](written) if kind in _READINGS and isinstance(written, str) else written


def _whole(written: str) -> Any:
    digits = written.removeprefix("-")
    return int(written) if digits.isascii() and digits.isdigit() and len(digits) < 17 else written


_READINGS: Mapping[str, Callable[[str], Any]] = {
    "boolean": lambda written: TRUTHS.get(written, written),
    "integer": _whole,
    "amount": _whole,
}


def attached(pairs: Iterable[Pair]) -> list[Pair]:
    """Files by field, each with the SHA-256 of what stands in it. Raises UsageError for one that cannot be read."""
    return [(name, _attachment(Path(file))) for name, file in pairs]


def _attachment(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as content:
            return {"name": path.name, "digest": file_digest(content, "sha256").hexdigest()}
    except FileNotFoundError:
        raise UsageError("file-missing", file=str(path)) from None
    except (OSError, ValueError):
        raise UsageError("file-unreadable", file=str(path)) from None


def persons(written: Sequence[str], act: Act | None) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Who takes part in the act, and who holds a role from now on.

    `handler=p1` assigns; `p1` alone took part where the act asks for people, and else holds the role that it assigns.
    Raises UsageError where it does neither.
    """
    named = [text for text in written if "=" in text]
    alone = [text for text in written if "=" not in text]
    if act and act.people:
        return tuple(alone), _holders(named, "")
    return (), _holders([*named, *alone], act.assigns if act else "")


def _holders(written: Iterable[str], assigned: str) -> dict[str, tuple[str, ...]]:
    """Persons by role; those written alone hold the role that is assigned."""
    given: dict[str, tuple[str, ...]] = {}
    for text in written:
        said, sign, person = text.rpartition("=")
        role = said if sign else assigned
        if not role or not person:
            raise UsageError("usage-no-role", name=text)
        given[role] = (*given.get(role, ()), person)
    return given
