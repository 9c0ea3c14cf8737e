"""An office to try the command line in: people, a practice database, a case that has come some way."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_line import GUIDES, NOON, PEOPLE, Office, opened
from guides_for_tests import general
from jiandu.case import Actor
from jiandu.clock import CountedEntropy, FixedClock
from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.guide.library import Library
from jiandu.scenario import read_story
from jiandu.store import Database


@pytest.fixture
def empty(tmp_path: Path) -> Office:
    """An office without a database."""
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    return Office(tmp_path)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases that hold the first story as far as an act; each is made when it is first asked for."""
    return {"": tmp_path_factory.mktemp("played")}


@pytest.fixture
def office(empty: Office, played: dict[str, Path]) -> Office:
    """An office with a case in which the notice to file has been served."""
    return _with_case(empty, played, "start_follow")


@pytest.fixture
def review(empty: Office, played: dict[str, Path]) -> Office:
    """An office with a case that was just accepted."""
    return _with_case(empty, played, "accept")


def _with_case(office: Office, played: dict[str, Path], until: str) -> Office:
    if until not in played:
        played[until] = _play(played[""] / f"{until}.db", until)
    shutil.copy(played[until], office.folder / "jiandu.db")
    return office


def _play(file: Path, until: str) -> Path:
    library = Library.shipped()
    story = read_story(library.folder / "scenarios" / "case-filing" / "c1-a1.yaml")
    clock = FixedClock(NOON)
    (file.parent / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    people = PeopleFile.load(file.parent / "people.yaml")
    with Database.connect(f"sqlite:///{file}") as database:
        database.init(practice=True)
        engine = Engine(database, guides=library, directory=people, clock=clock, entropy=CountedEntropy())
        case = ""
        for item in story.items:
            if "expect" in item.data or "refused" in item.data:
                continue
            by, asked = Actor(item.data["as"], auth="claimed"), item.request("case-filing", {})
            clock.instant = datetime.combine(asked.day, datetime.min.time(), UTC).replace(hour=4)
            if "open" in item.data:
                case = engine.open("case-filing", unit="630102", by=by, card=asked.card, day=asked.day).id
                continue
            engine.act(item.verb, case, asked.name, by=by, day=asked.day, **asked.written)
            if asked.name == until:
                break
    return file


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small guide, its people, and a database in which a case was opened and assigned."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "guides" / "lexicon").mkdir(parents=True)
    (folder / "guides" / "matters.yaml").write_text(general.MATTERS, encoding="utf-8")
    (folder / "people.yaml").write_text(general.PEOPLE, encoding="utf-8")
    bench = Office(folder, GUIDES)
    bench.run("db", "init", "--practice", now=None)
    assert bench.run("case", "do", opened(bench), "take", "--as", "k1", "--person", "o1").code == 0
    return folder


@pytest.fixture
def bench(begun: Path, tmp_path: Path) -> Office:
    """An office that works by the small guide."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path, GUIDES)


@pytest.fixture
def case(request: pytest.FixtureRequest) -> str:
    """The id of the one case of the office."""
    name = next(name for name in ("bench", "review", "office") if name in (*request.fixturenames, "office"))
    found: Office = request.getfixturevalue(name)
    return str(found.snapshot()["cases"][0][0])
