"""The description is true: a stranger's tool makes requests from it, good and bad, and judges every answer by it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from jiandu.case import VERBS, Actor
from jiandu.clock import FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.serve import Limits
from jiandu.serve.contract import document, operations
from jiandu.serve.operations import OPERATIONS
from jiandu.store import Database
from service import Service, serving, token, tokens

HERE = Path(__file__).parent
EXAMPLES = "200" if os.environ.get("JIANDU_SOAK") else "6"
"""Requests of each kind for each operation; some twenty seconds."""


@pytest.fixture
def service(made_url: str, tmp_path: Path) -> Iterator[Service]:
    """The shipped guides, and the people of the examples: what the examples of the description are about."""
    people = PeopleFile.load(HERE.parents[1] / "examples/people.yaml")
    with Database.connect(made_url) as database:
        engine = Engine(database, directory=people, clock=FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC)))
        with serving(engine, tokens(tmp_path), Limits(rate=10_000, burst=10_000)) as service:
            yield service


CONFIG = """
seed = 20260302
parameters = {{ "path.case" = "{case}" }}
[checks]
positive_data_acceptance.expected-statuses = [200, 201, 403, 404, 409, 412, 422]  # 422: the guide has its own fields
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 415]
"""


def test_a_stranger_finds_the_description_true(service: Service, tmp_path: Path) -> None:
    card = {"track": "A", "source": "complaint", "applicant_role": "victim"}
    case = service.engine.open("case-filing", unit="630102", by=Actor("k1"), card=card)
    (tmp_path / "schemathesis.toml").write_text(CONFIG.format(case=case.id), encoding="utf-8")
    said = [sys.executable, "-m", "schemathesis.cli", "--no-color", "run", f"{service.url}/openapi.json"]
    said += ["--max-examples", EXAMPLES, "-H", f"Authorization: Bearer {token('k1')}"]
    done = subprocess.run(said, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert service.engine.verify().entries > 2  # it has opened a case and acted in one
    assert service.engine.verify().faults == ()


def test_every_operation_is_carried_out_and_every_act_is_one() -> None:
    described = {operation.id for operation in operations()}
    assert described == OPERATIONS.keys()
    assert VERBS.keys() <= described


def test_every_part_of_the_description_is_used_and_every_example_fits() -> None:
    text, components = str(document()), document()["components"]
    for kind in ("schemas", "parameters", "responses", "headers"):
        assert [name for name in components[kind] if f"#/components/{kind}/{name}'" not in text] == []
    for name, schema in components["schemas"].items():
        judge = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})
        assert [one for one in schema.get("examples", []) if not judge.is_valid(one)] == []
