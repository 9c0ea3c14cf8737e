"""What the service does for each operation of its description. Runs in a thread; the engine does the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from jiandu.case import VERBS, Actor, Case
from jiandu.catalogue import Language, Text
from jiandu.clock import legal_day
from jiandu.data import case_data, entry_data, offers_data
from jiandu.engine import Engine
from jiandu.errors import ConflictError, Reason, RefusedError, UsageError
from jiandu.guide.model import Guide
from jiandu.names import closest
from jiandu.serve.contract import document
from jiandu.serve.fields import schema_of
from jiandu.serve.problems import reason_told
from jiandu.store import list_cases

NAMES = {"amend": "act", "extend": "deadline", "link": "relation"}
"""Which part of the body names what a general act is about."""
SCHEMA = "application/schema+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks the engine for what, checked against the description, and in which language."""

    engine: Engine
    by: Actor
    language: Language
    path: Mapping[str, str]
    query: Mapping[str, Any]
    header: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def key(self) -> str | None:
        """The key under which the request is done once."""
        return self.header.get("Idempotency-Key")

    @property
    def seen(self) -> int | None:
        """The newest entry that the case is asked to have."""
        tag = self.header.get("If-Match")
        return int(tag.strip('"')) if tag else None

    def guide(self) -> Guide:
        """The guide that the path names. Raises RefusedError: `unknown-guide`."""
        return self.engine.guide(self.path["guide"])

    def case(self) -> Case:
        """The case that the path names."""
        return self.engine.case(self.path["case"], by=self.by)

    def told(self, case: Case) -> dict[str, Any]:
        """A case as data."""
        return case_data(case, legal_day(self.engine.clock.now()), self.engine.related(case, by=self.by))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    data: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = "application/json"


def health(asked: Asked) -> Answer:
    """Raises StoreError where the database is not fit for work."""
    database = asked.engine.database
    with database.glancing() as connection:
        list_cases(connection, limit=1)
    return Answer({"status": "ok", "version": version("jiandu"), "practice": database.practice})


def openapi(_: Asked) -> Answer:
    return Answer(document())


def guides(asked: Asked) -> Answer:
    library = asked.engine.library
    return Answer({"guides": [_head(library.guide(name), asked.language) for name in library.ids()]})


def guide(asked: Asked) -> Answer:
    found, language = asked.guide(), asked.language
    acts = [
        {**_titled(act.name, act.title, language), "states": [*act.states], "by": [*act.by], "to": act.to or None}
        for act in found.acts.values()
    ]
    lists = {
        kind: [_titled(name, one.title, language) for name, one in getattr(found, kind).items()]
        for kind in ("states", "roles", "deadlines", "documents")
    }
    outcomes = [_titled(name, title, language) for name, title in found.outcomes.items()]
    powers = [verb for verb in found.powers if verb in VERBS]
    more = {"initial": found.initial, **lists, "outcomes": outcomes, "acts": acts, "powers": powers}
    return Answer({**_head(found, language), **more})


def card(asked: Asked) -> Answer:
    found = asked.guide()
    return Answer(schema_of(found.title, found.fields, asked.language), media=SCHEMA)


def record(asked: Asked) -> Answer:
    """The record of an act. Raises RefusedError: `unknown-name`."""
    acts, name = asked.guide().acts, asked.path["act"]
    if name not in acts:
        guess = closest(name, acts)
        message = "unknown-name.guess" if guess else ""
        raise RefusedError((Reason("unknown-name", {"name": name, "guess": guess}, message=message),))
    return Answer(schema_of(acts[name].title, acts[name].record, asked.language), media=SCHEMA)


def list_(asked: Asked) -> Answer:
    page = asked.engine.page(by=asked.by, **asked.query)
    return Answer({"cases": [asked.told(case) for case in page.cases], "next": page.after})


def read(asked: Asked) -> Answer:
    case = asked.case()
    return Answer(asked.told(case), headers=_tag(case))


def history(asked: Asked) -> Answer:
    entries = asked.engine.history(asked.path["case"], by=asked.by)
    return Answer({"entries": [entry_data(entry) for entry in entries]})


def offers(asked: Asked) -> Answer:
    found = asked.engine.offers(asked.path["case"], by=asked.by, day=_day(asked.query))
    return Answer(offers_data(found, asked.language, reason_told))


def open_(asked: Asked) -> Answer:
    body = asked.body
    guide, unit, filled, day = body["guide"], body["unit"], body.get("card"), _day(body)
    case = asked.engine.open(guide, unit=unit, by=asked.by, card=filled, day=day, key=asked.key)
    return _written(asked, case, status=201, Location=f"/cases/{case.id}")


def act(verb: str) -> Callable[[Asked], Answer]:
    """The operation of a kind of act."""

    def done(asked: Asked) -> Answer:
        body = dict(asked.body)
        name = asked.path["act"] if verb == "do" else body.pop(NAMES.get(verb, ""), "")
        day, at = _day(body), datetime.fromisoformat(body["at"]) if "at" in body else None
        given = {part: _held(value) for part, value in body.items() if part not in ("day", "at")}
        how: dict[str, Any] = {"by": asked.by, "day": day, "at": at, "key": asked.key, "expect_seq": asked.seen}
        try:
            case = asked.engine.act(verb, asked.path["case"], name, **how, **given)
        except ConflictError as error:
            if asked.seen is None:
                raise
            raise UsageError("http-moved-on") from error
        return _written(asked, case)

    return done


OPERATIONS: Mapping[str, Callable[[Asked], Answer]] = {
    **{one.__name__.rstrip("_"): one for one in (health, openapi, guides, guide, card, record, list_, read, history)},
    "offers": offers,
    "open": open_,
    **{verb: act(verb) for verb in VERBS},
}


def _written(asked: Asked, case: Case, status: int = 200, **headers: str) -> Answer:
    warnings = asked.engine.entry(case).content["warnings"]
    return Answer({**asked.told(case), "warnings": warnings}, status, {**_tag(case), **headers})


def _tag(case: Case) -> dict[str, str]:
    return {"ETag": f'"{case.seq}"'}


def _day(given: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(given["day"]) if "day" in given else None


def _held(value: Any) -> Any:
    """Persons as the engine takes them."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict) and all(isinstance(item, list) for item in value.values()):
        return {role: tuple(persons) for role, persons in value.items()}
    return value


def _titled(name: str, title: Text, language: Language) -> dict[str, str]:
    return {"id": name, "title": title.said(language)}


def _head(guide: Guide, language: Language) -> dict[str, Any]:
    plain = {name: getattr(guide, name) for name in ("id", "version", "status", "digest")}
    until = guide.effective_to.isoformat() if guide.effective_to else None
    days = {"effective_from": guide.effective_from.isoformat(), "effective_to": until}
    return {**plain, "title": guide.title.said(language), **days}
