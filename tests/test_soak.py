"""What a long run has done is written down once it has held, with its seed and commit, and found too old or too new."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
HERE = ("--numprocesses", "0")
"""Two tests are not worth another process."""
TEST = """\
import pytest
from soak import SOAK, figures, seed

@pytest.mark.parametrize("part", [0, 1])
def test_it_counts(part):
    assert SOAK and seed() != 13
    figures("counting", part, done=seed() + part)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A checkout with one soak of two parts."""
    for name in ("scripts/soak.py", "tests/soak.py"):
        (tmp_path / name).parent.mkdir()
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests/test_counting.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = tests\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("__pycache__\n.pytest_cache\n/docs\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    committed(tmp_path)
    return tmp_path


def git(home: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *words], cwd=home, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(home: Path) -> str:
    git(home, "add", "--all")
    git(home, "commit", "--quiet", "--allow-empty", "--message", "Change")
    return git(home, "rev-parse", "HEAD")


def soak(home: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(home / "scripts/soak.py"), *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def entry(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "docs/soak.json").read_text("utf-8"))["counting"]
    return found


def test_figures_of_all_parts_stand_with_seed_and_commit(home: Path) -> None:
    code, said = soak(home, *HERE, "--seed", "20")
    assert (code, "counting done=41" in said) == (0, True), said
    assert entry(home)["seed"] == 20
    assert entry(home)["figures"] == {"done": 41}
    assert entry(home)["commit"] == git(home, "rev-parse", "HEAD")
    assert soak(home, "--check", "counting") == (0, "")
    committed(home)
    assert soak(home, "--check", "counting") == (0, "")


def test_a_run_that_fails_writes_nothing(home: Path) -> None:
    assert soak(home, *HERE, "--seed", "13")[0] == 1
    assert not (home / "docs/soak.json").exists()


def test_the_entries_of_other_soaks_stay(home: Path) -> None:
    soak(home, *HERE)
    before = entry(home)
    (home / "tests/test_counting.py").write_text(TEST.replace('"counting"', '"other"'), encoding="utf-8")
    committed(home)
    soak(home, *HERE)
    assert entry(home) == before


def test_what_is_too_old_of_no_commit_of_another_history_or_missing_is_told(home: Path) -> None:
    (home / "tests/test_counting.py").write_text(f"{TEST}\n", encoding="utf-8")
    soak(home, *HERE)
    assert soak(home, "--check") == (1, "counting: of changes that no commit has\n")
    committed(home)
    file = home / "docs/soak.json"
    strange = {"counting": {**entry(home), "commit": "0" * 40, "date": "2020-01-01"}}
    file.write_text(json.dumps(strange), encoding="utf-8")
    code, said = soak(home, "--check", "--days", "30", "storm")
    assert code == 1
    assert [line.split(":")[0] for line in said.splitlines()] == ["storm", "counting", "counting"]
    assert said.endswith("counting: of a commit that is not behind this one\n")
