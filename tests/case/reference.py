"""What becomes of a case, told a second time from the words of a guide alone: plain data in, nothing of the engine.

It is told what was accepted and must arrive at the same states, visits and papers; the days of a run it counts itself,
one by one, over the official list of days off.
"""

import copy
import json
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

STAGES = ["drafted", "signed", "released", "served"]
TRUTH = {"true": True, "false": False}
DONE = {"draft": "drafted", "sign": "signed", "release": "released"}


def plain(data: Any) -> Any:
    """Data as they are written, but for what is true and what is false."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(value) for value in data] if isinstance(data, list) else TRUTH.get(data, data)


@cache
def parsed(text: bytes) -> tuple[list[Any], Any]:
    """The lexicons of a bundle and its guide, and the settings."""
    bundle = json.loads(text)
    texts = (*bundle["uses"].values(), bundle["guide"])
    return [plain(yaml.load(part, yaml.BaseLoader)) for part in texts], bundle["settings"]


class Reference:
    """A case as its guide's words would have it."""

    def __init__(self, text: bytes, days: bytes) -> None:
        self.parts, self.settings = parsed(text)
        self.guide, self.list = self.parts[-1], json.loads(days)
        self.states = self.section("states")
        self.moves, self.steps, self.home = self.section("transitions"), self.section("steps"), {}
        for name, state in self.states.items():
            self.moves |= state.get("transitions", {})
            self.steps |= state.get("steps", {})
            self.home |= dict.fromkeys((*state.get("steps", ()), *state.get("transitions", ())), name)
        self.documents = {
            key: {**part["documents"].get("defaults", {}), **document}
            for part in self.parts
            for key, document in part.get("documents", {}).items()
            if key != "defaults"
        }
        self.state, self.status, self.outcome = self.guide["initial"], "open", None
        self.visits, self.papers, self.card = {self.state: 1}, [], self.defaults()
        self.past: list[dict[str, Any]] = []

    def section(self, name: str) -> dict[str, Any]:
        return {key: value for part in self.parts for key, value in part.get(name, {}).items()}

    def defaults(self) -> dict[str, Any]:
        return {key: f["default"] for key, f in self.section("fields").items() if f.get("default") is not None}

    def remember(self) -> None:
        """Keeps what there is, in case the next entry is undone."""
        kept = ("state", "status", "outcome", "visits", "papers", "card")
        self.past.append({name: copy.deepcopy(getattr(self, name)) for name in kept})

    def undo(self) -> None:
        """The entry before the last one is undone by the last."""
        self.__dict__.update(copy.deepcopy(self.past[-2]))

    def do(self, name: str, card: dict[str, Any], paper: str | None, to: str | None) -> None:
        step, _, verb = name.rpartition(".")
        definition = self.moves.get(name) or self.steps.get(step or name)
        if not verb or step == "" or verb == self.first(step):
            self.card |= {key: value for key, value in card.items() if value is not None}
            self.card |= definition.get("sets", {})
        if step:
            self.advance(step, verb, paper, to)
        elif name in self.moves:
            self.move(definition)

    def move(self, move: dict[str, Any]) -> None:
        anew = not (move.get("resumes") and move["to"] in self.visits)
        ended = ({self.state} if not move.get("event") else set()) | ({move["to"]} if anew else set())
        for paper in self.papers:
            if self.home.get(paper["step"]) in ended and self.inside(paper):
                paper["status"] = "abandoned"
        self.state = move["to"]
        self.visits[self.state] = self.visits.get(self.state, 0) + anew
        if "outcome" in move:
            named = move["outcome"]
            self.outcome = named if isinstance(named, str) else self.card[named["field"]]
            self.status = "closed"
        elif move.get("reopens"):
            self.status, self.outcome = "open", None
        if self.states[self.state].get("final"):
            self.status = "finished"

    def advance(self, step: str, verb: str, name: str | None, to: str | None) -> None:
        key = self.steps[step]["sends"]
        visit = self.visits.get(self.home[step], 0) if step in self.home else 0
        if verb == self.first(step):
            for paper in self.papers:
                if (paper["step"], paper["visit"]) == (step, visit) and paper["to"] and not paper["served"]:
                    paper["status"] = "abandoned"  # a newer one is only begun where what it rests on is newer too
            n = sum(paper["document"] == key for paper in self.papers) + 1
            new = {
                "document": key,
                "name": f"{key}#{n}",
                "step": step,
                "visit": visit,
                "status": "drafted",
                "served": [],
            }
            self.papers.append({**new, "to": self.recipients(key), "answered": False})
            name = f"{key}#{n}"
        [paper] = [paper for paper in self.papers if paper["name"] == name]
        if verb == "answer":
            paper["answered"] = True
        elif verb == "return":
            paper["status"] = "abandoned"
        elif verb == "serve":
            paper["served"].append(to)
            paper["status"] = "served" if set(paper["to"]) <= set(paper["served"]) else paper["status"]
        else:
            paper["status"] = DONE[verb]

    def first(self, step: str) -> str:
        kind = self.documents[self.steps[step]["sends"]]
        if not self.steps[step].get("drafted_in"):
            return "draft"
        return "sign" if kind.get("signed_by") else "release" if kind.get("released_by") else "serve"

    def recipients(self, key: str) -> list[str]:
        addressed = self.documents[key].get("addressed_to", [])
        addressed = [self.card.get(addressed["field"])] if isinstance(addressed, dict) else addressed
        copies = self.documents[key].get("copies_to", [])
        both = [addressed] if isinstance(addressed, str) else addressed, [copies] if isinstance(copies, str) else copies
        return [role for roles in both for role in roles]

    def inside(self, paper: dict[str, Any]) -> bool:
        """Whether a paper is still in the house."""
        kind = self.documents[paper["document"]]
        ready = "released" if kind.get("released_by") else "signed" if kind.get("signed_by") else "drafted"
        if paper["status"] == "abandoned" or (ready == "drafted" and not paper["to"]):
            return False
        return STAGES.index(paper["status"]) < max(STAGES.index(ready), 1)

    # days

    def length(self, deadline: str, started: date) -> dict[str, Any] | None:
        """The words of a deadline's length on that day; None where a paper or a card gives it."""
        step, _, part = deadline.rpartition(".")
        words = self.section("deadlines").get(deadline, {})
        if part == "reply":
            words = {"length": self.documents[self.steps[step]["sends"]]["reply"]["within"]}
        for version in words.get("versions", ()):
            if version.get("from", "") <= started.isoformat() <= version.get("until", "9999"):
                words = {**words, **version}
        length = words.get("length")
        length = self.settings[length["setting"]] if isinstance(length, dict) and "setting" in length else length
        if not isinstance(length, str) or length in ("in_document", "none"):
            return None
        return {"length": length, "rolls": words.get("roll") != "none", "sticky": "months" in words}

    def due(self, start: date, words: dict[str, Any], extensions: list[str], pauses: list[tuple[date, date]]) -> date:
        day, rolls = start, words["rolls"]
        totals: dict[str, int] = {}
        for length in (words["length"], *extensions):
            n, _, unit = length.partition(" ")
            totals[unit.rstrip("s")] = totals.get(unit.rstrip("s"), 0) + int(n)
        for unit, n in totals.items():
            for _ in range(n if unit != "month" else 0):
                day += timedelta(days=1)
                while unit == "working day" and self.off(day):
                    day += timedelta(days=1)
            if unit == "month":
                year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
                day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        day += timedelta(days=len({d for since, to in pauses for d in self.between(max(since, start), to)}))
        while rolls and self.off(day):
            day += timedelta(days=1)
        return day

    @staticmethod
    def between(since: date, to: date) -> list[date]:
        return [since + timedelta(days=n) for n in range((to - since).days)]

    def off(self, day: date) -> bool:
        years = self.list["years"].values()
        if any(day.isoformat() in year["work"] for year in years):
            return False
        named = any(off["from"] <= day.isoformat() <= off["to"] for year in years for off in year["off"])
        return named or day.weekday() > 4
