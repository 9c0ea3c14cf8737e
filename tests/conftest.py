"""What all tests share: a database of each kind; texts that are compared with a file, and accepted by one command."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import postgres
from jiandu.store import Database

Golden = Callable[[str, str], None]
ACCEPT = "JIANDU_ACCEPT"

settings.register_profile("usual", deadline=None)  # a machine that is busy with other tests is no error
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.load_profile("soak" if os.environ.get("JIANDU_SOAK") else "usual")


@pytest.fixture(autouse=True, scope="session")
def nothing_remembered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What was judged before these tests is not known to them."""
    os.environ["JIANDU_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("show-en.txt", text)`: the text is that of the file in `golden/` beside the test.

    `JIANDU_ACCEPT=1 pytest …` writes the files anew; read the difference before committing it.
    """
    folder = Path(request.path).parent / "golden"

    def compare(name: str, text: str) -> None:
        file = folder / name
        if os.environ.get(ACCEPT):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no golden file {file.name}: {ACCEPT}=1 pytest writes it"
        assert text == file.read_text(encoding="utf-8")

    return compare


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a database is tested on every kind; only what asks for the `path` of a file is about SQLite."""
    kinds = ("sqlite",) if "path" in metafunc.fixturenames else ("sqlite", "postgresql")
    for name in {"url", "made_url"} & set(metafunc.fixturenames):
        said = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
        if name not in said and not hasattr(metafunc.module, "pytest_generate_tests"):  # which say it themselves
            metafunc.parametrize(name, kinds, indirect=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a database that is SQLite's."""
    return tmp_path / "cases.db"


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that has not been made yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'cases.db'}"
    else:
        address = request.getfixturevalue("unmade")
        yield address
        postgres.unmake(address)


@pytest.fixture
def made_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with its tables, and nothing in them; a test leaves the tables as they are."""
    if request.param == "sqlite":
        return made(f"sqlite:///{tmp_path / 'cases.db'}")
    address: str = request.getfixturevalue("standing")
    postgres.empty(address)
    return address


def made(url: str) -> str:
    with Database.connect(url) as database:
        database.init(practice=False)
    return url


@pytest.fixture(scope="session")
def server() -> str:
    """The address of a PostgreSQL server, as libpq takes it."""
    return postgres.shared_server()


@pytest.fixture(scope="session")
def unmade(server: str) -> Iterator[str]:
    """A database of this process, without tables between two tests."""
    with postgres.new_database(server, unsafe="1") as address:
        yield address


@pytest.fixture(scope="session")
def standing(server: str) -> Iterator[str]:
    """A database of this process, whose tables stay from test to test, for making them takes longer than most tests."""
    with postgres.new_database(server, unsafe="1") as address:
        yield made(address)
