"""The tables of a database, as they stand at version `HEAD`; the migrations lead to exactly these.

Days and instants are text, values are the canonical bytes of their JSON. `entries` and `bodies` are the trail; every
other table of a case can be made again from it, except that `deliveries` alone knows what the outside has heard.
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
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.types import TypeEngine

HEAD = "0001"
"""The version this program works with: the newest migration."""

SCHEMA = "jiandu"
"""Where the tables are on PostgreSQL: beside the host's, and never in their way."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


def _text(length: int) -> TypeEngine[str]:
    """Text compared by its bytes, as SQLite does anyway: an index must not change with the server's language."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


meta = Table(
    "meta",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("practice", Boolean, nullable=False),
    Column("instance", _text(36), nullable=False),
    Column("outbox", Boolean, nullable=False),
    CheckConstraint("one = 1", name="one"),
)
"""One row: whether this is a practice database, the id that tells this database from every other, and whether every
entry is told to the outside."""

texts = Table(
    "texts",
    metadata,
    Column("digest", _text(64), primary_key=True),
    Column("kind", _text(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Guides, settings and calendars that entries and cases name, each once, by the SHA-256 of its content."""

cases = Table(
    "cases",
    metadata,
    Column("id", _text(36), primary_key=True),
    Column("unit", _text(64), nullable=False),
    Column("guide", _text(64), nullable=False),
    Column("version", _text(64), nullable=False),
    Column("text", _text(64), ForeignKey("texts.digest"), nullable=False),
    Column("number", _text(128)),
    Column("state", _text(64), nullable=False),
    Column("status", _text(16), nullable=False),
    Column("outcome", _text(64)),
    Column("seq", Integer, nullable=False),
    Column("head", _text(64), nullable=False),
    Column("projection", LargeBinary, nullable=False),
    Column("opened_on", _text(10), nullable=False),
    Index(None, "unit", "status", "id"),
    Index(None, "number"),
)
"""The register: where each case stands, and the seq and hash of its newest entry."""

