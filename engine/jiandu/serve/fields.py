"""The fields of a card or a record as JSON Schema 2020-12, for forms and for whoever fills them.

What a schema cannot say (normal form C, the points of a period in hours) the engine still refuses.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jiandu.canonical import LARGEST
from jiandu.catalogue import Language, Text
from jiandu.guide.model import Field
from jiandu.guide.values import MOST_CHARACTERS, MOST_ENTRIES

Schema = dict[str, Any]
_DAY = r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
_LINE = r"^(?=[\s\S]*\S)[^\u0000-\u001f\u007f-\u009f]*$"
_LINES = r"^(?=[\s\S]*\S)[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})"
_WORDS: Schema = {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS["string"], "pattern": _LINE}
_NAME: Schema = {"type": "string", "pattern": r"^[^\s\u0000-\u001f\u007f-\u009f]{1,200}$"}
_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_PLAIN: Mapping[str, Schema] = {
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date", "pattern": f"^{_DAY}$"},
    "datetime": {"type": "string", "format": "date-time", "pattern": rf"^{_DAY}T[0-9:.]+{_ZONE}$"},
    "period": {"type": "string", "pattern": "^[1-9][0-9]{0,3} (day|working day|month)s?$"},
    "person": _NAME,
    "organ": _NAME,
    "department": _NAME,
    "case": _NAME,
    "string": _WORDS,
    "text": {**_WORDS, "maxLength": MOST_CHARACTERS["text"], "pattern": _LINES},
    "attachment": {
        "type": "object",
        "properties": {"name": _WORDS, "digest": _DIGEST, "uri": _WORDS, "media_type": _WORDS},
        "required": ["name", "digest"],
        "additionalProperties": False,
    },
}


def schema_of(title: Text, fields: Mapping[str, Field], language: Language) -> Schema:
    """The JSON Schema of an object with these fields."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title.said(language),
        **_object(fields, language),
    }


def _object(fields: Mapping[str, Field], language: Language) -> Schema:
    return {
        "type": "object",
        "properties": {name: _field(field, language) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: Field, language: Language) -> Schema:
    one = _KINDS[field.type](field, language) if field.type in _KINDS else _PLAIN[field.type]
    whole = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_ENTRIES} if field.many else one
    default = {"default": field.default} if field.default is not None else {}
    return {"title": field.title.said(language), **whole, **default}


def _choice(field: Field, language: Language) -> Schema:
    return {"oneOf": [{"const": name, "title": title.said(language)} for name, title in field.choices.items()]}


def _checklist(field: Field, language: Language) -> Schema:
    answers = _choice(field, language)
    points = {name: {"title": title.said(language), **answers} for name, title in field.points.items()}
    return {"type": "object", "properties": points, "required": list(points), "additionalProperties": False}


def _number(field: Field, _: Language) -> Schema:
    least = field.min if field.min is not None else (0 if field.type == "amount" else -LARGEST)
    return {"type": "integer", "minimum": least, "maximum": LARGEST if field.max is None else field.max}


_KINDS: Mapping[str, Callable[[Field, Language], Schema]] = {
    "choice": _choice,
    "checklist": _checklist,
    "integer": _number,
    "amount": _number,
    "object": lambda field, language: _object(field.fields, language),
}
