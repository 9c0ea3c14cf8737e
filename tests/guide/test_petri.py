"""The Petri net of a guide, read and played here by a reader of the test's own: what stories record, the net allows."""

import json
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pytest

from jiandu.calendar import Calendar
from jiandu.guide.library import Library
from jiandu.guide.petri import pnml
from jiandu.scenario import play, read_story

LIBRARY = Library.shipped()
STORIES = sorted((LIBRARY.folder / "scenarios").glob("*/*.yaml"))
OUTSIDE = {"adopt", "rescind", "migrate"}
"""Acts that put a whole case in place: not in a net."""

Marking = Counter[str]


class Net:
    """A net in PNML as anybody reads it."""

    def __init__(self, text: str) -> None:
        root = ET.fromstring(text)
        places = root.findall(".//page/place")
        self.places = {one.get("id") for one in places}
        self.begin = Counter(one.get("id") for one in places if one.find("initialMarking") is not None)
        self.labels = {one.get("id"): one.findtext("name/text") for one in root.iter("transition")}
        self.into, self.out = defaultdict(Counter), defaultdict(Counter)
        for arc in root.iter("arc"):
            source, target = arc.get("source"), arc.get("target")
            if target in self.labels:
                self.into[target][source] += 1
            else:
                self.out[source][target] += 1
        self.end = Counter(one.get("idref") for one in root.iter("finalmarkings") for one in one.iter("place"))

    def fired(self, marking: Marking, label: str | None) -> Iterable[Marking]:
        """What the marking may be after a transition of that label; several, where several are enabled."""
        for name, own in self.labels.items():
            if own == label and self.into[name] <= marking:
                yield marking - self.into[name] + self.out[name]

    def refused(self, trace: list[str]) -> str | None:
        """The first act of a trace that the net does not allow."""
        markings = [self.begin]
        for act in trace:
            markings = [after for marking in markings for after in self.fired(marking, act)]
            if not markings:
                return act
        return None


NETS = {guide: Net(pnml(LIBRARY.guide(guide), "zh")) for guide in LIBRARY.ids()}


def traces(story: str) -> Mapping[str, tuple[str, list[str]]]:
    """Guide and acts of each case that a story plays, without what is not in a net; none after what is outside it."""
    told = read_story(LIBRARY.folder / "scenarios" / story)
    played = play(told, LIBRARY.guide(told.guide), Calendar.shipped(), guide_of=LIBRARY.guide)
    found: dict[str, tuple[str, list[str]]] = {}
    for line in played.lines:
        entry = json.loads(line.entry)
        guide = next((e["guide"] for e in entry["effects"] if e["kind"] == "case_opened"), None)
        if guide is not None and entry["kind"] == "open":
            found[line.case] = (guide, ["open"])
        elif entry["kind"] in OUTSIDE:
            found.pop(line.case, None)
        elif entry["kind"] == "do" and line.case in found:
            found[line.case][1].append(entry["name"])
    return found


@pytest.mark.parametrize("story", [str(path.relative_to(path.parents[1])) for path in STORIES])
def test_every_recorded_trace_is_one_of_the_net(story: str) -> None:
    for guide, trace in traces(story).values():
        assert NETS[guide].refused(trace) is None, trace


def test_a_trace_that_no_guide_allows_is_not_one_of_the_net() -> None:
    (guide, trace), *_ = traces("case-filing/c1-a1.yaml").values()
    net = NETS[guide]
    moves = [n for n, act in enumerate(trace) if n and LIBRARY.guide(guide).acts[act].moves]
    assert net.refused(trace[1:]) == trace[1], "nothing before the case is open"
    assert net.refused([*trace[: moves[0]], *trace[moves[0] + 1 :]]) == trace[moves[1]], "a move left out"
    assert net.refused([*trace, "open"]) == "open"


@pytest.mark.parametrize("guide", LIBRARY.ids())
def test_a_net_names_every_act_begins_once_and_can_end(guide: str) -> None:
    net, known = NETS[guide], LIBRARY.guide(guide)
    assert {label for label in net.labels.values() if label} == {"open", *known.acts}
    assert {*(place for arcs in (*net.into.values(), *net.out.values()) for place in arcs)} == net.places
    assert (net.begin, net.end) == (Counter(["begin"]), Counter(["end"]))
    reached, new = {frozenset(net.begin.items())}, [net.begin]
    while new:
        marking = new.pop()
        after = [m for label in {*net.labels.values()} for m in net.fired(marking, label)]
        new += [m for m in after if frozenset(m.items()) not in reached]
        reached |= {frozenset(m.items()) for m in after}
    assert frozenset(net.end.items()) in reached
    assert all(max(dict(marking).values()) == 1 for marking in reached), "one token a place: the net is safe"
