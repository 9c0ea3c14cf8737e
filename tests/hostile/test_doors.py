"""Every door through which a text comes in answers the hostile texts alike: remarks inside the text, and words."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile.fuzzing import CALENDAR, assert_answered
from hostile.test_hostile import CORPUS, content
from jiandu.calendar import Calendar
from jiandu.check import check_paths
from jiandu.check.suite import play_all
from jiandu.cli import main
from jiandu.directory import PeopleFile
from jiandu.errors import GuideError
from jiandu.guide.library import Library
from jiandu.scenario import read_story

FILES = (
    "small.yaml", "lexicon/x.yaml", "scenarios/small/x.yaml", "calendars/x.yaml", "people.yaml", "jiandu.site.yaml",
    "en/small.yaml",
)  # fmt: skip
ROOTS = (
    "- 1\n",
    "x\n",
    "1\n",
    "true\n",
    "null\n",
    "[]\n",
    "{}\n",
    "''\n",
    "[[[]]]\n",
    "{jiandu: {}}\n",
    "jiandu: []\n",
)
TEXTS = [case for case in CORPUS if len(content(case)) < 5_000]
"""Those that are not about size: how much is read is the same at every door."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in (*FILES, "scenarios/small/y.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("title: x\n", encoding="utf-8")
    return tmp_path


def written(home: Path, name: str, text: bytes | str) -> Path:
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    (home / name).write_bytes(content)
    return home / name


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_is_judged_whatever_it_holds(home: Path, name: str) -> None:
    for case in TEXTS:
        found = check_paths([written(home, name, content(case))])
        assert_answered(found)
        assert found or name.startswith("en/"), case["name"]  # a path to no text is no more than a warning there
    for root in ROOTS:
        assert_answered(found := check_paths([written(home, name, root)]))
        assert found or (name, root) == ("en/small.yaml", "{}\n")


DOORS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "people": ("people.yaml", PeopleFile.load),
    "calendar": ("calendars/x.yaml", Calendar.load),
    "story": ("scenarios/small/x.yaml", read_story),
    "guide": ("small.yaml", lambda file: Library(file.parent).guide("small")),
    "site": ("jiandu.site.yaml", lambda file: Library(file.parent).guide("small")),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_with_findings_and_nothing_else(home: Path, door: str) -> None:
    name, opened = DOORS[door]
    for text in [*map(content, TEXTS), *ROOTS]:
        with pytest.raises(GuideError) as caught:
            opened(written(home, name, text))
        assert_answered(caught.value.findings)


def test_a_hostile_story_has_failed_and_stops_no_other(home: Path) -> None:
    for text in [*map(content, TEXTS), *ROOTS]:
        written(home, "scenarios/small/x.yaml", text)
        suite = play_all([home / "scenarios/small"], CALENDAR)
        assert len(suite.failed) == 2
        assert_answered(suite.failed[0].findings)


COMMANDS = {
    "validate": (FILES, ["validate", "FILE"], 1),
    "test": (("scenarios/small/x.yaml",), ["test", "FILE"], 1),
    "people": (("people.yaml",), ["people", "check", "FILE"], 1),
    "show": (("small.yaml", "jiandu.site.yaml"), ["show", "small", "--guides", "HOME"], 2),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_ends_with_its_number_and_data(home: Path, command: str, capfd: pytest.CaptureFixture[str]) -> None:
    names, words, code = COMMANDS[command]
    for name in names:
        for text in (b"\xff\xfe", "[" * 100_000, "a: *x\n", "a: 1\na: 2\n", "\0", "a: \u202ex\n", "", "- 1\n"):
            file = written(home, name, text)
            asked = [word.replace("FILE", str(file)).replace("HOME", str(home)) for word in words]
            ended = main([*asked, "--json"])
            told = capfd.readouterr()
            assert ended in (code, 2) or name.startswith("en/"), (name, text[:20], told)
            assert "Traceback" not in told.err
            assert json.loads(told.out)


@pytest.mark.parametrize(
    "value",
    ["x" * 100_000, "\x1b[2J", "\u202e", "{0.__class__}", "%n", "9" * 5_000, "1e309", "NaN", "=cmd()", "../../x"],
)
def test_a_hostile_value_is_no_record(home: Path, value: str, capfd: pytest.CaptureFixture[str]) -> None:
    database = f"sqlite:///{home / 'jiandu.db'}"
    assert main(["db", "init", "--practice", "--db", database]) == 0
    people = written(home, "people.yaml", (Path(__file__).parents[2] / "examples/people.yaml").read_bytes())
    around = ["--db", database, "--people", str(people), "--json"]
    capfd.readouterr()
    asked = ["case", "open", "case-filing", "--unit", "630102", "--as", "k1", "--set"]
    for name in ("track", "source", "amount", "nothing", value[:50]):
        ended = main([*asked, f"{name}={value}", *around])
        told = capfd.readouterr()
        assert ended in (1, 2), told
        assert json.loads(told.out)
        assert "Traceback" not in told.err


@pytest.mark.parametrize("name", ["small.yaml", "people.yaml", "scenarios/small/x.yaml"])
def test_the_command_needs_little_memory_whatever_is_handed_in(home: Path, name: str) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    for text in ("[" * 1_000_000, bomb, "x" * 1_000_000, "a: [" + "1," * 500_000, "- " * 300_000):
        file = written(home, name, text)
        around = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        command = [sys.executable, str(Path(__file__).parents[2] / "cli.py"), "validate", str(file), "--json"]
        done = subprocess.run(command, capture_output=True, env=around, preexec_fn=limited, timeout=120, check=False)
        assert done.returncode == 1, done.stderr[-500:]
        assert json.loads(done.stdout)["findings"]
