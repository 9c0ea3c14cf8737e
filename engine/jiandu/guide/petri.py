"""The control flow of a guide as a Petri net in PNML, against which a stranger's tool can hold a recorded case.

A place for each state, and one that is marked until the case has ended: steps are possible as long as it is.
Conditions, orders and deadlines are not in the net, nor acts that put a whole case in place (adopt, rescind, migrate).
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from jiandu.catalogue import Language
from jiandu.guide.model import Guide

Flow = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""A transition of the net: its id, its label (none where it only ends the case), the places before and after it."""

RUNNING, BEGIN, END = "running", "begin", "end"


def pnml(guide: Guide, _: Language) -> str:
    """The net; labels are the names of acts, as the event types of an export."""
    places = [BEGIN, RUNNING, END, *(f"state.{name}" for name in guide.states)]
    flows = list(_flows(guide))
    lines = [f"<place id={quoteattr(one)}>{_text('name', one)}{_marking(one)}</place>" for one in places]
    for number, (id_, label, before, after) in enumerate(flows):
        lines.append(f"<transition id={quoteattr(id_)}>{_label(label)}</transition>")
        arcs = [*((place, id_) for place in before), *((id_, place) for place in after)]
        lines += [
            f'<arc id="a{number}.{n}" source={quoteattr(source)} target={quoteattr(target)}/>'
            for n, (source, target) in enumerate(arcs)
        ]
    final = f'<finalmarkings><marking><place idref="{END}"><text>1</text></place></marking></finalmarkings>'
    kind = "http://www.pnml.org/version-2009/grammar/pnmlcoremodel"
    whole = "\n".join(lines)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<pnml><net id={quoteattr(guide.id)} type="{kind}">'
        f'<page id="page">\n{whole}\n</page>{final}</net></pnml>\n'
    )


def _flows(guide: Guide) -> Iterator[Flow]:
    yield "open", "open", (BEGIN,), (f"state.{guide.initial}", RUNNING)
    for act in guide.acts.values():
        if not act.moves:
            yield f"do.{act.name}", act.name, (RUNNING,), (RUNNING,)
            continue
        for state in act.states:
            after = () if guide.states[act.to].final else (RUNNING,)
            yield f"do.{act.name}.{state}", act.name, (f"state.{state}", RUNNING), (f"state.{act.to}", *after)
    for name, stands in guide.states.items():
        if stands.final:
            yield f"ended.{name}", "", (f"state.{name}",), (END,)


def _text(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>"


def _marking(place: str) -> str:
    return _text("initialMarking", "1") if place == BEGIN else ""


def _label(label: str) -> str:
    return _text("name", label) if label else '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>'