entries = Table(
    "entries",
    metadata,
    Column("case_id", _text(36), ForeignKey("cases.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("act", _text(36), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("hash", _text(64), nullable=False),
    Column("mac", _text(160)),
    PrimaryKeyConstraint("case_id", "seq"),
)
"""The trail: what each act did, as the exact bytes that were hashed; `mac` is the engine's own mark on them."""

bodies = Table(
    "bodies",
    metadata,
    Column("case_id", _text(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("salt", _text(32), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
    ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"]),
)
"""What entries keep only a salted digest of: free text, attachment names, persons outside the office."""

deadlines = Table(
    "deadlines",
    metadata,
    Column("case_id", _text(36), ForeignKey("cases.id"), nullable=False),
    Column("name", _text(64), nullable=False),
    Column("n", Integer, nullable=False),
    Column("status", _text(16), nullable=False),
    Column("owed_by", _text(64)),
    Column("due", _text(10)),
    Column("raw_end", _text(10)),
    Column("started_on", _text(10), nullable=False),
    Column("provisional", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "name", "n"),
    Index(None, "status", "due"),
)
"""An index of the runs in the projections, for the tick and the ledger; decisions never read it."""

keys = Table(
    "keys",
    metadata,
    Column("actor", _text(64), nullable=False),
    Column("scope", _text(160), nullable=False),
    Column("key", _text(128), nullable=False),
    Column("fingerprint", _text(64), nullable=False),
    Column("case_id", _text(36), nullable=False),
    Column("act", _text(36), nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("actor", "scope", "key"),
    # deferred: a key is taken first in a transaction, the entry it led to is written last
    ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"], deferrable=True, initially="DEFERRED"),
)
"""The keys of accepted acts, so that a repeated request gets its first answer."""

counters = Table(
    "counters",
    metadata,
    Column("unit", _text(64), nullable=False),
    Column("series", _text(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("unit", "series", "year"),
)
"""The number last given out by a unit, in a series, in a year."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", _text(64), nullable=False),
    Column("aggregatetype", _text(16), nullable=False),
    Column("aggregateid", _text(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", _text(64), nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("aggregateid", "seq"),
    ForeignKeyConstraint(["aggregateid", "seq"], ["entries.case_id", "entries.seq"]),
)
"""Events that have not gone out yet, one an entry. The names of the columns are those that Debezium's outbox event
router looks for; `id` is the hash of the entry."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("case_id", _text(36), ForeignKey("cases.id"), primary_key=True),
    Column("sent", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", _text(24), nullable=False),
    Column("holder", _text(36)),
    Column("error", Text),
)
"""How far the events of each case have gone out: up to entry `sent`. A relay that works on a case holds it until
`not_before`; a case whose next event failed `attempts` times waits until then."""

seals = Table(
    "seals",
    metadata,
    Column("case_id", _text(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sealed_by", Integer, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
    ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"]),
    ForeignKeyConstraint(["case_id", "sealed_by"], ["entries.case_id", "entries.seq"]),
)
"""Whose body was taken out of sight, and by which entry of the same case: only such a body can be removed."""

log_pending = Table(
    "log_pending",
    metadata,
    Column("case_id", _text(36), nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)
"""Entries that have no place in the log yet; a trigger puts each here as it is written."""

log_epochs = Table(
    "log_epochs",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("origin", _text(128), nullable=False),
    Column("opening", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
)
"""The logs of this database, of which the last one grows; `opening` is its first leaf and says why it was begun."""

log_leaves = Table(
    "log_leaves",
    metadata,
    Column("epoch", Integer, ForeignKey("log_epochs.n"), nullable=False),
    Column("idx", Integer, nullable=False),
    Column("case_id", _text(36)),
    Column("seq", Integer),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("epoch", "idx"),
    UniqueConstraint("case_id", "seq", "epoch"),
)
"""Which entry is which leaf, and its hash; the leaf that opens an epoch is no entry."""

log_nodes = Table(
    "log_nodes",
    metadata,
    Column("epoch", Integer, ForeignKey("log_epochs.n"), nullable=False),
    Column("level", Integer, nullable=False),
    Column("idx", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("epoch", "level", "idx"),
)
"""The root over each whole 256 hashes of the level below, so that a proof asks for few rows however long the log is."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("epoch", Integer, ForeignKey("log_epochs.n"), nullable=False),
    Column("size", Integer, nullable=False),
    Column("note", LargeBinary, nullable=False),
    PrimaryKeyConstraint("epoch", "size"),
)
"""Copies of what was signed. Evidence are those outside this database."""

APPEND_ONLY = ("texts", "entries", "bodies", "seals", "log_leaves", "log_nodes", "checkpoints")
"""Tables whose rows stay as they were written. This guards against accidents; evidence is the chain."""

_UNSEALED = "WHEN NOT EXISTS (SELECT 1 FROM seals WHERE case_id = OLD.case_id AND seq = OLD.seq) "


def append_only(table: str, dialect: str) -> tuple[str, ...]:
    """The triggers that refuse to change or remove a row; on SQLite, replacing one removes it first. A body may go
    once its entry is sealed."""
    bodies = table == "bodies"
    if dialect == "postgresql":
        refuse = f"EXECUTE FUNCTION {SCHEMA}.append_only()"
        verbs = "UPDATE OR TRUNCATE" if bodies else "UPDATE OR DELETE OR TRUNCATE"
        whole = f"CREATE TRIGGER {table}_append_only BEFORE {verbs} ON {SCHEMA}.{table} FOR EACH STATEMENT {refuse}"
        each = f"CREATE TRIGGER bodies_stay BEFORE DELETE ON {SCHEMA}.bodies FOR EACH ROW {refuse}"
        return (whole, each) if bodies else (whole,)
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"{_UNSEALED if bodies and verb == 'DELETE' else ''}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


_REFUSE = """
CREATE FUNCTION jiandu.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    IF EXISTS (SELECT 1 FROM jiandu.seals WHERE case_id = OLD.case_id AND seq = OLD.seq) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
END $$
"""
_PENDING = {
    "sqlite": """
CREATE TRIGGER entries_pending AFTER INSERT ON entries BEGIN INSERT INTO log_pending VALUES (NEW.case_id, NEW.seq); END
""",
    "postgresql": """
CREATE FUNCTION jiandu.pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jiandu.log_pending VALUES (NEW.case_id, NEW.seq);
  RETURN NULL;
END $$;
CREATE TRIGGER entries_pending AFTER INSERT ON jiandu.entries FOR EACH ROW EXECUTE FUNCTION jiandu.pending()
""",
}
"""What puts an entry among those that wait for their place in the log: no word more on the way to a server."""


@event.listens_for(metadata, "after_create")
def _add_triggers(_: MetaData, connection: Connection, **__: object) -> None:
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.exec_driver_sql(_REFUSE)
    for table in APPEND_ONLY:
        for trigger in append_only(table, dialect):
            connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(_PENDING[dialect])


version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The version of the tables, kept where alembic looks for it."""
