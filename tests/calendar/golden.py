"""Due days that law and practice give: start, length, end by counting, due day, and why."""

DUE_DAYS = """
2026-02-05 | 15 days         | 2026-02-20 | 2026-02-24 | Spring Festival lasts to the 23rd
2026-04-30 | 7 days          | 2026-05-07 | 2026-05-07 | a holiday inside the period changes nothing
2026-05-02 | 7 days          | 2026-05-09 | 2026-05-09 | a make-up Saturday is worked
2026-09-17 | 10 days         | 2026-09-27 | 2026-09-28 | Mid-Autumn
2026-09-22 | 15 days         | 2026-10-07 | 2026-10-08 | National Day
2025-12-31 | 2 months        | 2026-02-28 | 2026-02-28 | no 31 February, and the 28th is a working Saturday
2026-01-31 | 1 month         | 2026-02-28 | 2026-02-28 | no 31 February
2026-03-05 | 2 months        | 2026-05-05 | 2026-05-06 | the tail of Labour Day
2026-04-24 | 15 days         | 2026-05-09 | 2026-05-09 | a make-up Saturday
2026-04-20 | 2 months        | 2026-06-20 | 2026-06-22 | Dragon Boat and its weekend
2026-04-20 | 20 days         | 2026-05-10 | 2026-05-11 | a plain Sunday
2026-09-30 | 10 days         | 2026-10-10 | 2026-10-10 | a make-up Saturday
2026-08-31 | 1 month         | 2026-09-30 | 2026-09-30 | no 31 September
2026-02-10 | 7 days          | 2026-02-17 | 2026-02-24 | weekends alone would say 17 February
2026-02-07 | 7 days          | 2026-02-14 | 2026-02-14 | a make-up Saturday
2026-02-21 | 7 days          | 2026-02-28 | 2026-02-28 | a make-up Saturday
2026-09-13 | 7 days          | 2026-09-20 | 2026-09-20 | a make-up Sunday
2025-12-28 | 7 days          | 2026-01-04 | 2026-01-04 | a make-up Sunday
2025-07-05 | 3 months        | 2025-10-05 | 2025-10-09 | weekends alone would say 6 October
2026-07-01 | 3 months        | 2026-10-01 | 2026-10-08 | National Day
2025-11-30 | 3 months        | 2026-02-28 | 2026-02-28 | no 30 February
2026-02-28 | 1 month         | 2026-03-28 | 2026-03-30 | a Saturday
2024-02-29 | 12 months       | 2025-02-28 | 2025-02-28 | no 29 February in 2025
2026-09-28 | 5 working days  | 2026-10-10 | 2026-10-10 | weekends alone would say 5 October
2026-02-13 | 1 working day   | 2026-02-14 | 2026-02-14 | a make-up Saturday is counted
2025-09-26 | 5 working days  | 2025-10-10 | 2025-10-10 | the make-up Sunday before the holiday is counted
"""

STICKY_DUE_DAYS = """
2026-06-30 | 2 months        | 2026-08-31 | 2026-08-31 | the start is the end of a month
2026-02-28 | 1 month         | 2026-03-31 | 2026-03-31 | the corresponding day would be the 28th
2025-12-31 | 2 months        | 2026-02-28 | 2026-02-28 | the last day of February
2026-06-29 | 2 months        | 2026-08-29 | 2026-08-31 | the start is no end of a month; the 29th is a Saturday
"""


def rows(table: str) -> list[tuple[str, ...]]:
    """The columns of each line but the reason."""
    return [tuple(cell.strip() for cell in line.split("|"))[:4] for line in table.strip().splitlines()]
