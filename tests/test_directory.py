"""Units, people and the offices they hold."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiandu.directory import Directory, PeopleFile, Person, Unit
from jiandu.errors import GuideError
from jiandu.source import Source, read

TEXT = """\
jiandu: 1
units:
  "630100": {title: 西宁市人民检察院, short: 宁检, level: city}
  "630102": {title: 城东区人民检察院, short: 东检, superior: "630100", level: county}
people:
  p1:
    name: 甲
    unit: "630102"
    roles:
      - {role: handler, from: 2024-01-01, until: 2026-03-31}
      - {role: chief, from: 2026-04-01}
      - {role: reviewer, unit: "630100"}
  p2: {name: 乙, unit: "630100", roles: []}
"""
SHAPE_RULES = {"unknown-key", "missing-key", "wrong-form", "value-not-allowed", "empty-file", "null-in-flow-mapping"}
COUNTY = {"title": "城东区人民检察院", "short": "东检", "level": "county"}
PEOPLE: dict[str, Any] = {
    "jiandu": 1,
    "units": {"630102": COUNTY},
    "people": {"p1": {"name": "甲", "unit": "630102", "roles": [{"role": "handler"}]}},
}


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    path = tmp_path / "people.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return PeopleFile.load(path)


def test_people_and_units_are_found_by_id(directory: Directory) -> None:
    assert directory.person("p1") == Person("p1", "甲", "630102")
    assert directory.unit("630102") == Unit("630102", "城东区人民检察院", "东检", "630100", "county")
    assert directory.person("p9") is None
    assert directory.unit("630199") is None


@pytest.mark.parametrize(
    ("on", "roles"),
    [
        ("2023-12-31", set()),
        ("2024-01-01", {"handler"}),
        ("2026-03-31", {"handler"}),
        ("2026-04-01", {"chief"}),
    ],
)
def test_people_hold_an_office_from_its_first_to_its_last_day(directory: Directory, on: str, roles: set[str]) -> None:
    assert directory.roles("p1", "630102", date.fromisoformat(on)) == roles


def test_a_role_counts_in_the_unit_it_is_held_in(directory: Directory) -> None:
    assert directory.roles("p1", "630100", date(2026, 5, 6)) == {"reviewer"}


def test_strangers_and_people_without_office_hold_no_role(directory: Directory) -> None:
    assert directory.roles("p2", "630100", date(2026, 5, 6)) == frozenset()
    assert directory.roles("p9", "630100", date(2026, 5, 6)) == frozenset()


def test_a_fault_in_a_file_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(TEXT.replace('unit: "630102"', 'unit: "630199"'), encoding="utf-8")
    with pytest.raises(GuideError) as raised:
        PeopleFile.load(path)
    [finding] = raised.value.findings
    assert (finding.rule, Path(finding.place.file).name, finding.place.line) == (
        "people-unknown-unit",
        "people.yaml",
        8,
    )
    assert finding.what("zh") == "没有编号为630199的单位"


def test_an_unknown_unit_is_found_wherever_it_is_named() -> None:
    data = deepcopy(PEOPLE)
    data["units"]["630102"] = COUNTY | {"superior": "1"}
    data["people"]["p1"] |= {"unit": "2", "roles": [{"role": "handler", "unit": "3"}]}
    assert faults(data) == ["people-unknown-unit"] * 3


def test_an_office_cannot_end_before_it_begins() -> None:
    office = {"role": "handler", "from": "2026-05-06", "until": "2026-05-05"}
    assert faults(with_roles([office])) == ["people-term-reversed"]
    PeopleFile.read(text(with_roles([office | {"until": "2026-05-06"}])))


def test_units_cannot_be_superior_to_themselves() -> None:
    units = {"a": COUNTY | {"superior": "b"}, "b": COUNTY | {"superior": "a"}, "c": COUNTY | {"superior": "a"}}
    assert faults(PEOPLE | {"units": units | PEOPLE["units"]}) == ["people-superior-cycle"] * 2


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        PEOPLE | {"units": []},
        PEOPLE | {"units": {"630102": COUNTY | {"level": "village"}}},
        PEOPLE | {"people": {"p1": "甲"}},
        PEOPLE | {"people": {"p1": {"name": "甲"}}},
    ],
)
def test_data_of_another_shape_are_no_people_file(data: Any) -> None:
    assert set(faults(data)) <= SHAPE_RULES


@pytest.mark.parametrize(
    "roles",
    [{}, ["handler"], [{"from": "2026-05-06"}], [{"role": "a", "from": "May"}], [{"role": "a", "until": "20260506"}]],
)
def test_roles_of_another_shape_are_no_people_file(roles: Any) -> None:
    assert set(faults(with_roles(roles))) <= SHAPE_RULES


def with_roles(roles: Any) -> dict[str, Any]:
    """The people file with these roles of its one person."""
    return PEOPLE | {"people": {"p1": PEOPLE["people"]["p1"] | {"roles": roles}}}


def faults(data: Any) -> list[str]:
    with pytest.raises(GuideError) as raised:
        PeopleFile.read(text(data))
    assert all(finding.what("zh") and finding.what("en") for finding in raised.value.findings)
    return [finding.rule for finding in raised.value.findings]


def text(data: Any) -> Source:
    """The data as a text."""
    return read(json.dumps(data, ensure_ascii=False), "people.yaml")
