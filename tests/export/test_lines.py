"""The trail line by line: nothing is lost in JSON Lines, and nothing runs in a spreadsheet."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.engine import Entry
from jiandu.export.lines import COLUMNS, harmless, write_csv, write_lines
from jiandu.trail import leaf_hash
from jiandu.trail.standalone import canonical


def test_json_lines_hold_every_entry_whole(entries: list[Entry]) -> None:
    file = io.StringIO()
    assert write_lines(entries, file) == len(entries)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [leaf_hash(canonical(line["entry"])) for line in lines] == [entry.hash for entry in entries]
    assert [line["body"] for line in lines] == [entry.body for entry in entries]


def test_a_table_holds_every_entry_and_no_body(entries: list[Entry]) -> None:
    file = io.StringIO()
    assert write_csv(entries, file) == len(entries)
    head, *rows = csv.reader(io.StringIO(file.getvalue()))
    assert tuple(head) == COLUMNS
    assert [row[-1] for row in rows] == [entry.hash for entry in entries]
    assert "1+1" not in file.getvalue()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "|cmd", "%x"])
def test_a_cell_that_a_spreadsheet_would_run_is_shown(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert not harmless(cell).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert harmless(cell).endswith(cell)


def test_a_hostile_id_in_the_trail_is_shown_and_not_run(entries: list[Entry]) -> None:
    by = {**entries[0].content["by"], "id": "=HYPERLINK(1)"}
    file = io.StringIO()
    write_csv([Entry({**entries[0].content, "by": by}, None, "x")], file)
    assert '"\'=HYPERLINK(1)"' in file.getvalue()
