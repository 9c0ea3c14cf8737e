"""Whether a text has the shape its JSON Schema asks for, and if not, where and in which words.

A compiled validator answers yes or no. Only when it says no is the slow one asked for every fault, and each becomes a
finding of ours at its exact place: no sentence of a validator reaches a reader.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jiandu.catalogue import Text, has, words
from jiandu.findings import Finding, in_order
from jiandu.names import closest
from jiandu.shipped import schema
from jiandu.source import Path, Source

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator
    from jsonschema_rs import Validator as Judge

KINDS = ("guide", "lexicon", "site", "scenario", "calendar", "people")
"""The texts that have a schema."""
LONGEST = 40
"""So many characters of a value are quoted."""


def check(source: Source, kind: str) -> tuple[Finding, ...]:
    """Everything about the shape of a text that its schema (`guide`, `lexicon`, `scenario` …) does not allow."""
    if _judge(kind).is_valid(source.data):
        return ()
    faults = _faults(kind, source.data)
    return in_order(_causes([finding for fault in faults for finding in _findings(fault, source)]))


@cache
def _judge(kind: str) -> "Judge":
    import jsonschema_rs

    shared = [(schema(name)["$id"], schema(name)) for name in KINDS]
    return jsonschema_rs.validator_for(schema(kind), registry=jsonschema_rs.Registry(shared))


@cache
def _speaker(kind: str) -> "Validator":
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend
    from referencing import Registry, Resource

    shared = ((schema(name)["$id"], Resource.from_contents(schema(name))) for name in KINDS)
    registry: Any = Registry().with_resources(shared)
    speaking: Any = extend(Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]
    speaker: Validator = speaking(schema(kind), registry=registry)
    return speaker


def _matches(_: Any, pattern: str, instance: object, __: Any) -> "Iterator[ValidationError]":
    """The keyword `pattern`, with an end that is the very end: Python's `$` lets a line end follow."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(pattern)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One keyword of a schema that a value does not obey."""

    keyword: str
    asked: Any
    """What the keyword asks for."""
    found: Any
    schema: Any
    path: Path
    of_key: bool
    """Whether it is the key at the end of the path that is wrong."""


def _faults(kind: str, data: Any) -> Iterator[_Fault]:
    for error in _speaker(kind).iter_errors(data):
        of_key = "propertyNames" in error.schema_path
        path: Path = (*error.absolute_path, str(error.instance)) if of_key else tuple(error.absolute_path)
        yield _Fault(str(error.validator), error.validator_value, error.instance, error.schema, path, of_key)


def _findings(fault: _Fault, source: Source) -> Iterator[Finding]:
    """The findings of one fault."""
    if fault.of_key:
        yield _key(fault, source)
    elif fault.keyword == "not" and not fault.asked:
        yield _variant(fault, source)
    else:
        yield from _KEYWORDS.get(fault.keyword, _pattern)(fault, source)


