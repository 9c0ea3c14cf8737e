"""What is written on the command line, as the fields of a guide want it.

What fits no type stays text, and the engine refuses it with the reason that every host gets.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from jiandu.errors import UsageError
from jiandu.guide.model import Act, Field

Pair = tuple[str, str]
TRUTHS = {"true": True, "是": True, "false": False, "否": False}


def typed(pairs: Iterable[Pair], fields: Mapping[str, Field], option: str) -> dict[str, Any]:
    """Values by field. Raises UsageError for a field that holds one value and is given twice."""
    given: dict[str, list[Any]] = {}
    for name, written in pairs:
        given.setdefault(name, []).append(_value(fields[name].type if name in fields else "", written))
    return {name: _one_or_many(name, values, fields.get(name), option) for name, values in given.items()}


def _one_or_many(name: str, values: list[Any], field: Field | None, option: str) -> Any:
    if field is not None and field.many:
        return values
    if len(values) > 1:
        raise UsageError("usage-twice", option=option, name=name)
    return values[0]


def _value(kind: str, written: str) -> Any:
    return _READINGS[kind](written) if kind in _READINGS else written


def _whole(written: str) -> Any:
    digits = written.removeprefix("-")
    return int(written) if digits.isascii() and digits.isdigit() and len(digits) < 17 else written


_READINGS: Mapping[str, Callable[[str], Any]] = {
    "boolean": lambda written: TRUTHS.get(written, written),
    "integer": _whole,
    "amount": _whole,
}


def attached(pairs: Iterable[Pair]) -> dict[str, dict[str, str]]:
    """Files by field, each with the SHA-256 of what stands in it. Raises UsageError for one that cannot be read."""
    return {name: _attachment(Path(file)) for name, file in pairs}


def _attachment(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as content:
            return {"name": path.name, "digest": file_digest(content, "sha256").hexdigest()}
    except FileNotFoundError:
        raise UsageError("file-missing", file=str(path)) from None
    except (OSError, ValueError):
        raise UsageError("file-unreadable", file=str(path)) from None


def assigned(written: Iterable[str], act: Act | None) -> dict[str, tuple[str, ...]]:
    """Persons by role: `handler=p1`, or `p1` where the act assigns one role. Raises UsageError where it does not."""
    given: dict[str, tuple[str, ...]] = {}
    for text in written:
        role, sign, person = text.partition("=")
        if not sign:
            role, person = act.assigns if act else "", text
        if not role or not person:
            raise UsageError("usage-no-role", name=text)
        given[role] = (*given.get(role, ()), person)
    return given
