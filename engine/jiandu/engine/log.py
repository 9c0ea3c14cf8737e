"""Growing and signing the log over all entries, away from those who write: sequence, integrate, publish.

Any number may do it at once: one waits for the other, and whoever comes second finds the work done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jiandu.clock import Clock, SystemClock, rfc3339
from jiandu.engine.places import Place
from jiandu.errors import LogError, Reason, RefusedError, UsageError
from jiandu.store import Borrowed, Connection, Database
from jiandu.store import log as store
from jiandu.trail import Fault, Keyring
from jiandu.trail.log import Log, admitted, checkpoints_of, opening
from jiandu.trail.note import Signer, signed_note
from jiandu.trail.standalone import Checkpoint, Proof, checkpoint_of, leaf
from jiandu.trail.tree import consistency, inclusion, span

BATCH = 2000
"""How many entries get their places in one transaction."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """How many entries got their places, and why others did not: they are found tampered with, and stay outside."""

    added: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps the log of a database: gives entries their places, signs checkpoints, proves what they cover.

    Without a `signer` entries get their places, and proofs go back to checkpoints that are there. `places` are where
    checkpoints go; with `macs` nothing gets a place that the engine has not marked.
    """

    database: Database | Borrowed
    signer: Signer | None = None
    places: Sequence[Place] = ()
    macs: Keyring | None = None
    clock: Clock = field(default_factory=SystemClock)

    def name(self) -> str:
        """What the first log of this database is called, and best the key that signs it. Raises StoreError."""
        with self.database.reading() as connection:
            return f"jiandu/{store.instance_of(connection)}"

    def sequence(self) -> Sequenced:
        """Gives every entry its place that waits for one, in transactions of their own. Raises StoreError."""
        added, faults, after = 0, list[Fault](), ("", 0)
        while True:
            with self.database.writing() as connection:
                epoch = store.lock_log(connection) or self._begun(connection)
                rows = store.waiting(connection, epoch.n, after, BATCH)
                judged = list(admitted(rows, self.macs))
                let = [(row.case, row.seq, bytes.fromhex(row.hash)) for row, fault in judged if fault is None]
                store.add_leaves(connection, epoch, let)
            faults += [fault for _, fault in judged if fault is not None]
            added += len(let)
            if len(rows) < BATCH:
                return Sequenced(added, tuple(faults))
            after = rows[-1].case, rows[-1].seq

    def checkpoint(self) -> tuple[str, Sequenced]:
        """Signs the log as it stands after `sequence`, and hands the note to every place.

        Raises LogError where the log does not continue what was signed before (`log-shorter`, `log-forked`): nothing
        is signed over that; UsageError `log-no-signer`, `checkpoint-unkept`.
        """
        signer, made = self._signing(), self.sequence()
        with self.database.writing() as connection:
            epoch = store.lock_log(connection) or self._begun(connection)
            known = [store.newest_checkpoint(connection, epoch.n), *self._outside()]
            self._continues(connection, epoch, [note for note in known if note])
            root = span(store.hashes(connection, epoch.n), 0, epoch.size)
            note = signed_note(str(Checkpoint(epoch.origin, epoch.size, root)), signer)
            store.keep_checkpoint(connection, epoch.n, epoch.size, note)
        for place in self.places:
            if note not in place.notes():
                place.put(note)
        return note, made

    def begin_again(self, *, reason: str, by: str, approved_by: str) -> str:
        """After a restore that lost signed entries: begins another log, whose first leaf quotes the last checkpoint
        outside, and signs it. Every entry there is gets a place in it.

        Two persons answer for it. Raises RefusedError `seal-two-people`, LogError `log-not-shorter`: nothing is lost.
        """
        if by == approved_by:
            raise RefusedError((Reason("seal-two-people", {"name": by}),))
        signer = self._signing()
        with self.database.writing() as connection:
            epoch = store.lock_log(connection) or self._begun(connection)
            notes = self._outside()
            signed, _ = checkpoints_of(notes, signer.key)
            newest = max((one for one in signed if one.size > epoch.size), default=None, key=lambda one: one.size)
            if newest is None:
                raise LogError("log-not-shorter", size=epoch.size)
            after = next(note for note in notes if note.startswith(f"{newest}\n"))
            said = {"lost": newest.size - epoch.size, "reason": reason, "by": by, "approved_by": approved_by}
            self._begun(connection, after=after, **said)
        return self.checkpoint()[0]

    def receipt(self, case: str, seq: int) -> Proof:
        """The proof that an entry stands in the signed log; a checkpoint is made for it where none covers it yet.

        Raises RefusedError `unknown-name` for an entry that is not there, LogError `log-unplaced` for one that may
        have no place, and as `checkpoint`.
        """
        return self._proof(case, seq) or (self.checkpoint() and self._proof(case, seq)) or self._unplaced(case, seq)

    def consistency(self, first: int) -> tuple[str, tuple[bytes, ...]]:
        """The newest checkpoint, and the proof that its log only added to that of `first` leaves. Raises LogError."""
        with self.database.reading() as connection:
            epoch, note, newest = self._newest(connection)
            if note is None or not 0 < first <= newest.size:
                raise LogError("log-shorter", case=epoch.origin, seq=first, size=newest.size)
            return note, consistency(store.hashes(connection, epoch.n), first, newest.size)

    def _outside(self) -> list[str]:
        """The newest note of each place that can be read back."""
        return [note for place in self.places for note in place.notes()[-1:]]

    def _proof(self, case: str, seq: int) -> Proof | None:
        with self.database.reading() as connection:
            epoch, note, newest = self._newest(connection)
            at = store.place_of(connection, epoch.n, case, seq)
            if note is None or at is None or at >= newest.size:
                return None
            return Proof(at, inclusion(store.hashes(connection, epoch.n), at, newest.size), note)

    def _newest(self, connection: Connection) -> tuple[store.Epoch, str | None, Checkpoint]:
        epochs = store.read_epochs(connection)
        epoch = epochs[-1] if epochs else store.Epoch(0, "", b"", 0)
        note = store.newest_checkpoint(connection, epoch.n)
        found = checkpoint_of(note.rpartition("\n\n")[0] + "\n") if note else Checkpoint(epoch.origin, 0, b"")
        return epoch, note, found

    def _unplaced(self, case: str, seq: int) -> Proof:
        raise LogError("log-unplaced", case=case, seq=seq)

    def _signing(self) -> Signer:
        if self.signer is None:
            raise UsageError("log-no-signer")
        return self.signer

    def _begun(self, connection: Connection, **said: object) -> store.Epoch:
        n = len(store.read_epochs(connection)) + 1
        origin = f"jiandu/{store.instance_of(connection)}" + (f"/epoch-{n}" if n > 1 else "")
        first = opening(origin, rfc3339(self.clock.now()), **said)  # type: ignore[arg-type]
        store.begin_epoch(connection, origin, first)
        epoch = store.Epoch(n, origin, first, 0)
        return epoch._replace(size=store.add_leaves(connection, epoch, [(None, None, leaf(first))]))

    def _continues(self, connection: Connection, epoch: store.Epoch, notes: Sequence[str]) -> None:
        """Nothing is signed that what was signed before does not lead to."""
        signed, _ = checkpoints_of(notes, self._signing().key)
        read = store.hashes(connection, epoch.n)
        for one in signed:
            if one.origin == epoch.origin and one.size > epoch.size:
                raise LogError("log-shorter", case=one.origin, seq=one.size, size=epoch.size)
            if one.origin == epoch.origin and span(read, 0, one.size) != one.root:
                raise LogError("root-mismatch", case=one.origin, seq=one.size)


def logs(connection: Connection) -> Iterator[Log]:
    """The logs of a database with all their leaves, oldest first."""
    for epoch in store.read_epochs(connection):
        yield Log(epoch.n, epoch.origin, epoch.opening, store.read_leaves(connection, epoch.n))
