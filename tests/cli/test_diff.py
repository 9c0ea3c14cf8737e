"""`jiandu diff` on the command line: two files, or a file and what git remembers of it."""

import subprocess
from pathlib import Path

import pytest

from command_line import Office
from guides_for_tests.plain import PLAIN

NEW = PLAIN.replace("title: 甲", "title: 受理").replace("by: clerk, to", "by: [clerk, boss], to").replace(
    "书记员}", "书记员}, boss: {title: 负责人}"
)  # fmt: skip


@pytest.fixture
def both(empty: Office) -> Office:
    (empty.folder / "old.yaml").write_text(PLAIN, encoding="utf-8")
    (empty.folder / "new.yaml").write_text(NEW, encoding="utf-8")
    return empty


def test_the_heaviest_comes_first_and_a_version_too_low_fails(both: Office) -> None:
    done = both.run("diff", "old.yaml", "new.yaml", lang="en", now=None)
    assert done.code == 1
    assert done.out.splitlines() == [
        "Rights and duties change:",
        "  + roles.boss",
        "  ~ states.a.transitions.go.by: clerk → ['clerk', 'boss']",
        "",
        "Words change:",
        "  ~ states.a.title: 甲 → 受理",
        "",
        "Version 1.0.0 → 1.0.0 is too low: what has changed asks to raise the middle number.",
    ]
    (both.folder / "new.yaml").write_text(NEW.replace("1.0.0", "1.1.0"), encoding="utf-8")
    told = both.run("diff", "old.yaml", "new.yaml", "--json", now=None)
    assert (told.code, told.json["step"], told.json["enough"]) == (0, "minor", True)
    assert {edit["weight"] for edit in told.json["edits"]} == {"duties", "words", "none"}


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@t"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def test_the_old_text_may_be_what_git_remembers(both: Office) -> None:
    git(both.folder, "init", "--quiet")
    guide = both.folder / "guides/small.yaml"
    guide.parent.mkdir()
    guide.write_text(PLAIN, encoding="utf-8")
    git(both.folder, "add", "guides")
    git(both.folder, "commit", "--quiet", "-m", "one")
    guide.write_text(NEW, encoding="utf-8")
    told = both.run("diff", "guides/small.yaml", "--base", "HEAD", "--json", now=None)
    assert (told.code, told.json["step"]) == (1, "minor")
    for nothing in ("HEAD~9", "--output=x", "-h"):
        assert "diff-no-revision" in both.run("diff", "guides/small.yaml", f"--base={nothing}", now=None).err


def test_something_to_compare_with_is_needed(both: Office) -> None:
    for args in (["old.yaml"], ["old.yaml", "new.yaml", "--base", "HEAD"]):
        done = both.run("diff", *args, now=None)
        assert (done.code, "usage-diff" in done.err) == (2, True)
