"""Matters that run elsewhere already are brought in, hundreds in a transaction; what is refused is listed at the end.

    python examples/import_matters.py --make 10000 matters.csv       made-up ones, to try it with
    python examples/import_matters.py matters.csv sqlite:///cases.db

Run it again after a crash or a correction: a matter that is in already is not brought in twice.
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from jiandu import Actor, Engine, PeopleFile, RefusedError

PEOPLE = Path(__file__).with_name("people.yaml")
BY = Actor("m1")
TOGETHER = 200
COLUMNS = ("number", "state", "opened_on", "handler", "track", "source", "applicant_role", "supervised_organ")


def bring_in(engine: Engine, rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Adopts every matter; answers with the numbers of those that were refused, and why."""
    refused = []
    with click.progressbar(length=len(rows), label="matters", file=sys.stderr) as bar:
        for start in range(0, len(rows), TOGETHER):
            several = rows[start : start + TOGETHER]
            with engine.batch() as together:
                for row in several:
                    try:
                        adopt(together, row)
                    except RefusedError as error:
                        refused.append((row["number"], error.text("zh")))
            bar.update(len(several))
    return refused


def adopt(engine: Engine, row: dict[str, str]) -> None:
    """One matter as it stands. Its old number is the key: the same matter is done once."""
    card = {name: row[name] for name in ("track", "source", "applicant_role", "supervised_organ") if row[name]}
    standing = {"state": row["state"], "source": "旧台账", "opened_on": row["opened_on"], "number": row["number"]}
    holders = {"handler": (row["handler"],)} if row["handler"] else {}
    engine.adopt("case-filing", unit="630102", by=BY, card=card, holders=holders, standing=standing, key=row["number"])


def make(count: int, file: Path) -> None:
    """Writes made-up matters; one in a hundred stands in a state that there is not."""
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(COLUMNS)
        for n in range(1, count + 1):
            state = "nowhere" if n % 100 == 0 else "acceptance"
            day = date(2026, 1, 5) + timedelta(days=n % 50)
            writer.writerow((f"旧〔2026〕{n}号", state, day, "p1", "A", "complaint", "victim", f"第{n % 30}派出所"))


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--make"]:
        make(int(arguments[1]), Path(arguments[2]))
        return 0
    file, url = arguments
    with Path(file).open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    refused = bring_in(Engine(url, directory=PeopleFile.load(PEOPLE)), rows)
    for number, why in refused:
        print(f"{number}\t{why}")
    print(f"{len(rows) - len(refused)} of {len(rows)} are in.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
