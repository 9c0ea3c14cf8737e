"""What users copy into their CI is run as it stands: on guides that are right, and on one that is not."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from guides_for_tests.plain import PLAIN
from jiandu.source import read_file

ROOT = Path(__file__).parents[2]
STORY = """\
guide: small
title: 去
why: 走得通
cast: {k: clerk}
story:
  - {day: 2026-03-02, as: k, open: true}
  - {day: 2026-03-02, as: k, do: go}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with guides, and a `jiandu` on the path."""
    (tmp_path / "guides/scenarios/small").mkdir(parents=True)
    (tmp_path / "guides/small.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "guides/scenarios/small/go.yaml").write_text(STORY, encoding="utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    started = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(str(ROOT / "cli.py"))} "$@"\n'
    (programs / "jiandu").write_text(started, encoding="utf-8")
    (programs / "jiandu").chmod(0o755)
    return tmp_path


def spoil(place: Path) -> None:
    file = place / "guides/small.yaml"
    file.write_text(PLAIN.replace("initial: a", "initial: c"), encoding="utf-8")


def loaded(name: str) -> Any:
    return read_file(ROOT / name).data


def run(script: str, place: Path, **env: str) -> tuple[int, str]:
    path = f"{place / 'bin'}:{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIANDU_")}
    command = [str(shutil.which("bash")), "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(
        command, cwd=place, env={**kept, "PATH": path, **env}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def steps(**given: str) -> list[tuple[str, dict[str, str]]]:
    """The scripts of the action after its installation, with what a workflow gives it."""
    action = loaded("action.yml")
    inputs = {name: given.get(name, one["default"]) for name, one in action["inputs"].items()}
    found = []
    for step in action["runs"]["steps"][1:]:
        env = {name: put(value, inputs) for name, value in step["env"].items()}
        if "if" not in step or inputs["stories"] == "true":
            found.append((step["run"], env))
    return found


def put(value: str, inputs: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda name: inputs[name[1]], value)


def test_the_action_is_silent_about_guides_that_are_right(place: Path) -> None:
    told = [run(script, place, **env) for script, env in steps(coverage="states=100,transitions=100", lang="en")]
    assert [code for code, _ in told] == [0, 0], told
    assert told[0][1].strip() == ""
    assert "1 came true" in told[1][1]


def test_the_action_annotates_the_line_that_is_wrong(place: Path) -> None:
    spoil(place)
    script, env = steps(lang="en")[0]
    code, said = run(script, place, **env)
    assert code == 1
    assert said.startswith("::error file=guides/small.yaml,line=8,col=10,endColumn=11,title=unknown-state::")


def test_the_action_fails_where_stories_reach_too_little(place: Path) -> None:
    (place / "guides/scenarios/small/go.yaml").write_text(STORY.rpartition("  - ")[0], encoding="utf-8")
    script, env = steps(coverage="transitions=100", lang="en")[1]
    assert run(script, place, **env)[0] == 1


def test_the_action_needs_no_more_than_it_declares() -> None:
    action = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.(\w+)", action)) == set(loaded("action.yml")["inputs"])
    assert "${{" not in "".join(script for script, _ in steps())  # what a change names is never part of a script
    used = loaded("docs/ci/github-workflow.yml")["jobs"]["guides"]["steps"][-1]["with"]
    assert set(used) <= set(loaded("action.yml")["inputs"])


def test_gitlab_gets_its_reports_and_the_verdict(place: Path) -> None:
    script = "\n".join(loaded("docs/ci/gitlab-ci.yml")["guides"]["script"])
    assert run(script, place)[0] == 0
    assert json.loads((place / "gl-code-quality-report.json").read_text("utf-8")) == []
    assert Xml.parse(place / "stories.xml").getroot()[0].attrib["failures"] == "0"
    spoil(place)
    assert run(script, place)[0] == 1
    [found] = json.loads((place / "gl-code-quality-report.json").read_text("utf-8"))
    assert found["location"] == {"path": "guides/small.yaml", "lines": {"begin": 8}}
    reports = loaded("docs/ci/gitlab-ci.yml")["guides"]["artifacts"]["reports"]
    assert all((place / file).is_file() for file in reports.values())


def test_the_hooks_judge_before_a_commit(place: Path) -> None:
    hooks = {
        hook["id"]: shlex.join([*shlex.split(hook["entry"]), *hook["args"]])
        for hook in loaded(".pre-commit-hooks.yaml")
    }
    [repo] = loaded("docs/ci/pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == list(hooks)
    assert [run(command, place)[0] for command in hooks.values()] == [0, 0]
    spoil(place)
    assert [run(command, place)[0] for command in hooks.values()] == [1, 1]
