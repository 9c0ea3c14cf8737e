"""Why the outbox is not read by number: such a reader loses what is committed late; ours does not."""

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url

from guides_for_tests.office import CLERK, Office
from jiandu.relay import Relay
from relay.receiver import Receiver
from stranger import stranger

NUMBERED = "CREATE TABLE numbered (id bigserial PRIMARY KEY, case_id text NOT NULL)"


class NaiveReader:
    """Asks again and again for everything after the last number that it has seen."""

    def __init__(self, url: str) -> None:
        self.url, self.last, self.found = url, 0, []

    def read(self) -> None:
        with stranger(self.url) as connection:
            rows = connection.exec_driver_sql(f"SELECT id, case_id FROM numbered WHERE id > {self.last} ORDER BY id")
            for number, case in rows.all():
                self.last = number
                self.found.append(case)


@pytest.mark.parametrize("made_url", ["postgresql"], indirect=True)
def test_a_reader_by_number_loses_what_is_committed_late_and_the_relay_does_not(office: Office, made_url: str) -> None:
    slow, fast = office.open().id, office.open().id
    receiver, naive = Receiver(), NaiveReader(made_url)
    relay = Relay(office.engine.database, receiver, clock=office.clock)
    relay.turn()
    host = create_engine(make_url(made_url).difference_update_query(["unsafe"]), poolclass=NullPool)
    with stranger(made_url) as connection:
        connection.exec_driver_sql(NUMBERED)

    def act(connection: Connection, case: str) -> None:
        connection.exec_driver_sql("SET LOCAL search_path TO jiandu")
        connection.exec_driver_sql(f"INSERT INTO numbered (case_id) VALUES ('{case}')")
        office.engine.using(connection).do(case, "once", by=CLERK)

    try:
        with host.connect() as first, host.connect() as second:
            act(first, slow)  # takes number 1
            act(second, fast)  # takes number 2
            second.commit()
            naive.read()
            relay.turn()
            first.commit()
        for _ in range(3):
            naive.read()
            relay.turn()
    finally:
        with stranger(made_url) as connection:
            connection.exec_driver_sql("DROP TABLE numbered")
    assert naive.found == [fast], "the event of the slow one is lost for ever"
    assert [(event.aggregateid, event.seq) for event in receiver.events[2:]] == [(fast, 2), (slow, 2)]
