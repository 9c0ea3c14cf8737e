"""Looking at what was recorded as a whole: is it as it was written, and would it go the same way again?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from jiandu.canonical import encode
from jiandu.case import Case, project
from jiandu.case.acts.migrate import unmapped
from jiandu.case.rehearse import Otherwise, Recorded, rehearse
from jiandu.engine.log import logs
from jiandu.engine.reading import UNREADABLE, Entry, Reader, entry_of, folded, no_case
from jiandu.errors import Reason
from jiandu.guide.model import Guide
from jiandu.store import cases_and_heads, read_case, read_text, read_trail, read_trails
from jiandu.trail import Chain, Fault, Head, Report, Row, verify_trail
from jiandu.trail.log import verify_logs
from jiandu.trail.standalone import Key


class Auditor(Reader):
    """The verifying half of an engine."""

    def verify(
        self,
        case: str | None = None,
        *,
        notes: Iterable[str] = (),
        key: Key | None = None,
        tell: Callable[[int], None] | None = None,
    ) -> Report:
        """Whether the trail, of one case or of all, is as it was written.

        With the engine's keys the marks are checked too; of all cases, with `notes` (checkpoints kept elsewhere) and
        the `key` that signed them, the log. `tell` hears how many cases were seen. Raises RefusedError `unknown-case`.
        """
        with self.database.reading() as connection:
            chains = read_trails(connection) if case is None else iter([self._chain(connection, case)])
            report = verify_trail(_counted(chains, tell), macs=self.macs)
            if case is None and key is not None:
                found = verify_logs(list(logs(connection)), notes, key)
                uncovered = ("trail-uncovered", {"entries": max(report.entries - found.covered, 0)})
                report = report.also(3, found.faults, [*found.notes, uncovered])
        if case is not None and not report.entries and report.faults and report.faults[0].code == "case-missing":
            raise no_case(case)
        return report

    def entries(self, case: str | None = None) -> Iterator[Entry]:
        """The trail of one case, or of all, one entry at a time: for exports. Raises TamperedError."""
        with self.database.reading() as connection:
            trails = read_trails(connection) if case is None else iter([self._chain(connection, case)])
            yield from (entry_of(row) for chain in trails for row in chain.rows)

    def kept(self, case: str) -> tuple[list[Row], dict[str, bytes]]:
        """The rows of a case as they are kept, and the texts that they name, by digest: for a bundle."""
        with self.database.reading() as connection:
            rows = list(read_trail(connection, case))
            named = {entry_of(row).content[text] for row in rows for text in ("guide", "calendar")}
            texts = {name: read_text(connection, name) for name in sorted(named)}
        return rows, {name: content for name, content in texts.items() if content is not None}

    def replay(self, case: str | None = None) -> Iterator[Fault]:
        """Makes every case (or one) anew from its entries and compares: a Fault for each that is not what they say."""
        with self.database.reading() as connection:
            ids = [row for row, _ in cases_and_heads(connection)] if case is None else [case]
            for name in ids:
                row = read_case(connection, name)
                if row is None:
                    raise no_case(name)
                try:
                    anew = folded(read_trail(connection, name), row.seq)
                except UNREADABLE:
                    anew = None
                if anew is None or encode(project(anew)) != row.projection:
                    yield Fault("case-differs", name, row.seq)

    def rehearse(self, guide: Guide) -> Iterator[tuple[Case, Otherwise]]:
        """The recorded cases of a guide that would have gone otherwise under another text of it, and where."""
        with self.database.reading() as connection:
            for name, _ in cases_and_heads(connection):
                case = self._read(name)
                if case.guide != guide.id:
                    continue
                trail = [Recorded(e.content, e.body) for e in map(entry_of, read_trail(connection, name))]
                parents = tuple(kin for kin in self._kin(case) if kin.relation == "parent")
                world = replace(self.office.world(case.unit), kin=parents)
                if found := rehearse(guide, trail, self.calendar, world):
                    yield case, found

    def migratable(self, guide: str) -> Iterator[tuple[Case, tuple[Reason, ...]]]:
        """The open cases of a guide that are pinned to another text than the library's, and why one cannot be moved."""
        newest = self.guide(guide)
        with self.database.reading() as connection:
            names = [name for name, _ in cases_and_heads(connection)]
        for case in map(self._read, names):
            if case.guide == guide and case.text != newest.digest and case.status != "finished":
                yield case, unmapped(newest, case)

    def _chain(self, connection: Any, case_id: str) -> Chain:
        row = read_case(connection, case_id)
        head: Head | None = (row.seq, row.head) if row else None
        return Chain(case_id, head, read_trail(connection, case_id))


def _counted(chains: Iterable[Chain], tell: Callable[[int], None] | None) -> Iterator[Chain]:
    for count, chain in enumerate(chains, 1):
        if tell is not None and count % 100 == 0:
            tell(count)
        yield chain
