"""What is remembered: cases, their trail and everything that must change together with them, in one database."""

from pathlib import Path

from sqlalchemy import Connection

from jiandu.store.cases import (
    CaseRow,
    DeadlineRow,
    KeyRow,
    advance_case,
    append,
    cases_and_heads,
    find_key,
    insert_case,
    list_cases,
    list_running,
    lock_heads,
    put_text,
    read_case,
    read_deadlines,
    read_entry,
    read_text,
    read_trail,
    read_trails,
    remember,
    replace_deadlines,
    take_number,
)
from jiandu.store.database import Borrowed, Database, Status, shown
from jiandu.store.log import remove_bodies
from jiandu.store.outbox import (
    DeliveryRow,
    EventRow,
    any_event,
    claim,
    count_events,
    list_stuck,
    put_event,
    read_events,
    settle,
)

ROLES = Path(__file__).with_name("roles.sql")
"""The script that gives a PostgreSQL database its roles: who owns the tables, who writes cases, who only reads."""

__all__ = [
    "ROLES",
    "Borrowed",
    "CaseRow",
    "Connection",
    "Database",
    "DeadlineRow",
    "DeliveryRow",
    "EventRow",
    "KeyRow",
    "Status",
    "advance_case",
    "any_event",
    "append",
    "cases_and_heads",
    "claim",
    "count_events",
    "find_key",
    "insert_case",
    "list_cases",
    "list_running",
    "list_stuck",
    "lock_heads",
    "put_event",
    "put_text",
    "read_case",
    "read_deadlines",
    "read_entry",
    "read_events",
    "read_text",
    "read_trail",
    "read_trails",
    "remember",
    "remove_bodies",
    "replace_deadlines",
    "settle",
    "shown",
    "take_number",
]
