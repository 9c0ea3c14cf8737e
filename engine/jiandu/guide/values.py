"""Whether a value fits a field: what a card or a record may hold."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from jiandu.calendar import Period
from jiandu.canonical import LARGEST
from jiandu.guide.model import Field

MOST_CHARACTERS = {"string": 500, "text": 20_000}
MOST_ENTRIES = 1_000
FIRST_YEAR, LAST_YEAR = "1900", "2999"
"""The years of a day that a person means; no period leads from them beyond the days that can be reckoned with."""
_ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def fault(definition: Field, value: Any) -> str | None:
    """Why the value does not fit: the code of a sentence in the catalogue, None when it fits."""
    if not definition.many:
        return _fault(definition, value)
    if not isinstance(value, list) or not value or len(value) > MOST_ENTRIES:
        return "value-no-list"
    return next((found for item in value if (found := _fault(definition, item))), None)


def _fault(definition: Field, value: Any) -> str | None:
    if definition.type == "choice":
        return None if isinstance(value, str) and value in definition.choices else "value-no-choice"
    if definition.type in ("integer", "amount"):
        return _number(definition, value)
    if definition.type in ("checklist", "object"):
        return (_points if definition.type == "checklist" else _parts)(definition, value)
    if definition.type in MOST_CHARACTERS:
        return _words(value, MOST_CHARACTERS[definition.type], lines=definition.type == "text")
    return _KINDS[definition.type](value)


def _number(definition: Field, value: Any) -> str | None:
    if type(value) is not int or abs(value) > LARGEST:
        return "value-no-integer"
    low = definition.min if definition.min is not None else (0 if definition.type == "amount" else -LARGEST)
    high = definition.max if definition.max is not None else LARGEST
    return None if low <= value <= high else "value-out-of-range"


def _words(value: Any, most: int, *, lines: bool) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "value-no-text"
    if len(value) > most:
        return "value-too-long"
    allowed = "\n\t" if lines else ""
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in value):
        return "value-control-character"
    return None if unicodedata.is_normalized("NFC", value) else "value-not-normal"


def _boolean(value: Any) -> str | None:
    return None if isinstance(value, bool) else "value-no-boolean"


def _date(value: Any) -> str | None:
    try:
        written = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        written = False
    if not written:
        return "value-no-date"
    return None if FIRST_YEAR <= value[:4] <= LAST_YEAR else "value-out-of-range"


def _period(value: Any) -> str | None:
    """Hours run from an instant; no limit reckoned in days can be so long."""
    try:
        period = Period.parse(value if isinstance(value, str) else "")
    except ValueError:
        return "value-no-period"
    return "value-no-period" if period.unit == "hours" else None


def _name(value: Any) -> str | None:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        return "value-no-name"
    return _words(value, MOST_CHARACTERS["string"], lines=False)


def _attachment(value: Any) -> str | None:
    if not isinstance(value, dict) or not {"name", "digest"} <= value.keys() <= {"name", "digest", "uri", "media_type"}:
        return "value-no-attachment"
    if any(_words(part, MOST_CHARACTERS["string"], lines=False) for part in value.values()):
        return "value-no-attachment"
    return None if _DIGEST.fullmatch(value["digest"]) else "value-no-attachment"


def _instant(value: Any) -> str | None:
    try:
        aware = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        aware = False
    return None if aware and FIRST_YEAR <= value[:4] <= LAST_YEAR else "value-no-instant"


def _points(definition: Field, value: Any) -> str | None:
    """A checklist answers every one of its points with one of its choices."""
    if not isinstance(value, dict) or value.keys() != definition.points.keys():
        return "value-no-checklist"
    chosen = all(isinstance(answer, str) and answer in definition.choices for answer in value.values())
    return None if chosen else "value-no-choice"


def _parts(definition: Field, value: Any) -> str | None:
    """An object holds what its fields ask, and nothing else."""
    if not isinstance(value, dict) or not value.keys() <= definition.fields.keys():
        return "value-no-object"
    missing = (f for key, f in definition.fields.items() if f.required and value.get(key) is None)
    if next(missing, None):
        return "value-missing"
    faults = (fault(definition.fields[key], part) for key, part in value.items() if part is not None)
    return next((found for found in faults if found), None)


_KINDS: Mapping[str, Callable[[Any], str | None]] = {
    "boolean": _boolean,
    "date": _date,
    "datetime": _instant,
    "period": _period,
    "person": _name,
    "organ": _name,
    "department": _name,
    "case": _name,
    "attachment": _attachment,
}
