"""The JSON of a stranger: what two programs could read in two ways, or we could not keep, is refused at the door."""

import json
from decimal import Decimal
from typing import Any, NoReturn

from jiandu.canonical import LARGEST
from jiandu.errors import UsageError

DEEPEST = 32
"""So many lists and objects may stand in each other."""


def parse(content: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises UsageError: `json-syntax`, `json-twice`, `json-number`, `json-deep`,
    `json-text`."""
    try:
        value = json.loads(
            content.decode(),
            object_pairs_hook=_object,
            parse_float=_point,
            parse_constant=_no_number,
            parse_int=_whole,
        )
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise UsageError("json-syntax") from None
    except RecursionError:
        raise UsageError("json-deep", most=DEEPEST) from None
    _check(value, DEEPEST)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UsageError("json-twice")
    return found


def _no_number(_: str) -> NoReturn:
    raise UsageError("json-number", most=LARGEST)


def _point(written: str) -> int:
    """What is written with a point or an exponent is a whole number where it is one: JSON knows no difference."""
    try:
        number = Decimal(written)
        whole = number.adjusted() < len(str(LARGEST)) and number == number.to_integral_value()
    except ArithmeticError:
        whole = False
    return _whole(str(int(number))) if whole else _no_number(written)


def _whole(written: str) -> int:
    """Digits are counted before they are read: reading a million of them takes seconds."""
    if len(written) > len(f"-{LARGEST}") or abs(int(written)) > LARGEST:
        raise UsageError("json-number", most=LARGEST)
    return int(written)


def _check(value: Any, left: int) -> None:
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= mark <= "\udfff" for mark in value):
            raise UsageError("json-text")
    elif isinstance(value, (dict, list)):
        if left == 0:
            raise UsageError("json-deep", most=DEEPEST)
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            _check(item, left - 1)
