"""The court bundle: one archive with the trail of a case, its proofs, a page to read, and what checks it all.

Every member stands in a list that the key of the log signs, so that the page is covered too. Without a key there is
no proof and no signature: the bundle is then worth level 1, and its check says so.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jiandu.canonical import digest, encode
from jiandu.trail import Row, opened, standalone
from jiandu.trail.note import Signer, signed_note
from jiandu.trail.standalone import Proof

MOMENT = (1980, 1, 1, 0, 0, 0)
"""What stands as the time of every member: the same trail makes the same bundle, byte for byte."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into the archive: the rows of a case, the texts that they name, their proofs, and the page."""

    rows: Sequence[Row]
    texts: Mapping[str, bytes]
    page: str
    proofs: Sequence[Proof] = ()
    signer: Signer | None = field(default=None, repr=False)

    def write(self, path: Path) -> None:
        """Writes the archive. Raises OSError."""
        members = dict(self._members())
        listed = "".join(f"{digest(content)}  {name}\n" for name, content in sorted(members.items()))
        text = f"jiandu bundle 1\n{listed}"
        members["manifest.txt"] = (signed_note(text, self.signer) if self.signer else text).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(members.items()):
                archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)

    def _members(self) -> Iterator[tuple[str, bytes]]:
        yield "index.html", self.page.encode()
        yield "entries.jsonl", _lines(row.entry for row in self.rows)
        yield "bodies.jsonl", _lines(_body(row) for row in self.rows if row.body is not None)
        yield "verify.py", Path(standalone.__file__).read_bytes()
        yield from ((f"texts/{name}", content) for name, content in self.texts.items())
        yield from ((f"proofs/{seq}.tlog-proof", str(proof).encode()) for seq, proof in enumerate(self.proofs, 1))
        if self.signer is not None:
            yield "key.txt", f"{self.signer.key}\n".encode()
        if self.proofs:
            yield "checkpoint.txt", self.proofs[-1].note.encode()


def _lines(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _body(row: Row) -> bytes:
    return encode({"seq": row.seq, "salt": row.salt, "body": opened(row.body)})
