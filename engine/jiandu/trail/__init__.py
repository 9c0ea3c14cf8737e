"""The trail of a case: sealed entries, each bound to the one before it, and the check that none was touched."""

from jiandu.trail.entry import Sealed, body_digest, leaf_hash, opened, seal
from jiandu.trail.mac import Keyring
from jiandu.trail.verify import Chain, Fault, Head, Report, Row, verify_chain, verify_trail

__all__ = [
    "Chain",
    "Fault",
    "Head",
    "Keyring",
    "Report",
    "Row",
    "Sealed",
    "body_digest",
    "leaf_hash",
    "opened",
    "seal",
    "verify_chain",
    "verify_trail",
]
