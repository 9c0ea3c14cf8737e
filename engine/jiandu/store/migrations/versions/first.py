"""The first tables.

Until the first release this revision is the tables as they stand, rewritten with them; after it, what stands here stays
as it is and newer revisions lead on.
"""

from alembic import op

from jiandu.store import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table, index and trigger."""
    tables.metadata.create_all(op.get_bind())
