"""When the database is not fit for work, or a trail was altered, that is said, and nothing of where things lie."""

from pathlib import Path
from typing import Any

from sqlalchemy import update

from jiandu.directory import PeopleFile
from jiandu.engine import Engine
from jiandu.source import read
from jiandu.store.tables import cases
from service import PEOPLE, Service, serving, tokens
from stranger import stranger


def test_a_database_that_is_not_there_is_a_503_that_names_no_path(tmp_path: Path) -> None:
    people = PeopleFile.read(read(PEOPLE.encode(), "people.yaml"))
    engine = Engine(f"sqlite:///{tmp_path / 'none.db'}", directory=people)
    with serving(engine, tokens(tmp_path)) as service, service.client("k") as clerk:
        for answer in (clerk.get("/health"), clerk.get("/cases"), clerk.get("/cases/x")):
            assert (answer.status_code, answer.json()["code"]) == (503, "database-missing")
            assert answer.headers["Retry-After"] == "1"
            assert "none.db" not in answer.text


def test_a_case_that_was_altered_behind_our_back_is_not_shown(service: Service, made_url: str) -> None:
    path = service.opened()
    before = projection(made_url, path, b"{}")
    with service.client("k") as clerk:
        altered = clerk.get(path)
        assert (altered.status_code, altered.json()["code"]) == (500, "tampered")
        assert clerk.get("/guides").status_code == 200
        projection(made_url, path, before)
        assert clerk.get(path).status_code == 200


def projection(url: str, path: str, new: bytes) -> Any:
    """Puts another projection into the register, and gives back the one that was there."""
    row = cases.c.id == path.rpartition("/")[2]
    with stranger(url) as connection:
        before = connection.execute(cases.select().where(row)).one().projection
        connection.execute(update(cases).where(row).values(projection=new))
    return before
