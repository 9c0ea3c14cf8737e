"""Lets PM4Py, which is nobody's dependency here, read what the engine exports, and agree with it.

    scripts/mined.py PYTHON     that of an environment in which PM4Py is installed (python -m pip install pm4py)

Every shipped story is played on a real database and exported as OCEL 2.0, in JSON and in SQLite; the guide is exported
as a Petri net. PM4Py has to count the same events and objects in both, and find that every trace fits its net; of
traces with a move taken out it has to find that most do not (the move may be the last, or lead back to where it began).
Many a story ends before its case does: a trace fits where none of its acts is a problem. PM4Py is under the AGPL: it
is asked, never imported.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from jiandu.engine import Engine, Entry
from jiandu.export.ocel import CASE, write_json, write_sqlite
from jiandu.guide.library import Library
from jiandu.guide.petri import pnml
from jiandu.scenario import read_story
from jiandu.store import Database
from jiandu.testing import play_on_store

OUTSIDE = {"adopt", "rescind", "migrate"}

READER = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pm4py
from pm4py.algo.conformance.tokenreplay import algorithm as replay

folder, case_type, known = sys.argv[1], sys.argv[2], json.load(open(f"{sys.argv[1]}/known.json"))
logs = [pm4py.read_ocel2_json(f"{folder}/log.json"), pm4py.read_ocel2_sqlite(f"{folder}/log.sqlite")]
counts = [[len(log.events), len(log.objects), len(log.relations)] for log in logs]
flat = pm4py.ocel_flattening(logs[1], case_type)
found = {}
for guide, cases in known.items():
    net = pm4py.read_pnml(f"{folder}/{guide}.pnml")
    labels = {one.label for one in net[0].transitions if one.label}
    own = flat[flat["case:concept:name"].isin(cases) & flat["concept:name"].isin(labels)]
    own = own[own["ocel:eid"].str.partition("/")[0] == own["case:concept:name"]]
    fits = [not one["transitions_with_problems"] for one in replay.apply(own, *net)]
    steps = {one.label for one in net[0].transitions if len(one.out_arcs) == len(one.in_arcs) == 1}
    moves = own[~own["concept:name"].isin(steps)]
    less = own.drop(moves.groupby("case:concept:name").head(2).groupby("case:concept:name").tail(1).index)
    worse = [not one["transitions_with_problems"] for one in replay.apply(less, *net)]
    found[guide] = {"traces": len(fits), "fit": sum(fits), "fit_without_a_move": sum(worse)}
print(json.dumps({"counts": counts, "guides": found}, ensure_ascii=False))
"""


def main(python: str) -> int:
    """Exports, has it read, and compares; 0 where all agree."""
    library = Library.shipped()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known, events, objects = _exported(library, folder)
        (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")
        command = [python, "-c", READER, str(folder), CASE]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    found = json.loads(said.splitlines()[-1])
    wrong = [] if all(one[:2] == [events, objects] for one in found["counts"]) else ["counts"]
    for guide, one in found["guides"].items():
        print(f"{guide}: {one}")  # noqa: T201
        if not one["traces"] == one["fit"] == len(known[guide]) or 2 * one["fit_without_a_move"] > one["traces"]:
            wrong.append(guide)
    print("agrees" if not wrong else f"does not agree: {wrong}", found["counts"])  # noqa: T201
    return int(bool(wrong))


def _exported(library: Library, folder: Path) -> tuple[dict[str, list[str]], int, int]:
    """The exports in a folder; which whole cases there are of each guide, and how many events and objects in all."""
    entries = list[Entry]()
    for number, path in enumerate(sorted((library.folder / "scenarios").glob("*/*.yaml"))):
        with Database.connect("sqlite://") as database:
            play_on_store(read_story(path), database, guides=library)
            entries += _told_apart(list(Engine(database, guides=library).entries()), number)
    write_json(entries, folder / "log.json")
    write_sqlite(entries, folder / "log.sqlite")
    guides = {e.content["case"]: e.content["effects"][0]["guide"] for e in entries if e.content["kind"] == "open"}
    outside = {entry.content["case"] for entry in entries if entry.content["kind"] in OUTSIDE}
    known: dict[str, list[str]] = {}
    for case, guide in guides.items():
        if case not in outside:
            known.setdefault(guide, []).append(case)
    for guide in known:
        (folder / f"{guide}.pnml").parent.mkdir(exist_ok=True)
        (folder / f"{guide}.pnml").write_text(pnml(library.guide(guide), "zh"), encoding="utf-8")
    log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    return known, len(log["events"]), len(log["objects"])


def _told_apart(entries: list[Entry], number: int) -> list[Entry]:
    """The entries of a story with ids of cases that no other story has: chance in a story is none."""
    cases = {entry.content["case"] for entry in entries}
    told = []
    for entry in entries:
        text = json.dumps(entry.content)
        for case in cases:
            text = text.replace(case, f"{number}-{case}")
        told.append(replace(entry, content=json.loads(text)))
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
