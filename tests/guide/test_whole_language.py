"""Every key of the language: one guide uses them all, the model holds what each says, and each can be read back."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema_rs
import pytest

from guides_for_tests.whole import GUIDE, LEXICON, SITE, STORY, library
from jiandu import shape
from jiandu.calendar import Period
from jiandu.catalogue import Text
from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.guide.conditions import Condition, Node, Records, Related, compiled, parts
from jiandu.guide.conditions import Test as Held
from jiandu.guide.model import Deadline, Event, Events, Guide, Pause, People
from jiandu.guide.words import condition_words, event_words
from jiandu.shipped import schema
from jiandu.source import read

TEXTS = {"guide": GUIDE, "lexicon": LEXICON, "site": SITE, "scenario": STORY}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return library(tmp_path_factory.mktemp("guides")).guide("whole")


def faults(folder: Path, **texts: str) -> tuple[Finding, ...]:
    try:
        library(folder, **texts).guide("whole")
    except GuideError as error:
        return error.findings
    return ()


# every key is used

Key = tuple[str, str]
"""The place of a mapping in the schemas, `guide#/$defs/role`, and a key of it."""
REGISTRY = jsonschema_rs.Registry([(schema(kind)["$id"], schema(kind)) for kind in shape.KINDS])


def found_at(pointer: str) -> Any:
    kind, _, path = pointer.partition("#")
    node: Any = schema(kind)
    for step in path.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step.replace("~1", "/")]
    return node


def target(pointer: str, reference: str) -> str:
    file, _, path = reference.partition("#")
    kind = file.removesuffix(".schema.json") or pointer.partition("#")[0]
    return f"{kind}#{path}"


def holds(pointer: str, data: Any) -> bool:
    kind, _, path = pointer.partition("#")
    asked = {"$ref": f"{schema(kind)['$id']}#{path}"}
    return bool(jsonschema_rs.validator_for(asked, registry=REGISTRY).is_valid(data))


def known(pointer: str, seen: set[str]) -> Iterator[Key]:
    """Every key that may be written at or below a place of the schemas."""
    if pointer in seen:
        return
    seen.add(pointer)
    node = found_at(pointer)
    for below in steps(pointer, node):
        yield from known(below, seen)
    yield from ((pointer, key) for key, described in node.get("properties", {}).items() if "title" in described)


def steps(pointer: str, node: Any) -> Iterator[str]:
    for word in ("properties", "patternProperties"):
        yield from (f"{pointer}/{word}/{key.replace('/', '~1')}" for key in node.get(word, {}))
    for word in ("additionalProperties", "items", "then", "else"):
        if isinstance(node.get(word), dict):
            yield f"{pointer}/{word}"
    if "$ref" in node:
        yield target(pointer, node["$ref"])


def used(pointer: str, data: Any) -> Iterator[Key]:
    """The keys of the schemas that the data use."""
    node = found_at(pointer)
    if "$ref" in node:
        yield from used(target(pointer, node["$ref"]), data)
    if "if" in node:
        branch = "then" if holds(f"{pointer}/if", data) else "else"
        if branch in node:
            yield from used(f"{pointer}/{branch}", data)
    for item in data if isinstance(data, list) and "items" in node else ():
        yield from used(f"{pointer}/items", item)
    for key, value in data.items() if isinstance(data, dict) else ():
        yield from used_key(pointer, node, key, value)


def used_key(pointer: str, node: Any, key: str, value: Any) -> Iterator[Key]:
    pattern = next((p for p in node.get("patternProperties", {}) if re.search(p, key)), None)
    if key in node.get("properties", {}):
        if "title" in node["properties"][key]:
            yield pointer, key
        yield from used(f"{pointer}/properties/{key}", value)
    elif pattern:
        yield from used(f"{pointer}/patternProperties/{pattern.replace('/', '~1')}", value)
    elif isinstance(node.get("additionalProperties"), dict):
        yield from used(f"{pointer}/additionalProperties", value)


@pytest.mark.parametrize("kind", TEXTS)
def test_each_text_has_its_shape(kind: str) -> None:
    assert shape.check(read(TEXTS[kind], f"{kind}.yaml"), kind) == ()


def test_every_key_of_the_schemas_is_used() -> None:
    allowed = {key for kind in TEXTS for key in known(f"{kind}#", set())}
    written = {key for kind, text in TEXTS.items() for key in used(f"{kind}#", read(text, "x.yaml").data)}
    assert len(allowed) > 400
    assert sorted(allowed - written) == []


# every condition and event can be read back


def conditions(thing: Any) -> Iterator[Condition]:
    """Every condition that a guide holds, wherever it stands."""
    if isinstance(thing, Condition):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from conditions(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from conditions(value)
    elif is_dataclass(thing) and not isinstance(thing, Text):
        for part in fields(thing):
            yield from conditions(getattr(thing, part.name))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_condition_is_read_back_in_words(guide: Guide, language: Any) -> None:
    said = [condition_words(condition, guide, language) for condition in conditions(guide)]
    assert len(said) > 20
    assert not [text for text in said if re.search(r"True|False|None|[{}]", text)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_is_read_back_in_words(guide: Guide, language: Any) -> None:
    events = [event for deadline in guide.deadlines.values() for event in deadline.met_by.events]
    assert {event.kind for event in events} == set(get_args(get_type_hints(Event)["kind"]))
    assert all(event_words(event, guide, language) for event in events)


def nodes(condition: Condition | None) -> list[Node]:
    assert condition is not None
    return list(parts(condition.node))


def words_of(guide: Guide, node: Node, language: Any) -> str:
    return condition_words(compiled(node), guide, language)


def test_a_count_of_records_is_said_with_its_bounds_and_values(guide: Guide) -> None:
    counts = [node for node in nodes(guide.acts["tell.sign"].when) if isinstance(node, Records)]
    assert [(node.act, node.comparison, node.n) for node in counts] == [
        ("study", "at_least", 3),
        ("study", "at_most", 9),
        ("study", "more_than", 0),
        ("study", "less_than", 10),
        ("request.sign", "at_least", 1),
    ]
    assert counts[0].distinct == "day"
    assert counts[0].where == (("onsite", (True,)), ("mode", ("spot", "full")))
    assert words_of(guide, counts[0], "zh") == "“审查”（现场为是，且方式为抽查或全查）不同“日期”数不少于3"
    assert guide.counted == {"study", "request.sign"}


def test_related_cases_are_said_with_number_and_values(guide: Guide) -> None:
    finding, clue = (node for node in nodes(guide.acts["tell.sign"].when) if isinstance(node, Related))
    assert (finding.every, finding.at_least, finding.where) == (True, 1, (("closed", (True,)), ("kind", ("a",))))
    assert (clue.every, clue.at_least) == (False, 2)
    assert words_of(guide, finding, "zh") == "“发现的问题”至少1件，且每件均符合（已结案为是，且类型为甲类）"
    assert words_of(guide, clue, "en").startswith("at least 2 cases of")


def test_a_checklist_is_asked_for_any_of_its_answers(guide: Guide) -> None:
    asked = [n for n in nodes(guide.acts["tell.sign"].when) if isinstance(n, Held) and n.comparison == "any_is"]
    assert [words_of(guide, node, "zh") for node in asked] == ["核对清单中有“存疑”", "“审查”所记“要点”中有“清楚”"]


def test_the_card_of_the_case_that_opened_this_one_is_taken_as_it_is(guide: Guide) -> None:
    tests = [n for n in nodes(guide.acts["tell.sign"].when) if isinstance(n, Held) and n.left.kind == "parent"]
    assert [node.left.name for node in tests] == ["kind", "count", "many"]


# what the model holds of each new key


def test_settings_hold_what_the_site_has_chosen(guide: Guide) -> None:
    setting = guide.settings["answer_within"]
    assert (setting.type, setting.default, setting.value, setting.mark) == ("period", "15 days", "20 days", "design")
    assert {name: setting.value for name, setting in guide.settings.items() if setting.value != setting.default} == {
        "answer_within": "20 days", "strict": "warn", "often": 3, "asks": True, "recorder": "lead",
    }  # fmt: skip


def test_a_setting_stands_wherever_a_period_a_role_or_a_number_may(guide: Guide) -> None:
    twenty, back = Period(20, "days"), Period(30, "days")
    request = guide.acts["request.sign"]
    reply = guide.documents["notice"].reply
    assert reply is not None
    assert reply.within == guide.deadlines["filing"].length == guide.deadlines["changing"].versions[1].length == twenty
    assert guide.backdate == guide.deadlines["filing"].warn[1] == back
    assert guide.documents["notice"].signed_by == ("chief",)
    assert guide.documents["order"].addressed_to == ("police",)
    assert guide.roles["panel"].recorded_by == ("lead",)
    assert guide.deadlines["agreed"].owed_by == "chief"
    assert (request.people, request.at_most) == (People(3, ("lead", "helper"), ("lead",)), 3)
    assert [rule.warns for rule in request.rules] == [True, True]


def test_without_a_site_the_defaults_hold(tmp_path: Path) -> None:
    made = library(tmp_path)
    (tmp_path / "jiandu.site.yaml").unlink()
    assert made.guide("whole").settings["often"].value == 2


def test_what_a_site_chooses_is_part_of_the_text(tmp_path: Path, guide: Guide) -> None:
    other = library(tmp_path, site=SITE.replace("20 days", "21 days")).guide("whole")
    assert (other.digest == guide.digest, other.settings_digest == guide.settings_digest) == (False, False)
    again = library(tmp_path).pinned(other.digest, other.text)
    assert {name: s.value for name, s in again.settings.items()} == {n: s.value for n, s in other.settings.items()}


def test_powers_say_who_does_the_general_acts(guide: Guide) -> None:
    said = {verb: act.by for verb, act in guide.powers.items()}
    assert said == {
        "open": ("clerk",), "amend": ("lead",), "assign": ("clerk", "chief"), "note": ("any_member",),
        "extend": ("chief",), "suspend": ("chief",), "resume": ("chief",), "link": ("lead",), "migrate": ("clerk",),
        "adopt": ("clerk",), "rescind": ("chief",),
    }  # fmt: skip


def test_roles_say_where_they_are_held_and_how_they_decide(guide: Guide) -> None:
    roles = guide.roles
    assert (roles["above"].unit, roles["watcher"].unit, roles["visitor"].unit_field) == (
        "superior",
        "province",
        "where",
    )
    assert (roles["above"].recorded_by, roles["committee"].collective, roles["committee"].quorum) == (
        ("lead",),
        True,
        0,
    )
    assert (roles["panel"].quorum, roles["meeting"].advisory, roles["meeting"].recorded_by) == (
        3,
        True,
        ("lead", "lead"),
    )


def test_an_act_of_a_recorded_role_asks_for_its_paper_and_a_collectives_vote(guide: Guide) -> None:
    assert {"authority", "vote"} <= guide.acts["finish"].record.keys()
    vote = guide.acts["finish"].record["vote"]
    assert list(vote.fields) == ["members", "present", "for", "against", "abstain", "decided"]


def test_fields_have_their_new_types(guide: Guide) -> None:
    types = {name: guide.fields[name].type for name in ("seen", "where", "other", "checks", "site")}
    assert list(types.values()) == ["datetime", "department", "case", "checklist", "object"]
    assert list(guide.fields["checks"].points) == ["p1", "p2"]
    assert list(guide.fields["checks"].choices) == ["ok", "doubt"]
    assert guide.fields["site"].fields["street"].required


def test_an_act_opens_cases(guide: Guide) -> None:
    opens = guide.acts["request.sign"].opens
    assert opens is not None
    assert (opens.relation, opens.each, opens.unit_field) == ("finding", "people_of", "where")
    assert opens.fills == {"who": ("each", "name"), "since": ("field", "on"), "kind": ("constant", "a")}
    assert [(guide_id, nodes(condition)[0].place.line > 0) for condition, guide_id in opens.choose] == [
        ("items/finding", True)
    ]
    plain = guide.acts["leave"].opens
    assert plain is not None
    assert (plain.relation, plain.each, plain.fills) == ("clue", "", {})


def test_a_paper_drafted_in_other_steps_begins_with_its_signature(guide: Guide) -> None:
    sign = guide.acts["request.sign"]
    assert "request.draft" not in guide.acts
    assert (sign.by, sign.after, sign.not_by) == (("chief",), ("study", "study"), ("study",))
    assert "people_of" in sign.record
    assert guide.openers["request"] is sign


def test_a_rule_has_a_version_for_its_time(guide: Guide) -> None:
    before, after = guide.acts["request.sign"].rules
    assert (before.since, before.until, before.says.zh) == (None, date(2026, 12, 31), "人数不足")
    assert (after.since, after.until, after.says.zh) == (date(2027, 1, 1), None, "应为三人")
    assert (before.applies(date(2027, 1, 1)), after.applies(date(2027, 1, 1))) == (False, True)
    assert [str(citation) for rule in (before, after) for citation in rule.basis] == ["law-a:1", "rule-b:3"]


def test_a_document_says_how_it_is_served_and_on_whom(guide: Guide) -> None:
    notice, letter = guide.documents["notice"], guide.documents["letter"]
    assert (notice.each, letter.each, letter.addressed_field) == (True, False, "to_whom")
    assert list(notice.modes) == ["written", "announced", "electronic", "posted", "left", "public"]
    record = guide.acts["request.serve"].record
    assert list(record["mode"].choices) == list(notice.modes)
    assert all(title.en and title.zh for title in record["mode"].choices.values())
    assert (record["receiver"].required, record["witness"].type) == (False, "person")


def test_a_deadline_says_whose_it_is(guide: Guide) -> None:
    filing, right = guide.deadlines["filing"], guide.deadlines["right"]
    assert (filing.right, filing.internal, filing.each, filing.survives, filing.rolls) == (
        False,
        True,
        True,
        True,
        False,
    )
    assert (right.right, right.owed_by, right.due_field, right.internal) == (True, "police", "on", False)
    assert (filing.month_rule, right.month_rule) == ("month_end_sticky", "corresponding_day")
    assert guide.deadlines["quick"].length == Period(24, "hours")


def test_a_deadline_is_extended_and_pauses(guide: Guide) -> None:
    filing, reply = guide.deadlines["filing"], guide.deadlines["request.reply"]
    assert filing.extend is not None
    assert reply.extend is not None
    assert (filing.extend.adds, filing.extend.at_most, filing.extend.by) == (Period(10, "days"), 2, ("chief",))
    assert (list(filing.extend.grounds), filing.extend.before_due, reply.extend.before_due) == (
        ["complex"],
        False,
        True,
    )
    assert (filing.stops_with_case, guide.deadlines["changing"].stops_with_case, reply.stops_with_case) == (
        True,
        False,
        False,
    )
    during, between = filing.pauses
    assert during == Pause(states=("middle",))
    assert (between.since, between.until) == (Events((Event("done", "study"),)), Events((Event("done", "leave"),)))
    assert guide.deadlines["right"].pauses == (Pause(states=("begin", "middle")),)
    assert (reply.pauses, reply.duty, reply.warn) == ((Pause(states=("middle",)),), ("tell",), ())


def test_a_deadline_has_a_version_for_the_day_it_starts(guide: Guide) -> None:
    changing = guide.deadlines["changing"]

    def at(day: date) -> Deadline:
        found = changing.at(day)
        assert found is not None
        return found

    assert at(date(2026, 10, 31)).length_field == "span"
    assert [str(citation) for citation in at(date(2026, 10, 31)).basis] == ["law-a:1"]
    assert at(date(2026, 11, 1)).length == Period(20, "days")
    assert (at(date(2028, 1, 1)).due_field, at(date(2028, 1, 1)).length) == ("on", None)


def test_a_version_that_gives_a_due_day_has_no_length_beside_it(tmp_path: Path) -> None:
    own = "    counts_from: {field: on}\n    versions:"
    text = GUIDE.replace(own, f"    length: 9 days\n{own}")
    versions = library(tmp_path, guide=text).guide("whole").deadlines["changing"].versions
    assert [(v.length is None, v.length_field, v.due_field) for v in versions] == [
        (True, "span", ""), (False, "", ""), (True, "", "on"),
    ]  # fmt: skip


def test_events_are_any_or_all(guide: Guide) -> None:
    filing = guide.deadlines["filing"]
    assert filing.void_by == Events((Event("done", "finish"), Event("field", "on")), all=True)
    assert filing.met_by.events[4:8] == (
        Event("served", "letter", "court"),
        Event("answered", "letter"),
        Event("missed", "request.reply"),
        Event("opened", "finding"),
    )


def test_cases_that_belong_together(guide: Guide) -> None:
    finding, clue = guide.related["finding"], guide.related["clue"]
    assert (finding.title.zh, finding.guide, finding.holds) == ("发现的问题", "items/finding", True)
    assert (clue.guide, clue.holds) == ("clue", False)


def test_suspension_statements_and_migrations(guide: Guide) -> None:
    assert guide.suspension is not None
    assert (list(guide.suspension.grounds), guide.suspension.states) == (["illness", "other_case"], ("begin",))
    assert [(statement.never, statement.says.zh) for statement in guide.statements] == [
        (True, "结案的都有类型"),
        (False, "始终有类型或者在起始状态"),
    ]
    (plan,) = guide.migrations
    assert (plan.since, plan.states, plan.fields) == ("1.x", {"start": "begin"}, {"sort": "kind"})
    assert plan.acts == {"inform": "tell", "ask.sign": "request.sign"}


# faults of names and settings, each at its place

FAULTS = [
    ("guide", "at_most: {setting: often}", "at_most: {setting: ⟦oftne⟧}", "unknown-setting"),
    ("guide", "at_most: {setting: often}", "at_most: ⟦{⟧setting: strict}", "wrong-form"),
    ("lexicon", "within: {setting: answer_within}", "within: ⟦{⟧setting: signer}", "wrong-form"),
    ("guide", "default: 2, mark: design, between", "default: ⟦12⟧, mark: design, between", "setting-out-of-bounds"),
    ("site", "often: 3", "often: ⟦10⟧", "setting-out-of-bounds"),
    ("site", "often: 3", "often: ⟦few⟧", "setting-out-of-bounds"),
    ("site", "answer_within: 20 days", "answer_within: ⟦20 working days⟧", "setting-out-of-bounds"),
    ("site", "strict: warn", "strict: ⟦maybe⟧", "setting-out-of-bounds"),
    ("site", "asks: true", "asks: ⟦3⟧", "setting-out-of-bounds"),
    ("guide", "by: [chief, committee]", "by: [chief, ⟦meeting⟧]", "advisory-decides"),
    ("lexicon", "signed_by: chief, released", "signed_by: ⟦meeting⟧, released", "advisory-decides"),
    ("guide", "opens: clue\n        basis", "opens: ⟦cleu⟧\n        basis", "unknown-relation"),
    ("guide", "for_each: {record: people_of}", "for_each: {record: ⟦people_off⟧}", "unknown-field"),
    ("guide", "who: {each: name}", "who: {each: ⟦nmae⟧}", "unknown-field"),
    ("guide", "since: {field: on}", "since: {field: ⟦onn⟧}", "unknown-field"),
    ("guide", "{opened: finding}", "{opened: ⟦findign⟧}", "unknown-relation"),
    ("guide", "{missed: request.reply}", "{missed: ⟦request.repyl⟧}", "unknown-deadline"),
    ("guide", "states: {start: begin}", "states: {start: ⟦begn⟧}", "unknown-state"),
    ("guide", "inform: tell", "inform: ⟦tel⟧", "unknown-act"),
    ("guide", "fields: {sort: kind}", "fields: {sort: ⟦kidn⟧}", "unknown-field"),
    ("guide", "checks: {any_is: doubt}", "checks: {any_is: ⟦doutb⟧}", "value-not-in-choices"),
    ("guide", "      n: {more_than: 1", "      n: {any_is: ⟦1⟧, more_than: 1", "condition-type"),
    ("guide", "where: {onsite: true,", "where: {onsite: ⟦maybe⟧,", "condition-type"),
    ("guide", "mode: [spot, full]", "mode: [spot, ⟦ful⟧]", "value-not-in-choices"),
    ("guide", "distinct: day\n", "distinct: ⟦dya⟧\n", "unknown-field"),
    ("guide", "distinct: day\n", "distinct: ⟦persons⟧\n", "condition-free-text"),
    ("guide", "finding: {every", "⟦fnding⟧: {every", "unknown-relation"),
    ("guide", "while: middle", "while: ⟦midle⟧", "unknown-state"),
    ("guide", "from: [begin]}", "from: [⟦bgin⟧]}", "unknown-state"),
    ("lexicon", "recorded_by: [clerk]", "recorded_by: [⟦clrk⟧]", "unknown-role"),
    ("lexicon", "unit: {field: where}", "unit: {field: ⟦wher⟧}", "unknown-field"),
    ("lexicon", "addressed_to: {field: to_whom}", "addressed_to: {field: ⟦n⟧}", "field-type"),
    ("lexicon", "rescind: chief", "rescind: ⟦cheif⟧", "unknown-role"),
    ("guide", "powers: {backdate", "powers: {⟦note⟧: lead, backdate", "lexicon-override"),
]  # fmt: skip
TEXT_OF = {"guide": GUIDE, "lexicon": LEXICON, "site": SITE}


@pytest.mark.parametrize(("kind", "old", "new", "rule"), FAULTS, ids=lambda part: str(part)[:40])
def test_a_fault_is_found_at_its_very_place(tmp_path: Path, kind: str, old: str, new: str, rule: str) -> None:
    assert old in TEXT_OF[kind]
    text = TEXT_OF[kind].replace(old, new, 1)
    (row, line) = next((n, line) for n, line in enumerate(text.split("\n"), 1) if "⟦" in line)
    place = (row, line.index("⟦") + 1, line.index("⟧") - line.index("⟦") - 1)
    found = faults(tmp_path, **{kind: text.replace("⟦", "").replace("⟧", "")})
    assert [(f.rule, (f.place.line, f.place.column, f.place.length)) for f in found] == [(rule, place)]
    assert all(f.what(language) and f.fix(language) for f in found for language in ("zh", "en"))
    assert found[0].why("zh")


def test_one_entry_is_no_list_to_open_cases_for(tmp_path: Path) -> None:
    text = GUIDE.replace("涉及人员, type: object, many: true", "涉及人员, type: object")
    assert [f.rule for f in faults(tmp_path, guide=text)] == ["each-of-one"]


def test_a_paper_that_nobody_signs_is_begun_by_who_releases_it(tmp_path: Path) -> None:
    text = LEXICON.replace("    signed_by: {setting: signer}\n", "    signed_by: clerk\n").replace(
        "defaults: {signed_by: chief, released_by: clerk}", "defaults: {released_by: clerk}"
    )
    guide = library(tmp_path, lexicon=text).guide("whole")
    tell = guide.openers["tell"]
    assert (tell.name, tell.by, "note" in tell.record) == ("tell.release", ("clerk",), True)


def test_a_paper_in_which_nobody_has_a_part_is_drafted_all_the_same(tmp_path: Path) -> None:
    text = LEXICON.replace("  defaults: {signed_by: chief, released_by: clerk}\n", "").replace(
        "order: {title: 令, addressed_to: {setting: addressee}, reply: none}", "order: {title: 令}"
    )
    assert library(tmp_path, lexicon=text).guide("whole").openers["tell"].name == "tell.draft"


def test_a_setting_has_the_word_to_itself() -> None:
    for old, new in (("fields:\n  kind:", "fields:\n  setting:"), ("{done_with: 办结, sent", "{setting: 办结, sent")):
        found = shape.check(read(GUIDE.replace(old, new, 1), "x.yaml"), "guide")
        assert "wrong-form-reserved" in [finding.message for finding in found]
