"""`jiandu replay`: which recorded cases would have gone otherwise under another text of their guide, and where."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from jiandu.case import Case
from jiandu.case.evolve import Effect
from jiandu.case.rehearse import Otherwise
from jiandu.catalogue import Text, say
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.engines import engine
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.failures import reasons_told
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import WORDS
from jiandu.cli.wording.case import CaseTold
from jiandu.data import reason_data
from jiandu.guide.library import load_guide
from jiandu.guide.model import Guide


@named("replay")
@click.option("--guide", "tried", type=WORDS, required=True)
@click.pass_obj
def command(settings: Settings, tried: str) -> Exit:
    settings.guide = guide = load_guide(tried)
    title = say("progress-rehearse", settings.language)
    with engine(settings) as opened, screen.progress(title, quiet=settings.quiet or settings.json):
        found = [(case, opened.guide_of(case), otherwise) for case, otherwise in opened.rehearse(guide)]
    if settings.json:
        cases = [_data(settings, case, otherwise) for case, _, otherwise in found]
        screen.write_json({"guide": guide.id, "version": guide.version, "cases": cases})
    else:
        screen.write("\n".join(_lines(settings, guide, found)))
    return Exit.WRONG if found else Exit.FINE


def _data(settings: Settings, case: Case, otherwise: Otherwise) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "seq": otherwise.seq,
        "act": otherwise.name,
        "day": otherwise.day.isoformat(),
        "reasons": [reason_data(reason, settings.language) for reason in otherwise.reasons],
        "recorded": list(otherwise.recorded),
        "now": list(otherwise.now),
    }


def _lines(settings: Settings, guide: Guide, found: Sequence[tuple[Case, Guide, Otherwise]]) -> Iterator[str]:
    language = settings.language
    for case, before, otherwise in found:
        then = CaseTold(case, before, language, otherwise.day)
        facts = {"seq": otherwise.seq, "day": otherwise.day, "act": _title(then, otherwise), "id": case.id}
        yield say("rehearse-case", language, {**facts, "number": then.number()})
        yield from reasons_told(otherwise.reasons, settings)
        yield from _effects("rehearse-recorded", then, otherwise.recorded)
        yield from _effects("rehearse-now", CaseTold(case, guide, language, otherwise.day), otherwise.now)
    yield say("rehearse-found" if found else "rehearse-same", language, {"guide": guide.title, "cases": len(found)})


def _title(told: CaseTold, otherwise: Otherwise) -> Text:
    """The title of the act; of opening and of what the engine did by itself, where no act has that name."""
    kind = "open" if otherwise.seq == 1 else "do" if otherwise.name in told.guide.acts else otherwise.name
    return told.act_title(kind, otherwise.name)


def _effects(code: str, told: CaseTold, effects: Sequence[Effect]) -> Iterator[str]:
    return (told.say(code, effect=told.effect(effect)) for effect in effects)
