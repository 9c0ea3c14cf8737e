"""The tables of a database, as they stand at version `HEAD`; the migrations lead to exactly these.

Days and instants are text, values are the canonical bytes of their JSON. `entries` and `bodies` are the trail; every
other table of a case can be made again from it.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    event,
)

HEAD = "0001"
"""The version this program works with: the newest migration."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

meta = Table(
    "meta",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("practice", Boolean, nullable=False),
    Column("instance", String(36), nullable=False),
    CheckConstraint("one = 1", name="one"),
)
"""One row: whether this is a practice database, and the id that tells this database from every other."""

texts = Table(
    "texts",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Guides, settings and calendars that entries and cases name, each once, by the SHA-256 of its content."""

cases = Table(
    "cases",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("unit", String(64), nullable=False),
    Column("guide", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("text", String(64), ForeignKey("texts.digest"), nullable=False),
    Column("number", String(128)),
    Column("state", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("outcome", String(64)),
    Column("seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("projection", LargeBinary, nullable=False),
    Column("opened_on", String(10), nullable=False),
    Index(None, "unit", "status", "id"),
    Index(None, "number"),
)
"""The register: where each case stands, and the seq and hash of its newest entry."""

entries = Table(
    "entries",
    metadata,
    Column("case_id", String(36), ForeignKey("cases.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("act", String(36), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)
"""The trail: what each act did, as the exact bytes that were hashed."""

bodies = Table(
    "bodies",
    metadata,
    Column("case_id", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("salt", String(32), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
    ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"]),
)
"""What entries keep only a salted digest of: free text, attachment names, persons outside the office."""

deadlines = Table(
    "deadlines",
    metadata,
    Column("case_id", String(36), ForeignKey("cases.id"), nullable=False),
    Column("name", String(64), nullable=False),
    Column("n", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("owed_by", String(64)),
    Column("due", String(10)),
    Column("raw_end", String(10)),
    Column("started_on", String(10), nullable=False),
    Column("provisional", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "name", "n"),
    Index(None, "status", "due"),
)
"""An index of the runs in the projections, for the tick and the ledger; decisions never read it."""

keys = Table(
    "keys",
    metadata,
    Column("actor", String(64), nullable=False),
    Column("scope", String(160), nullable=False),
    Column("key", String(128), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("act", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("actor", "scope", "key"),
    # deferred: a key is taken first in a transaction, the entry it led to is written last
    ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"], deferrable=True, initially="DEFERRED"),
)
"""The keys of accepted acts, so that a repeated request gets its first answer."""

counters = Table(
    "counters",
    metadata,
    Column("unit", String(64), nullable=False),
    Column("series", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("unit", "series", "year"),
)
"""The number last given out by a unit, in a series, in a year."""

APPEND_ONLY = ("texts", "entries", "bodies")
"""Tables whose rows stay as they were written. This guards against accidents; evidence is the chain."""


def append_only(table: str) -> tuple[str, ...]:
    """The SQLite triggers that refuse to change or remove a row; replacing one removes it first."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


@event.listens_for(metadata, "after_create")
def _add_triggers(_: MetaData, connection: Connection, **__: object) -> None:
    for table in APPEND_ONLY:
        for trigger in append_only(table):
            connection.exec_driver_sql(trigger)


version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The version of the tables, kept where alembic looks for it."""
