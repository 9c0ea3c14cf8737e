"""What the service does is what the engine does; the trail says who, and how that is known."""

from datetime import timedelta

import pytest

from service import ISSUER, Service


def test_a_case_is_opened_read_and_led_to_its_end(service: Service) -> None:
    case = service.opened(note="信件")
    with service.client("k") as clerk, service.client("o") as officer:
        assert clerk.get(case).json()["state"] == "a"
        done = clerk.post(f"{case}/acts/take")
        assert (done.status_code, done.headers["ETag"], done.json()["seq"]) == (200, '"2"', 2)
        assert officer.post(f"{case}/acts/read", json={"record": {"note": "已阅"}}).status_code == 200
        assert clerk.post(f"{case}/acts/go").json()["state"] == "b"
        ended = clerk.post(f"{case}/acts/shelve", json={"day": "2026-03-02"}).json()
        assert (ended["status"], ended["outcome"], ended["number"]) == (
            "finished",
            "finished_well",
            "某县案〔2026〕1号",
        )


def test_the_trail_says_who_acted_and_who_vouches_for_that(service: Service) -> None:
    case = service.opened()
    with service.client("k") as clerk:
        (entry,) = clerk.get(f"{case}/history").json()["entries"]
    assert entry["entry"]["by"] == {"id": "k", "roles": ["clerk"], "unit": "u1", "auth": f"jwt:{ISSUER}", "of": None}
    assert len(entry["hash"]) == 64
    assert "body" in entry


@pytest.mark.parametrize(
    ("verb", "person", "asked"),
    [
        ("amend", "o", {"card": {"kind": "y"}, "reason": "更正"}),
        ("assign", "b", {"assigns": {"lead": ["o"]}}),
        ("extend", "b", {"deadline": "reading"}),
        ("suspend", "b", {"ground": "ill", "reason": "病"}),
        ("note", "k", {"reason": "来电"}),
        ("rescind", "b", {"reason": "误"}),
    ],
)
def test_every_general_act_can_be_done(service: Service, verb: str, person: str, asked: dict[str, object]) -> None:
    case = service.opened()
    with service.client("k") as clerk, service.client(person) as one:
        clerk.post(f"{case}/acts/once")
        done = one.post(f"{case}/{verb}", json=asked)
        assert done.status_code == 200, done.text
        kind = clerk.get(f"{case}/history").json()["entries"][-1]["entry"]["kind"]
        assert kind == verb


def test_a_suspended_case_is_resumed_and_another_linked_to_it(service: Service) -> None:
    case, other = service.opened(), service.opened()
    with service.client("b") as boss, service.client("o") as officer:
        assert boss.post(f"{case}/suspend", json={"ground": "ill", "reason": "病"}).json()["suspended"] == "2026-03-02"
        assert boss.post(f"{case}/resume").json()["suspended"] is None
        linked = officer.post(f"{case}/link", json={"relation": "near", "other": other.rpartition("/")[2]}).json()
        assert [one["state"] for one in linked["related"]] == ["a"]


def test_a_refusal_names_every_reason_in_the_language_asked_for(service: Service) -> None:
    case = service.opened()
    with service.client("k") as clerk:
        refused = clerk.post(f"{case}/acts/go", headers={"Accept-Language": "zh-CN, en;q=0.5"})
        said = refused.json()
        assert (refused.status_code, said["status"], said["code"]) == (409, 409, "refused")
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.headers["Content-Language"] == "zh"
        assert [reason["code"] for reason in said["reasons"]] == ["step-missing"]
        assert said["reasons"][0]["place"].startswith("letters.yaml:")
        assert "登记" in said["detail"]
        assert "登记" in clerk.post(f"{case}/acts/go").json()["detail"]


def test_offers_say_what_is_possible_and_why_the_rest_is_not(service: Service) -> None:
    case = service.opened()
    with service.client("k") as clerk:
        offers = {one["act"]: one for one in clerk.get(f"{case}/offers?day=2026-03-02").json()["offers"]}
    assert offers["take"]["allowed"]
    assert [reason["code"] for reason in offers["read"]["reasons"]] == ["role-required"]
    assert offers["read"]["reasons"][0]["place"].startswith("letters.yaml:")


def test_who_may_not_read_hears_so_and_sees_nothing(service: Service) -> None:
    case = service.opened()
    with service.client("n") as stranger:
        for answer in (stranger.get(case), stranger.get(f"{case}/history"), stranger.post(f"{case}/acts/take")):
            assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (403, "outside-unit")
        assert stranger.get("/cases").json() == {"cases": [], "next": None}


def test_pages_lead_through_every_case_one_may_read(service: Service) -> None:
    made = [opened_later(service) for _ in range(5)]
    found, after, pages = [], {}, 0
    with service.client("k") as clerk:
        while pages < 9:
            page = clerk.get("/cases", params={"limit": "2", "unit": "u1", **after}).json()
            found += [case["id"] for case in page["cases"]]
            pages += 1
            if page["next"] is None:
                break
            after = {"after": page["next"]}
    assert (found, pages) == (made, 3)


