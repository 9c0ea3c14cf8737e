"""Conditions read straight from their YAML, written from the page of the guide language alone: imports nothing of ours.

A case is plain data: card and records by name, facts and clocks counted, `due` by deadline, days as `date`.
"""

from calendar import monthrange
from datetime import date, timedelta

FACTS = ("done", "ever", "entered", "signed", "released", "served", "answered")
CLOCKS = ("running", "overdue", "missed")
LEVELS = ["county", "city", "province", "national"]
BOUNDS = {
    "at_least": lambda a, b: a >= b,
    "at_most": lambda a, b: a <= b,
    "more_than": lambda a, b: a > b,
    "less_than": lambda a, b: a < b,
    "includes": lambda a, b: b in a,
}


def holds(condition, case):
    return all(
        entry(key, value, condition, case)
        for key, value in condition.items()
        if key != "to" or "served" not in condition
    )


def entry(key, value, around, case):
    if key in ("all", "any"):
        return (all if key == "all" else any)([holds(part, case) for part in value])
    if key == "not":
        return not holds(value, case)
    if key in FACTS:
        wanted = (
            {name: how["at_least"] for name, how in value.items()}
            if isinstance(value, dict)
            else dict.fromkeys(listed(value), 1)
        )
        to = around.get("to", "") if key == "served" else ""
        return all(case["facts"].get((key, name, to), 0) >= least for name, least in wanted.items())
    if key in CLOCKS:
        return all((key, name) in case["clocks"] for name in listed(value))
    if key == "has":
        return all(case["card"].get(name) not in (None, "", []) for name in listed(value))
    return test(key, value, case)


def test(path, value, case):
    left = looked_up(path, case)
    if left is None:
        return False
    if isinstance(value, list):
        return any(left == operand(one, path, case) for one in value)
    if isinstance(value, dict) and value.keys() & BOUNDS.keys():
        rights = [(name, operand(one, path, case)) for name, one in value.items()]
        return all(right is not None and BOUNDS[name](left, right) for name, right in rights)
    return left == operand(value, path, case)


def operand(value, path, case):
    if isinstance(value, dict):
        found = case["due"].get(value["due"]) if "due" in value else looked_up(value["field"], case)
        if found is None or not value.keys() & {"plus", "minus"}:
            return found
        return moved(found, value.get("plus") or value["minus"], 1 if "plus" in value else -1)
    if value == "today":
        return case["today"]
    if path == "unit.level":
        return LEVELS.index(value)
    if isinstance(value, str) and value[:4].isdigit():
        return date.fromisoformat(value)
    return value


def looked_up(path, case):
    if path in ("today", "act.day"):
        return case["today"]
    if path == "unit.level":
        return LEVELS.index(case["level"])
    found = case["records"].get(path) if "." in path else case["card"].get(path)
    return date.fromisoformat(found) if isinstance(found, str) and found[:4].isdigit() else found


def moved(day, period, direction):
    n, unit = period.split()
    if unit.startswith("day"):
        return day + timedelta(days=direction * int(n))
    months = day.year * 12 + day.month - 1 + direction * int(n)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def listed(value):
    return value if isinstance(value, list) else [value]
