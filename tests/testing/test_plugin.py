"""The fixtures as a host's tests see them: in a project of its own, by a pytest of its own."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
USE = """
from datetime import timedelta
from jiandu import Actor

def test_a_case_is_opened_and_time_goes_on(jiandu_engine, jiandu_clock):
    card = {"track": "A", "source": "complaint", "applicant_role": "victim"}
    case = jiandu_engine.open("case-filing", unit="630102", by=Actor("k1"), card=card)
    assert case.deadlines[0].due.isoformat() == "2026-03-09"
    jiandu_clock.instant += timedelta(days=30)
    assert jiandu_engine.tick() == 1
    assert jiandu_engine.verify().faults == ()

def test_every_test_has_a_database_of_its_own(jiandu_engine):
    assert jiandu_engine.cases(by=Actor("k1")) == ()
    assert jiandu_engine.database.practice
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini(f"[pytest]\njiandu_people = {ROOT / 'examples/people.yaml'}\nfilterwarnings = error\n")
    return pytester


def test_a_host_tests_with_an_engine_and_a_clock(project: pytest.Pytester) -> None:
    project.makepyfile(USE)
    project.runpytest_subprocess("-p", "no:schemathesis").assert_outcomes(passed=2)


def test_the_fixtures_are_listed_with_what_they_are(project: pytest.Pytester) -> None:
    said = project.runpytest_subprocess("--fixtures", "-p", "no:schemathesis").stdout.str()
    for name in ("jiandu_clock", "jiandu_guides", "jiandu_people", "jiandu_engine", "jiandu_play"):
        assert name in said


def test_a_story_that_does_not_come_true_fails_at_its_line(project: pytest.Pytester) -> None:
    shipped = sorted((ROOT / "guides/scenarios/clue-transfer").glob("*.yaml"))[0]
    text = shipped.read_text(encoding="utf-8")
    broken = project.path / "broken.yaml"
    broken.write_text(text + "\n  - expect: {state: nowhere}\n", encoding="utf-8")
    project.makepyfile(f"""
        from pathlib import Path

        def test_shipped(jiandu_play):
            assert jiandu_play(Path({str(shipped)!r})).case is not None

        def test_broken(jiandu_play):
            jiandu_play(Path({str(broken)!r}))
    """)
    done = project.runpytest_subprocess("-p", "no:schemathesis")
    done.assert_outcomes(passed=1, failed=1)
    assert f"broken.yaml:{len(text.splitlines()) + 2}" in done.stdout.str()


def test_guides_of_the_project_take_the_place_of_those_shipped(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\njiandu_guides = texts\n")
    (project.path / "texts").mkdir()
    project.makepyfile(
        "def test_own(jiandu_guides, jiandu_people): assert jiandu_guides.ids() == () and not jiandu_people"
    )
    project.runpytest_subprocess("-p", "no:schemathesis").assert_outcomes(passed=1)


def test_nothing_of_the_engine_is_loaded_before_it_is_asked_for(project: pytest.Pytester) -> None:
    project.makepyfile("""
        import sys

        def test_light():
            assert "jiandu.pytest_plugin" in sys.modules
            assert not [name for name in sys.modules if name.startswith(("sqlalchemy", "jiandu.engine", "yaml"))]
    """)
    project.runpytest_subprocess("-p", "no:schemathesis", "-p", "no:hypothesispytest").assert_outcomes(passed=1)
