"""Which versions owe the cases of the one before a plan."""

import pytest

from guides_for_tests.faulty import told


@pytest.mark.parametrize("version", ["0.1.0", "1.0.0", "1.12.3"])
def test_a_first_major_version_has_nothing_before_it(version: str) -> None:
    assert told("no-migration", ("version: 2.0.0", f"version: {version}")) == []


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0", "10.0.0"])
def test_every_later_one_has(version: str) -> None:
    (found,) = told("no-migration", ("version: 2.0.0", f"version: {version}"))
    assert (found.facts["version"], str(found.place)) == (version, "small.yaml:3:10")
