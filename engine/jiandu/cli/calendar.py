"""`jiandu calendar`: the days off and make-up days by which due days are reckoned."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from jiandu.calendar import Calendar
from jiandu.catalogue import Language, has, say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import group
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.errors import UsageError

command = group("calendar")


@command.command("show")
@click.argument("year", type=WORDS, required=False)
@click.pass_obj
def show(settings: Settings, year: str | None) -> None:
    calendar = Calendar.shipped()
    table = json.loads(calendar.content)
    if year is not None and year not in table["years"]:
        raise UsageError("calendar-no-year", year=year, years=tuple(table["years"]))
    years = {name: said for name, said in table["years"].items() if year in (None, name)}
    if settings.json:
        screen.write_json({**table, "years": years, "digest": calendar.digest})
    else:
        screen.write("\n".join(_lines(calendar, years, settings.language)))


def _lines(calendar: Calendar, years: dict[str, Any], language: Language) -> Iterator[str]:
    facts = {"title": calendar.title, "since": calendar.known_from, "until": calendar.known_until}
    yield say("calendar-head", language, {**facts, "digest": calendar.digest})
    for year, said in years.items():
        yield say("calendar-year", language, {"year": year, "notice": said["notice"]["title"]})
        yield from (f"  {_holiday(holiday, language)}" for holiday in said["off"])
        work = tuple(date.fromisoformat(day) for day in said["work"])
        yield from [f"  {say('calendar-work', language, {'days': work})}"] if work else []


def _holiday(holiday: dict[str, str], language: Language) -> str:
    code, since, until = f"holiday-{holiday['name']}", holiday["from"], holiday["to"]
    name = say(code, language) if has(code) else holiday["name"]
    days = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    return say("calendar-off-day" if since == until else "calendar-off", language, {"name": name, **days})
