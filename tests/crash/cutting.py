"""A wire to a PostgreSQL server that is cut at the moment somebody commits."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

COMMIT = b"COMMIT\0"


class Wire:
    """Passes on what client and server say, until `cut` says otherwise."""

    def __init__(self, server: str, here: Path) -> None:
        self.cut: str | None = None
        """`before` the server hears of the commit, or `after` it, when nobody hears the answer."""
        self._server = server
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(here / ".s.PGSQL.5432"))
        self._door.listen()
        Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                Thread(target=self._hear, args=(client, server), daemon=True).start()
                Thread(target=self._answer, args=(client, server), daemon=True).start()

    def _hear(self, client: socket.socket, server: socket.socket) -> None:
        with client, suppress(OSError):
            while said := client.recv(65536):
                if COMMIT in said and self.cut:
                    if self.cut == "after":
                        client.shutdown(socket.SHUT_RDWR)
                        server.sendall(said)
                    else:
                        server.shutdown(socket.SHUT_RDWR)
                    self.cut = None
                    return
                server.sendall(said)
            server.shutdown(socket.SHUT_RDWR)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with server, suppress(OSError):
            while said := server.recv(65536):
                with suppress(OSError):
                    client.sendall(said)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(server: str, here: Path) -> Iterator[Wire]:
    """A wire to the socket of a server, whose other end is in the folder `here`."""
    made = Wire(server, here)
    try:
        yield made
    finally:
        made.close()
