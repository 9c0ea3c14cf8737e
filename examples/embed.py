"""A system of its own that holds an engine: it opens a case, asks what can be done, and hears why something cannot."""

from datetime import UTC, datetime
from pathlib import Path

from jiandu import Actor, Engine, PeopleFile, RefusedError
from jiandu.clock import FixedClock

people = PeopleFile.load(Path("examples/people.yaml"))
clock = FixedClock(datetime(2026, 3, 2, 1, tzinfo=UTC))  # without it, the machine's own clock
engine = Engine("sqlite://", directory=people, clock=clock)  # in memory; a file is "sqlite:///cases.db"

complaints, handler = Actor("k1"), Actor("p1")
card = {"track": "A", "source": "complaint", "applicant_role": "victim"}

case = engine.open("case-filing", unit="630102", by=complaints, card=card, key="req-1")
same = engine.open("case-filing", unit="630102", by=complaints, card=card, key="req-1")  # sent twice, done once
print(case.state, case.deadlines[0].due, same == case)

for offer in engine.offers(case.id, by=complaints):
    print(offer.act, [reason.code for reason in offer.reasons])

try:
    engine.do(case.id, "notify.draft", by=handler, record={"reasons": "有犯罪事实"})
except RefusedError as refused:
    for reason in refused.reasons:
        print(reason.code, "–", reason.text("en"))

case = engine.do(case.id, "submit", by=complaints)
print(case.state, case.seq, engine.verify(case.id).faults)
