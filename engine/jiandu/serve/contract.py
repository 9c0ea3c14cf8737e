"""The description that the service is made from: what is asked is checked against it, and strangers read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from jiandu.errors import UsageError
from jiandu.shipped import folder
from jiandu.source import read_file

EVERYWHERE = ("400", "500", "503")
WITH_TOKEN = ("401", "403", "404", "409", "429")
WRITING = ("412", "413", "415", "422")
"""What may be answered besides, by any operation, to a person, and to one who writes."""
MOST_FAULTS = 20


class UnfitError(UsageError):
    """A request that does not fit the description; `errors` say where, and which keyword does not hold there."""

    def __init__(self, errors: tuple[Mapping[str, str], ...]) -> None:
        super().__init__("request-unfit", place=errors[0]["pointer"], keyword=errors[0]["keyword"])
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked for. `parameters` are schemas by place (path, query, header) and name."""

    id: str
    path: str
    method: str
    parameters: Mapping[str, Mapping[str, Any]]
    takes_body: bool
    needs_body: bool
    public: bool
    fits: jsonschema_rs.Validator

    def check(self, asked: Mapping[str, Any]) -> None:
        """Raises UnfitError with all that does not fit, `MOST_FAULTS` at most."""
        if not self.fits.is_valid(asked):
            faults = (_fault(error) for _, error in zip(range(MOST_FAULTS), self.fits.iter_errors(asked), strict=False))
            raise UnfitError(tuple(faults))


@cache
def document() -> dict[str, Any]:
    """The whole description, as OpenAPI 3.1."""
    text: dict[str, Any] = read_file(folder("schemas") / "openapi.yaml").data
    for _, method, operation in _operations(text):
        besides = EVERYWHERE if "security" in operation else EVERYWHERE + WITH_TOKEN
        for status in (*besides, *(WRITING if method == "post" else ())):
            operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
    return text


@cache
def operations() -> tuple[Operation, ...]:
    """Everything that can be asked for; a path whose variable may hold a slash comes after those that go on."""
    found = [_operation(*named) for named in _operations(document())]
    return tuple(sorted(found, key=lambda one: one.path.endswith("{guide}")))


def _operations(text: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in text["paths"].items():
        for method in item.keys() - {"parameters"}:
            yield path, method, item[method]


def _operation(path: str, method: str, said: Mapping[str, Any]) -> Operation:
    named = [*document()["paths"][path].get("parameters", ()), *said.get("parameters", ())]
    parameters: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for one in map(_found, named):
        parameters[one["in"]][one["name"]] = one["schema"]
    body = said.get("requestBody")
    places = {place: _closed(schemas) for place, schemas in parameters.items()}
    whole = body["content"]["application/json"]["schema"] if body else {"type": "null"}
    schema = {"properties": {**places, "body": whole}, "components": document()["components"]}
    fits = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    public = said.get("security") == []
    return Operation(
        said["operationId"], path, method.upper(), parameters, bool(body), bool(body and body["required"]), public, fits
    )


def _closed(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {"properties": schemas, "additionalProperties": False}


def _found(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter, or what it refers to."""
    name = parameter.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = document()["components"]["parameters"][name] if name else parameter
    return found


def _fault(error: Any) -> dict[str, str]:
    """Where a schema does not hold. A name that is missing, or too much, belongs to the place."""
    unexpected = getattr(error.kind, "unexpected", None) or [getattr(error.kind, "property", None)]
    path = [*error.instance_path, *(name for name in unexpected[:1] if isinstance(name, str))]
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return {"pointer": "".join(f"/{step}" for step in steps), "keyword": error.kind.name}
