"""The page on editors: schemas that any validator can use, where its commands and first lines say they are."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from guides_for_tests.plain import PLAIN
from jiandu.check.files import kind_of
from jiandu.shipped import SITE
from jiandu.source import read

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/editor.md").read_text(encoding="utf-8")
SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
SHIPPED = sorted(file for file in (ROOT / "guides").rglob("*.yaml") if "en" not in file.parts)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a guide, and the schemas as the page says to get them."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides/mine.yaml").write_text(blocks("yaml")[0] + PLAIN, encoding="utf-8")
    started = f"exec {shlex.quote(sys.executable)} "
    for name, rest in (("python3", '"$@"'), ("jiandu", f'{shlex.quote(str(ROOT / "cli.py"))} "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{started}{rest}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    assert run(blocks("sh")[0], tmp_path) == (0, "")
    return tmp_path


def run(script: str, desk: Path) -> tuple[int, str]:
    around = {**os.environ, "PATH": f"{desk}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "engine")}
    done = subprocess.run(["sh", "-euc", script], cwd=desk, env=around, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def faults(file: Path) -> Iterator[str]:
    """What a stranger's validator says of a file: the schema of its first line, others found beside that."""
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
    assert named
    schema = (file.parent / named[1]).resolve()

    def beside(uri: str) -> Resource[Any]:
        return Resource.from_contents(json.loads((schema.parent / uri.rpartition("/")[2]).read_text("utf-8")))

    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")), registry=Registry(retrieve=beside))  # type: ignore[call-arg]
    data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
    yield from (error.json_path for error in validator.iter_errors(typed(data)))


def typed(data: Any) -> Any:
    """The values of YAML 1.2 that the language has."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    return {"true": True, "false": False}.get(data, int(data) if re.fullmatch(r"0|-?[1-9]\d{0,15}", data) else data)


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_a_schema_is_one_of_draft_2020_12_under_its_own_name(file: Path) -> None:
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{file.name}")  # so that servers find what it takes from others beside it
    elsewhere = {ref.partition("#")[0] for ref in re.findall(r'"\$ref": "([^"]+)"', file.read_text("utf-8"))} - {""}
    assert all((file.parent / name).is_file() for name in elsewhere)


def test_the_first_line_leads_to_the_schema_that_was_copied(desk: Path) -> None:
    mine = desk / "guides/mine.yaml"
    assert list(faults(mine)) == []
    mine.write_text(mine.read_text("utf-8").replace("final: true", "finall: true"), encoding="utf-8")
    assert list(faults(mine)) == ["$.states.b"]


@pytest.mark.parametrize("name", ["items/circuit-finding", "lexicon/roles", "case-filing"])
def test_the_first_line_of_a_shipped_file_leads_to_its_schema(name: str) -> None:
    assert list(faults(ROOT / "guides" / f"{name}.yaml")) == []


def test_each_kind_of_file_has_its_first_line() -> None:
    for file, schema in re.findall(r"^\| `(\S+\.yaml)` \| `(\S+)` \|$", PAGE, re.MULTILINE):
        found = (ROOT / "x" / file).parent / schema
        assert found.resolve() == ROOT / "x/schemas" / Path(schema).name
        first = f"# yaml-language-server: $schema={schema}\n"
        assert kind_of(read(first + "jiandu: 1\n", file), Path(file)) == kind(schema)


def kind(schema: str) -> str:
    return Path(schema).name.partition(".")[0]


def globbed(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")


def test_the_settings_of_the_workspace_give_every_shipped_file_its_schema() -> None:
    (settings,) = map(json.loads, blocks("json"))
    for file in [*SHIPPED, ROOT / "examples/people.yaml"]:
        name = file.relative_to(ROOT).as_posix() if file in SHIPPED else file.name
        given = settings["yaml.schemas"].items()
        fitting = {kind(schema) for schema, patterns in given for one in patterns if re.fullmatch(globbed(one), name)}
        assert fitting == {kind_of(read(file.read_bytes(), name), file)}, name
    named = {Path(schema).name for schema in settings["yaml.schemas"]}
    assert named == {file.name for file in SCHEMAS} - {"entry.schema.json"}
    assert [SITE] in settings["yaml.schemas"].values()


def test_what_the_schema_cannot_say_the_command_says(desk: Path) -> None:
    code, said = run(blocks("sh")[1], desk)
    assert (code, json.loads(said)["findings"]) == (0, [])
    mine = desk / "guides/mine.yaml"
    mine.write_text(mine.read_text("utf-8").replace("to: b", "to: c"), encoding="utf-8")
    code, said = run(blocks("sh")[1], desk)
    assert (code, [finding["rule"] for finding in json.loads(said)["findings"]]) == (1, ["unknown-state"])
