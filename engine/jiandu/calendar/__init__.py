"""Legal days: periods, the official calendar, and when time limits end. Pure reckoning on `datetime.date`."""

from jiandu.calendar.period import MonthRule, Period, due_hours
from jiandu.calendar.reckoning import Due, Roll
from jiandu.calendar.table import WEEKEND, Calendar
from jiandu.calendar.trace import TraceStep, trace_step
from jiandu.catalogue import day_words

__all__ = [
    "WEEKEND",
    "Calendar",
    "Due",
    "MonthRule",
    "Period",
    "Roll",
    "TraceStep",
    "day_words",
    "due_hours",
    "trace_step",
]
