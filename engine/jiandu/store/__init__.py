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
    read_text,
    read_trail,
    read_trails,
    remember,
    replace_deadlines,
    take_number,
)
from jiandu.store.database import Borrowed, Database, Status, shown
from jiandu.store.log import remove_bodies

ROLES = Path(__file__).with_name("roles.sql")
"""The script that gives a PostgreSQL database its roles: who owns the tables, who writes cases, who only reads."""

__all__ = [
    "ROLES",
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
    "remove_bodies",
    "replace_deadlines",
    "shown",
    "take_number",
]
