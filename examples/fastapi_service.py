"""A web service of the host's own. A letter is a row of the host's and a case of ours: kept together, or not at all.

LETTERS_DB=sqlite:///letters.db uvicorn --factory --app-dir examples fastapi_service:service
"""

import os
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, event, insert, select

import jiandu
from jiandu import Actor, PeopleFile, RefusedError
from jiandu.store import Database

metadata = MetaData()
letters = Table(
    "letters", metadata, Column("id", Integer, primary_key=True), Column("sender", String), Column("case_id", String)
)
SETTINGS = ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL")


class Letter(BaseModel):
    """What the host is told of a letter."""

    sender: str
    track: str = "A"
    applicant_role: str = "victim"


def host_engine(url: str) -> Engine:
    """The host's own connections. On SQLite they are set as jiandu asks, and a transaction may write from its start."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda driver, _: [driver.execute(f"PRAGMA {one}") for one in SETTINGS])
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def service(url: str = os.environ.get("LETTERS_DB", "sqlite:///letters.db")) -> FastAPI:
    """The service over one database, which holds the tables of both."""
    database, host, app = Database.connect(url), host_engine(url), FastAPI()
    if not database.status().exists:
        database.init(practice=True)
    metadata.create_all(host)
    people = PeopleFile.load(Path(__file__).with_name("people.yaml"))
    engine = jiandu.Engine(database, directory=people)

    @app.exception_handler(RefusedError)
    def refused(_: Request, error: Exception) -> JSONResponse:
        reasons = error.reasons if isinstance(error, RefusedError) else ()
        return JSONResponse({"refused": [{"code": one.code, "why": one.text("zh")} for one in reasons]}, 409)

    @app.post("/letters", status_code=201)
    def receive(letter: Letter, user: Annotated[str, Header()]) -> dict[str, Any]:
        """`user` stands for whatever your login says; jiandu believes its host."""
        card = {"source": "complaint", "track": letter.track, "applicant_role": letter.applicant_role}
        with host.begin() as connection:  # a refusal ends it with nothing written, neither theirs nor ours
            row = connection.execute(insert(letters).values(sender=letter.sender)).inserted_primary_key
            number = row[0] if row else None
            case = engine.using(connection).open("case-filing", unit="630102", by=Actor(user), card=card)
            connection.execute(letters.update().where(letters.c.id == number).values(case_id=case.id))
        return {"letter": number, "case": case.id, "state": case.state}

    @app.get("/letters")
    def received(user: Annotated[str, Header()]) -> list[dict[str, Any]]:
        with host.connect() as connection:
            rows = connection.execute(select(letters).order_by(letters.c.id)).all()
        return [{"letter": row.id, "state": engine.case(row.case_id, by=Actor(user)).state} for row in rows]

    return app
