"""A file of events: one whole line each, on the disk before it counts, whoever else writes and whatever was cut off."""

import json
import os
import resource
import signal
from fcntl import LOCK_EX, flock
from pathlib import Path
from threading import Thread

import pytest

from jiandu.errors import UsageError
from jiandu.relay import SinkError, open_sink
from jiandu.store import EventRow


def event(seq: int, case: str = "c") -> EventRow:
    payload = json.dumps({"data": {"case": case, "seq": seq}, "filled": "x" * 500})
    return EventRow(f"{case}{seq}", "case", case, seq, "jiandu.entry.do", payload)


def test_each_event_is_a_line(tmp_path: Path) -> None:
    for address in (f"file:{tmp_path}/a.jsonl", f"file://{tmp_path}/a.jsonl"):
        sink = open_sink(address)
        sink.send(event(1))
        sink.close()
    (tmp_path / "a.jsonl").rename(tmp_path / "old.jsonl")
    open_sink(f"file:{tmp_path}/a.jsonl").send(event(2))
    assert (tmp_path / "old.jsonl").read_text() == f"{event(1).payload}\n" * 2
    assert (tmp_path / "a.jsonl").read_text() == f"{event(2).payload}\n"


def test_it_is_on_the_disk_before_it_counts_and_so_is_the_name_of_a_new_file(tmp_path: Path, monkeypatch) -> None:
    kept: list[str] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        kept.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    for seq in (1, 2):
        open_sink(f"file:{tmp_path}/a.jsonl").send(event(seq))
    assert kept == ["a.jsonl", tmp_path.name, "a.jsonl"]


def test_a_line_that_was_cut_off_stays_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"data": {"ca')
    open_sink(f"file:{tmp_path}/a.jsonl").send(event(1))
    assert (tmp_path / "a.jsonl").read_text().splitlines() == ['{"data": {"ca', event(1).payload]


def test_a_file_that_cannot_grow_takes_nothing_rather_than_half(tmp_path: Path) -> None:
    sink = open_sink(f"file:{tmp_path}/a.jsonl")
    sink.send(event(1))
    size = (tmp_path / "a.jsonl").stat().st_size
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, limits[1]))
    try:
        with pytest.raises(SinkError, check=lambda error: error.code == "sink-unreachable" and error.text("zh")):
            sink.send(event(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "a.jsonl").stat().st_size == size
    sink.send(event(2))
    assert (tmp_path / "a.jsonl").read_text() == f"{event(1).payload}\n{event(2).payload}\n"


def test_a_folder_that_is_missing_is_one_who_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(SinkError, check=lambda error: error.code == "sink-unreachable"):
        open_sink(f"file:{tmp_path}/none/a.jsonl").send(event(1))


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("a") as other:
        flock(other, LOCK_EX)
        other.write('{"half": ')
        other.flush()
        thread = Thread(target=open_sink(f"file:{tmp_path}/a.jsonl").send, args=(event(1),))
        thread.start()
        thread.join(0.2)
        other.write("1}\n")
    thread.join()
    assert (tmp_path / "a.jsonl").read_text() == f'{{"half": 1}}\n{event(1).payload}\n'


def test_lines_of_several_writers_stay_whole(tmp_path: Path) -> None:
    def write(case: str) -> None:
        sink = open_sink(f"file:{tmp_path}/a.jsonl")
        for seq in range(50):
            sink.send(event(seq, case))

    threads = [Thread(target=write, args=(case,)) for case in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / "a.jsonl").read_text().splitlines()
    assert sorted(lines) == sorted(event(seq, case).payload for case in "abcd" for seq in range(50))


@pytest.mark.parametrize(
    "address",
    ["", "events.jsonl", "file:", "file://host/a", "ftp://x/y", "https://", "http:[", "http://h:x/", "nats:x"],
)
def test_an_address_that_means_nothing_is_refused(address: str) -> None:
    with pytest.raises(UsageError, check=lambda error: error.code == "relay-address" and error.text("zh")):
        open_sink(address, "c2VjcmV0" * 5)