def opened_later(service: Service) -> str:
    """The id of a new case, and time goes on: ids of one instant are in no order."""
    case = service.opened().rpartition("/")[2]
    service.engine.clock.instant += timedelta(seconds=1)
    return case


def test_a_page_that_holds_nothing_for_this_person_still_leads_on(service: Service) -> None:
    opened_later(service)
    opened_later(service)
    with service.client("n") as stranger:
        stranger.post("/cases", json={"guide": "letters", "unit": "u2"})
        page = stranger.get("/cases?limit=2").json()
        assert page["cases"] == []
        assert len(stranger.get("/cases", params={"limit": "2", "after": page["next"]}).json()["cases"]) == 1


def test_the_same_key_is_done_once_and_gives_its_first_answer(service: Service) -> None:
    case, key = service.opened(), {"Idempotency-Key": "req-1"}
    with service.client("k", **key) as clerk:
        first = clerk.post(f"{case}/acts/once")
        clerk.post(f"{case}/acts/take", headers={"Idempotency-Key": "req-2"})
        assert clerk.post(f"{case}/acts/once").json() == first.json()
        other = clerk.post(f"{case}/acts/once", json={"day": "2026-03-01"})
        assert (other.status_code, other.json()["reasons"][0]["code"]) == (422, "key-reused")
        opened = [clerk.post("/cases", json={"guide": "letters", "unit": "u1"}).headers["Location"] for _ in range(2)]
        assert opened[0] == opened[1]


def test_an_act_on_a_case_that_has_moved_on_is_not_done(service: Service) -> None:
    case = service.opened()
    with service.client("k") as clerk:
        seen = clerk.get(case).headers["ETag"]
        assert clerk.post(f"{case}/acts/once", headers={"If-Match": seen}).status_code == 200
        late = clerk.post(f"{case}/acts/take", headers={"If-Match": seen})
        assert (late.status_code, late.json()["code"]) == (412, "http-moved-on")
        assert clerk.post(f"{case}/acts/take", headers={"If-Match": "*"}).json()["errors"][0]["keyword"] == "pattern"


def test_an_act_is_answered_even_if_it_hides_the_case_from_who_did_it(service: Service) -> None:
    case = service.opened("secret")
    with service.client("o") as officer:
        done = officer.post(f"{case}/amend", json={"card": {"kind": "y"}, "reason": "涉密"})
        assert (done.status_code, done.json()["seq"]) == (200, 2)
        assert officer.get(case).json()["reasons"][0]["code"] == "restricted"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/cases/nobody", 404, "refused"),
        ("/guides/leters", 404, "refused"),
        ("/guides/letters/acts/tke", 409, "refused"),
        ("/nowhere", 404, "http-not-found"),
        ("/cases/a%2Fb", 404, "http-not-found"),
        ("/cases?limit=0", 400, "request-unfit"),
        ("/cases?limit=1&limit=2", 400, "request-unfit"),
        ("/cases?limt=1", 400, "request-unfit"),
        ("/cases?status=shut", 400, "request-unfit"),
        ("/cases?number=%00", 400, "request-unfit"),
        ("/guides/..%2Fcase-filing", 400, "request-unfit"),
    ],
)
def test_what_is_not_there_or_not_asked_rightly_is_said(service: Service, path: str, status: int, code: str) -> None:
    with service.client("k") as clerk:
        answer = clerk.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_method_that_is_not_taken_says_which_are(service: Service) -> None:
    with service.client("k") as clerk:
        answer = clerk.delete("/cases")
    assert (answer.status_code, answer.json()["code"]) == (405, "http-not-allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_guides_are_told_in_the_language_asked_for(service: Service) -> None:
    with service.client("k") as clerk:
        assert {"letters", "secret"} <= {guide["id"] for guide in clerk.get("/guides").json()["guides"]}
        guide = clerk.get("/guides/letters").json()
        assert {"id": "take", "title": "登记", "states": ["a"], "by": ["clerk"], "to": None} in guide["acts"]
        assert "migrate" not in guide["powers"]
        assert clerk.get("/guides/letters/card").json()["properties"]["kind"]["oneOf"][0] == {
            "const": "x",
            "title": "甲",
        }
        record = clerk.get("/guides/letters/acts/read")
        assert record.headers["Content-Type"] == "application/schema+json"
        assert record.json()["properties"]["note"]["maxLength"] == 20_000


def test_health_needs_no_token_and_everything_else_does(service: Service) -> None:
    with service.client() as nobody:
        assert nobody.get("/health").json()["status"] == "ok"
        assert nobody.get("/openapi.json").json()["openapi"] == "3.1.0"
        assert nobody.get("/guides").status_code == 401
