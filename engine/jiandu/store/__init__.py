"""What is remembered: cases, their trail and everything that must change together with them, in one database."""

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
    read_text,
    read_trail,
    read_trails,
    remember,
    replace_deadlines,
    take_number,
)
from jiandu.store.database import Borrowed, Database, Status

__all__ = [
    "Borrowed",
    "CaseRow",
    "Connection",
    "Database",
    "DeadlineRow",
    "KeyRow",
    "Status",
    "advance_case",
    "append",
    "cases_and_heads",
    "find_key",
    "insert_case",
    "list_cases",
    "list_running",
    "lock_heads",
    "put_text",
    "read_case",
    "read_deadlines",
    "read_text",
    "read_trail",
    "read_trails",
    "remember",
    "replace_deadlines",
    "take_number",
]
