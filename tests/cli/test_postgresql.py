"""The command line on a PostgreSQL server: `--db` is all that is different."""

from pathlib import Path

import pytest

from command_line import PEOPLE, Office


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_case_is_handled_on_a_server(url: str, tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    office = Office(tmp_path, {"JIANDU_DB": url})
    assert office.run("db", "status").code == 3
    assert office.run("db", "init", "--practice").code == 0
    opened = office.run("case", "open", "case-filing", "--unit", "630102", "--as", "k1", "--set", "track=A",
                        "--set", "source=complaint", "--set", "applicant_role=victim")  # fmt: skip
    assert opened.code == 0, opened.said
    case = opened.out.strip()
    assert office.run("case", "do", case, "submit", "--as", "k1").code == 0
    assert office.run("case", "do", case, "notify.draft", "--as", "p1", "--record", "reasons=x").code == 1
    assert office.run("trail", "verify", "--json").json["entries"] == 2
    assert office.run("trail", "replay").code == 0
    again = office.run("db", "init", lang="en")
    assert (again.code, "[database-exists]" in again.err) == (3, True)
