"""How much there is to look at in small guides: more or fewer situations, and what is asked of them has changed."""

import pytest

from guides_for_tests.manifold import CLAIMING, MANIFOLD
from guides_for_tests.random_acts import LETTERS, LIMITS
from guides_for_tests.small import small
from jiandu.check.explore import Explored, Explorer
from jiandu.check.retell import told
from jiandu.guide.model import Guide

GUIDES = {"letters": LETTERS, "limits": LIMITS, "manifold": MANIFOLD, "claiming": CLAIMING}
ENOUGH = 2_000


def looked_at(guide: Guide) -> str:
    explorer = Explorer(guide)
    found = explorer.explore(ENOUGH, 120.0)
    state = explorer.facts.state
    counted = {
        "bits": explorer.facts.size,
        "live": sum(explorer.live[state.of(s)[0]].bit_count() for s in found.situations),
        "situations": len(found.situations),
        "ways between them": sum(map(len, found.next)),
        "ends": sum(map(explorer.final, found.situations)),
        "moves": len(found.made),
        "stuck": sum(1 for _ in explorer.stuck(found)),
    }
    return f"{'all' if found.whole else 'some'} of " + ", ".join(f"{n} {what}" for what, n in counted.items())


def test_there_are_as_many_situations_as_there_were(golden: object) -> None:
    told = "".join(f"{name}: {looked_at(guide)}\n" for name, guide in GUIDES.items())
    golden("explored.txt", told)  # type: ignore[operator]


GO = "go: {title: 走, by: clerk, to: b}"
PAPER = """
documents: {letter: {title: 函, signed_by: boss, released_by: clerk, addressed_to: police}}
states:
  a:
    title: 甲
    steps: {write: {title: 写, by: clerk, sends: letter, before: [go]}}
    transitions: {go: {title: 走, by: clerk, to: b}}
  b: {title: 乙, final: true}
"""


@pytest.mark.parametrize(
    ("claimed", "together"),
    [
        ("entered: b", True),
        ("done: write, ever: go", True),
        ("served: letter", True),
        ("released: letter", True),
        ("signed: letter", False),
        ("signed: write", False),
        ("ever: write.sign", False),
    ],
)
def test_a_paper_is_made_at_one_go_where_nothing_looks_at_what_is_between(claimed: str, *, together: bool) -> None:
    going = "{title: 期, owed_by: clerk, counts_from: {entered: a}, length: 5 days, met_by: {done: go}}"
    claim = f"statements:\n  - {{never: {{{claimed}, running: going}}, says: 无}}\n"
    explorer = Explorer(small(f"{PAPER}deadlines: {{going: {going}}}\n{claim}"))
    ways = {tuple(move.act.name for move in way.moves if move.act) for way in explorer.ways if len(way.moves) > 1}
    assert ways == ({("write.draft", "write.sign", "write.release")} if together else set())


def test_the_field_with_the_most_values_is_named_and_where_there_is_none_nothing() -> None:
    assert Explorer(small(PAPER)).largest(Explored([0])) == ""
    asked = "go: {title: 走, by: clerk, when: {any: [{n: [1, 5]}, {m: x}]}, to: b}"
    fields = "fields: {n: {title: 数, type: integer}, m: {title: 类, type: choice, choices: {x: 甲, y: 乙}}}\n"
    explorer = Explorer(small(fields + PAPER.replace(GO, asked), open="{by: clerk, fills: [n, m]}"))
    assert explorer.largest(explorer.explore(300, 120.0)) == "数"


@pytest.mark.parametrize("asked", ["ever: note", "signed: memo", "released: memo"])
@pytest.mark.parametrize("signed", ["", "signed_by: clerk"])
def test_a_paper_addressed_to_nobody_is_there_when_its_state_is_entered_again(asked: str, signed: str) -> None:
    end = f"end: {{title: 结, by: clerk, to: c, when: {{{asked}, entered: b, not: {{done: note}}}}}}"
    guide = small(f"""
documents: {{memo: {{title: 备忘, {signed}}}}}
states:
  a:
    title: 甲
    steps: {{note: {{title: 记, by: clerk, optional: true, sends: memo}}}}
    transitions: {{go: {{title: 走, by: clerk, to: b}}, {end}}}
  b: {{title: 乙, transitions: {{back: {{title: 回, by: clerk, to: a}}}}}}
  c: {{title: 丙, final: true}}
""")
    explorer = Explorer(guide)
    found = explorer.explore()
    last = next((n for n, s in enumerate(found.situations) if explorer.final(s)), 0)
    assert last
    assert told(explorer, found, last)


@pytest.mark.parametrize(("signing", "ends"), [("boss", True), ("lead", False)])
def test_a_paper_is_not_made_at_one_go_where_nobody_may_sign_it(signing: str, *, ends: bool) -> None:
    explorer = Explorer(small(PAPER.replace("signed_by: boss", f"signed_by: {signing}")))  # a lead that nobody names
    assert any(map(explorer.final, explorer.explore().situations)) is ends
