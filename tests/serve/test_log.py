"""What is logged names no person, no number and no word that somebody wrote: cases by id, acts by the guide's name."""

import logging

import pytest

from jiandu.case import Actor
from jiandu.errors import RefusedError
from service import PEOPLE, Service

WORDS = ("张三", "某甲", "letters secret words", "req-key-1", "〔2026〕")


def test_no_record_of_the_log_names_a_person_or_holds_free_text(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "jiandu")
    case = service.opened(note="张三举报某甲")
    with service.client("k", **{"Idempotency-Key": "req-key-1"}) as clerk, service.client("o") as officer:
        clerk.post(f"{case}/acts/take")
        officer.post(f"{case}/acts/read", json={"record": {"note": "letters secret words"}})
        officer.post(f"{case}/amend", json={"act": "张三", "card": {"note": "某甲"}, "reason": "张三来信"})
        officer.post(f"{case}/amend", json={"card": {"note": "某甲"}, "reason": "张三来信"})
        officer.post(f"{case}/note", json={"reason": "letters secret words", "more": "某甲"})
        officer.post(f"{case}/acts/张三")
        officer.get("/cases/张三", params={"number": "某县案〔2026〕1号"})
        officer.get("/cases", params={"number": "某县案〔2026〕1号"})
    with pytest.raises(RefusedError):
        service.engine.act("assign", case.rpartition("/")[2], "某甲", by=Actor("张三"), assigns={"lead": ("张三",)})
    said = [record.getMessage() + str(record.args) + str(record.exc_info) for record in caplog.records]
    assert any("do take: case " in line for line in said)
    assert any("refused: " in line for line in said)
    names = [line.split("name: ")[1].split(",")[0] for line in PEOPLE.splitlines() if "name: " in line]
    assert [line for line in said for word in (*WORDS, *names) if word in line] == []
    assert [line for line in said if "Actor" in line or "k'" in line or "'o'" in line] == []


def test_what_nobody_foresaw_is_logged_by_its_place_alone(
    service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("张三")

    monkeypatch.setattr(service.engine, "page", broken)
    caplog.set_level(logging.DEBUG, "jiandu")
    with service.client("k") as clerk:
        answer = clerk.get("/cases")
    assert (answer.status_code, answer.json()["code"]) == (500, "http-unforeseen")
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert line.startswith("unforeseen ZeroDivisionError at ")
    assert "张三" not in answer.text + line