def _causes(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one explains: a key misspelt is not missing besides."""
    guessed = {(f.facts["owner"], f.facts["guess"]) for f in findings if f.message == "unknown-key-guess"}
    return [finding for finding in findings if (finding.facts.get("owner"), finding.facts.get("key")) not in guessed]


# keys


def _key(fault: _Fault, source: Source) -> Finding:
    """A key that is no name of the kind asked for there."""
    name, place = _short(fault.found), source.place(fault.path)
    if fault.keyword == "not" and "pattern" in fault.asked:
        allowed = schema("guide")["$defs"]["condition"]["properties"]
        return Finding("unknown-key", place, {"key": name, "allowed": _quoted(allowed)})
    return Finding("wrong-form", place, {"value": name}, _form(fault))


def _unknown(fault: _Fault, source: Source) -> Iterator[Finding]:
    allowed = tuple(fault.schema["properties"])
    missing = [name for name in allowed if name not in fault.found]
    for earlier, name in enumerate(sorted(fault.found.keys() - set(allowed))):
        guess = closest(name, missing, earlier) or closest(name, allowed, earlier) or ""
        facts = {"key": _short(name), "allowed": _quoted(allowed), "guess": guess, "owner": _dotted(fault.path)}
        yield Finding("unknown-key", source.place((*fault.path, name)), facts, "unknown-key-guess" if guess else "")


def _missing(fault: _Fault, source: Source) -> Iterator[Finding]:
    for name in fault.asked:
        if name not in fault.found:
            yield _lacks(fault, source, fault.path, name)


def _missing_beside(fault: _Fault, source: Source) -> Iterator[Finding]:
    for name, wanted in fault.asked.items():
        for other in wanted:
            if name in fault.found and other not in fault.found:
                yield _lacks(fault, source, (*fault.path, name), other)


def _lacks(fault: _Fault, source: Source, path: Path, name: str) -> Finding:
    title = fault.schema.get("properties", {}).get(name, {}).get("title")
    facts = {"key": name, "called": f"（{title}）" if title else "", "owner": _dotted(fault.path)}
    return Finding("missing-key", source.place(path), facts, "" if path else "missing-key-whole")


def _variant(fault: _Fault, source: Source) -> Finding:
    """A key that another entry of the same mapping rules out."""
    key = fault.path[-1]
    message = f"wrong-variant-{key}"
    return Finding("wrong-variant", source.place(fault.path), {"key": key}, message if has(message) else "")


def _too_many(fault: _Fault, source: Source) -> Iterator[Finding]:
    place = source.place(fault.path)
    if fault.asked > 2:
        yield Finding("wrong-form", place, {"limit": fault.asked}, "wrong-form-too-many")
    else:
        yield Finding("wrong-variant", place, {"keys": _quoted(fault.found)}, "wrong-variant-one-only")


# values


def _kind(fault: _Fault, source: Source) -> Iterator[Finding]:
    """A value of another kind than the one asked for."""
    wanted = [fault.asked] if isinstance(fault.asked, str) else list(fault.asked)
    found = _sort(fault.found)
    facts = {"value": _short(fault.found), "found": _term(found), "wanted": tuple(map(_term, wanted))}
    place = source.place(fault.path) if found == "null" else source.value_place(fault.path)
    yield Finding("wrong-form", place, facts, f"wrong-form-{_another(fault, found, wanted)}")


def _another(fault: _Fault, found: str, wanted: list[str]) -> str:
    """Which message says that `found` is not one of the kinds that are wanted."""
    if found == "null":
        return "nothing"
    if "string" in wanted and found in ("integer", "boolean"):
        return _forms().get(fault.schema.get("pattern"), "unquoted")
    if wanted == ["integer", "object"] and found in ("string", "boolean"):
        return "integer"
    return wanted[0] if len(wanted) == 1 else "any"


def _not_allowed(fault: _Fault, source: Source) -> Iterator[Finding]:
    place, value = source.value_place(fault.path), _short(fault.found)
    if fault.path == ("jiandu",):
        yield Finding("language-version", place, {"value": value})
        return
    named = [_short(allowed) for allowed in (fault.asked if fault.keyword == "enum" else [fault.asked])]
    guess = closest(value, named) or ""
    facts = {"value": value, "allowed": _quoted(named), "guess": guess}
    yield Finding("value-not-allowed", place, facts, "value-not-allowed-guess" if guess else "")


def _bound(fault: _Fault, source: Source) -> Iterator[Finding]:
    facts = {"value": _short(fault.found), "limit": fault.asked}
    yield Finding("wrong-form", source.value_place(fault.path), facts, f"wrong-form-{fault.keyword}")


def _empty(fault: _Fault, source: Source) -> Iterator[Finding]:
    message = "wrong-form-empty" if fault.asked == 1 else "wrong-form-pair"
    yield Finding("wrong-form", source.place(fault.path), {}, message)


def _pair(fault: _Fault, source: Source) -> Iterator[Finding]:
    """More than the two entries that a pair has."""
    yield Finding("wrong-form", source.place(fault.path), {}, "wrong-form-pair")


def _pattern(fault: _Fault, source: Source) -> Iterator[Finding]:
    yield Finding("wrong-form", source.value_place(fault.path), {"value": _short(fault.found)}, _form(fault))


def _form(fault: _Fault) -> str:
    """The message for a text that does not look like what its pattern describes."""
    form = "reserved" if fault.keyword == "not" else _forms().get(str(fault.asked))
    return f"wrong-form-{form}" if form else ""


@cache
def _forms() -> Mapping[str, str]:
    """The names of all patterns: `id`, `period`, `date`, `citation` …, as the schemas define them."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for name, definition in schema(kind).get("$defs", {}).items():
            if definition.get("type") != ["string", "array"] and "pattern" in definition:
                found.setdefault(definition["pattern"], name.replace("_", "-"))
    return found


def _sort(value: object) -> str:
    """What JSON Schema calls the kind of a value."""
    return _SORTS.get(type(value), "string")


_SORTS = {type(None): "null", bool: "boolean", int: "integer", list: "array", dict: "object"}


def _term(sort: str) -> Text:
    return Text(*words()[f"kind-{sort}"])


def _short(value: object) -> str:
    """A value as its author wrote it, cut where it goes on and on."""
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    text = str(value) if isinstance(value, str) else json.dumps(value)
    line = next(iter(text.split("\n")))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _quoted(names: Any) -> tuple[str, ...]:
    return tuple(f"`{name}`" for name in names)


_KEYWORDS: Mapping[str, Callable[[_Fault, Source], Iterator[Finding]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "dependentRequired": _missing_beside,
    "maxProperties": _too_many,
    "type": _kind,
    "enum": _not_allowed,
    "const": _not_allowed,
    "minimum": _bound,
    "maximum": _bound,
    "minLength": _empty,
    "minItems": _empty,
    "maxItems": _pair,
    "minProperties": _empty,
}
"""Who speaks for a keyword; all others are about the look of a text."""
