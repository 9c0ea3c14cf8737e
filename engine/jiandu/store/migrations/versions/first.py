"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table, index and trigger."""
    _register()
    _trail()
    _indexes_of_cases()
    for table in ("texts", "entries", "bodies"):
        _append_only(table)


def _register() -> None:
    op.create_table(
        "meta",
        sa.Column("one", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("practice", sa.Boolean, nullable=False),
        sa.Column("instance", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_meta"),
        sa.CheckConstraint("one = 1", name="ck_meta_one"),
    )
    op.create_table(
        "texts",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_texts"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("guide", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("text", sa.String(64), nullable=False),
        sa.Column("number", sa.String(128)),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(64)),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("projection", sa.LargeBinary, nullable=False),
        sa.Column("opened_on", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["text"], ["texts.digest"], name="fk_cases_text"),
    )
    op.create_index("ix_cases_unit_status_id", "cases", ["unit", "status", "id"])
    op.create_index("ix_cases_number", "cases", ["number"])
    op.create_table(
        "counters",
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit", "series", "year", name="pk_counters"),
    )


def _trail() -> None:
    op.create_table(
        "entries",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("act", sa.String(36), nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_entries"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_entries_case_id"),
    )
    op.create_table(
        "bodies",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_bodies"),
        sa.ForeignKeyConstraint(["case_id", "seq"], ["entries.case_id", "entries.seq"], name="fk_bodies_case_id_seq"),
    )


def _indexes_of_cases() -> None:
    op.create_table(
        "deadlines",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("owed_by", sa.String(64)),
        sa.Column("due", sa.String(10)),
        sa.Column("raw_end", sa.String(10)),
        sa.Column("started_on", sa.String(10), nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "name", "n", name="pk_deadlines"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_deadlines_case_id"),
    )
    op.create_index("ix_deadlines_status_due", "deadlines", ["status", "due"])
    op.create_table(
        "keys",
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(160), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("act", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("actor", "scope", "key", name="pk_keys"),
        sa.ForeignKeyConstraint(
            ["case_id", "seq"],
            ["entries.case_id", "entries.seq"],
            name="fk_keys_case_id_seq",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
