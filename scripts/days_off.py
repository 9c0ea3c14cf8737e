"""Keeping guides/calendars/cn.yaml: for maintainers, with the packages of the `calendar` dependency group.

python scripts/days_off.py year 2027     the year as YAML, taken from chinesecalendar: fill in the notice by hand
python scripts/days_off.py check         cn.yaml against chinesecalendar and holidays, day by day; fails on a difference
"""
# ruff: noqa: T201  a script prints

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT / "engine")  # in place of this folder, whose calendar.py would hide the standard library's

import chinese_calendar  # noqa: E402
import holidays  # noqa: E402

from jiandu.calendar import Calendar  # noqa: E402

NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


def days(first: date, last: date) -> Iterator[date]:
    """Every day of the span, both ends included."""
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def year_as_yaml(year: int) -> str:
    """The year's breaks and make-up days; a break is a run of days off with one name."""
    lines = [f'  "{year}":', "    notice:", f"      title: 国务院办公厅关于{year}年部分节假日安排的通知", "    off:"]
    for name, first, last in breaks(year):
        lines.append(f"      - {{name: {name}, from: {first}, to: {last}}}")
    made_up = [day for day in of_notice(year) if day.weekday() >= 5 and chinese_calendar.is_workday(day)]
    return "\n".join([*lines, f"    work: [{', '.join(map(str, made_up))}]"])


def breaks(year: int) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of each run of named days off."""
    name, first, last = "", date.min, date.min
    for day in of_notice(year):
        if (found := name_of(day)) and found == name and day - last == timedelta(days=1):
            last = day
        elif found:
            if name:
                yield name, first, last
            name, first, last = found, day, day
    if name:
        yield name, first, last


def name_of(day: date) -> str:
    """The holiday for which a day is off; empty for working days and plain weekends."""
    off, english = chinese_calendar.get_holiday_detail(day)
    if not off or english is None:
        return ""
    chinese: str = chinese_calendar.Holiday(english).chinese
    return NAMES.get(chinese, chinese)


def of_notice(year: int) -> Iterator[date]:
    """The days a notice can speak of: its year without the New Year's break after it, and the last days before it."""
    return days(date(year - 1, 12, 29), date(year, 12, 28))


def differences(calendar: Calendar) -> Iterator[str]:
    """Every day on which the table and a package disagree."""
    official = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    others: dict[str, Callable[[date], bool]] = {
        "chinesecalendar": chinese_calendar.is_workday,
        "holidays": official.is_working_day,
    }
    for day in days(FIRST, LAST):
        for package, is_working in others.items():
            if is_working(day) != calendar.is_working(day):
                yield f"{day}: cn.yaml and {package} disagree"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["year", year]:
            print(year_as_yaml(int(year)))
            return 0
        case ["check"]:
            found = list(differences(Calendar.shipped()))
            print("\n".join(found) or f"{FIRST} to {LAST}: no difference")
            return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
