"""How an adopted case stands, as a file describes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jiandu.errors import GuideError
from jiandu.findings import Finding, in_order
from jiandu.source import Path as Keys
from jiandu.source import read_file


def standing(file: Path) -> dict[str, Any]:
    """Card, holders and all the rest, by the names under which the engine takes them.

    Raises GuideError with everything that is not of the form, UsageError for a file that cannot be read.
    """
    source = read_file(file)
    wrong = [Finding("adoption-shape", source.place(path), {"wanted": said}) for path, said in _CASE(source.data, ())]
    if wrong:
        raise GuideError(in_order(wrong))
    data = dict(source.data)
    card, holders = data.pop("card", {}), data.pop("holders", {})
    return {"card": card, "holders": {role: _several(who) for role, who in holders.items()}, "standing": data}


def _several(who: str | list[str]) -> tuple[str, ...]:
    return (who,) if isinstance(who, str) else tuple(who)


# forms: each yields the places that do not have it, and what is wanted there

Faults = Iterator[tuple[Keys, str]]
Form = Callable[[Any, Keys], Faults]


def _text(data: Any, path: Keys) -> Faults:
    if not isinstance(data, str) or not data:
        yield path, '"…"'


def _day(data: Any, path: Keys) -> Faults:
    try:
        good = date.fromisoformat(data).isoformat() == data
    except (TypeError, ValueError):
        good = False
    if not good:
        yield path, "2026-05-06"


def _anything(_: Any, __: Keys) -> Faults:
    return iter(())


def _persons(data: Any, path: Keys) -> Faults:
    return _text(data, path) if isinstance(data, str) else _list(_text)(data, path)


def _list(form: Form) -> Form:
    def faults(data: Any, path: Keys) -> Faults:
        if not isinstance(data, list) or not data:
            yield path, "[…]"
            return
        for index, item in enumerate(data):
            yield from form(item, (*path, index))

    return faults


def _each(form: Form) -> Form:
    """A mapping of names, each value of that form."""

    def faults(data: Any, path: Keys) -> Faults:
        if not isinstance(data, dict) or not data:
            yield path, "{…}"
            return
        for name, value in data.items():
            yield from form(value, (*path, name))

    return faults


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A mapping with these keys, of which some must be there."""

    keys: Mapping[str, Form]
    needed: frozenset[str] = frozenset()

    def __call__(self, data: Any, path: Keys) -> Faults:
        if not isinstance(data, dict) or self.needed - data.keys():
            yield path, ", ".join(self.keys if not isinstance(data, dict) else sorted(self.needed - data.keys()))
            return
        for name, value in data.items():
            form = self.keys.get(name)
            yield from form(value, (*path, name)) if form else [((*path, name), ", ".join(self.keys))]


_RUN = _Mapping(
    {"name": _text, "owed_by": _text, "started_on": _day, "due": _day, "raw_end": _day},
    frozenset(("name", "owed_by", "started_on", "due")),
)
_PAPER = _Mapping(
    {
        "document": _text,
        "step": _text,
        "number": _text,
        "drafted_on": _day,
        "recipients": _list(_text),
        "served": _each(_day),
    },
    frozenset(("document", "step")),
)
_CASE = _Mapping(
    {
        "state": _text,
        "source": _text,
        "opened_on": _day,
        "entered_on": _day,
        "number": _text,
        "card": _each(_anything),
        "holders": _each(_persons),
        "papers": _list(_PAPER),
        "deadlines": _list(_RUN),
    },
    frozenset(("state", "source")),
)
