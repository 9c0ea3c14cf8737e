"""Reckons a due day again from the trace as JSON: knows neither calendar nor jiandu."""

from datetime import date, timedelta

DAY = timedelta(days=1)


def replay(trace: list[dict[str, str]], *, sticky: bool) -> tuple[date, date]:
    """The raw end and the due day. Fails where the trace contradicts itself."""
    day = raw_end = date.min
    block: list[str] = []
    skipped = shift = 0
    for step in trace:
        match step["code"]:
            case "trace-start":
                day = date.fromisoformat(step["day"])
            case "trace-length" | "trace-extension":
                block.append(step["length"])
            case "trace-skipped-day":
                skipped += 1
            case "trace-pause":
                shift += int(step["length"].split(" ")[0])
            case "trace-ends-on":
                day = raw_end = moved(day, block, sticky) + DAY * (skipped + shift)
                block, skipped, shift = [], 0, 0
                assert step["day"] == str(day)
            case "trace-roll-day":
                assert step["day"] == str(day)
                day += DAY
            case "trace-due":
                assert step["day"] == str(day)
    return raw_end, day


def moved(day: date, block: list[str], sticky: bool) -> date:
    """The day moved by the total of a block of periods, which are all of one unit."""
    if not block:
        return day
    total = sum(int(length.split(" ", 1)[0]) for length in block)
    if "month" not in block[0]:
        return day + DAY * total
    first = date(day.year + (day.month - 1 + total) // 12, (day.month - 1 + total) % 12 + 1, 1)
    last = (first + DAY * 31).replace(day=1) - DAY
    ends_month = (day + DAY).month != day.month
    return last if sticky and ends_month else min(last, first + DAY * (day.day - 1))
