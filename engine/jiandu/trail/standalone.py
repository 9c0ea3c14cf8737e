"""Checks a bundle of the trail of one case, with nothing but Python's standard library. It is one file on purpose.

In a bundle it stands as `verify.py`:  python3 -I -S verify.py [BUNDLE.zip or FOLDER] [--key KEY]

What it needs (the tree of RFC 6962, the proofs of RFC 9162, C2SP signed notes, Ed25519 of RFC 8032) is written here
once, and used from here by the rest of jiandu too. Exit codes: 0 nothing wrong was found, 2 not understood, 4 altered.
"""

import base64
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

PROOF = "c2sp.org/tlog-proof@v1"
ED25519 = b"\x01"
"""The type of a signature in a note, before its public key."""
LARGEST_MEMBER = 1 << 28


# The tree of RFC 6962


def leaf(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(root: bytes, size: int, index: int, found: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a leaf hash stands at `index` in the tree of that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for other in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(first: int, first_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `size` only added to the tree of `first` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < first < size:
        return first == size and not proof and first_root == root
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = first - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(other, old), node(other, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, other)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == root


# Ed25519 of RFC 8032, to verify alone: nothing here is secret

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def _x(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    return x if x & 1 == sign else _P - x


def _point(written: bytes) -> Point | None:
    number = int.from_bytes(written, "little")
    y = number & (2**255 - 1)
    x = _x(y, number >> 255) if y < _P and len(written) == 32 else None
    return None if x is None else (x, y, 1, x * y % _P)


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    sum_: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            sum_ = _add(sum_, point)
        point, factor = _add(point, point), factor >> 1
    return sum_


_BASE_Y = 4 * pow(5, -1, _P) % _P
_BASE = _point(_BASE_Y.to_bytes(32, "little"))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message is that key's; faster where the library cryptography is installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return signed_alone(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_alone(public: bytes, message: bytes, signature: bytes) -> bool:
    """The same by the letter of RFC 8032, without any library."""
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or len(signature) != 64 or s >= _L or _BASE is None:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    left, right = _times(s, _BASE), _add(r, _times(h, key))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 == (left[1] * right[2] - right[1] * left[2]) % _P


# Signed notes and checkpoints of C2SP


class Key(NamedTuple):
    """Who signs notes, and the public key by which that is known."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand before each signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key as it is handed on: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def key_of(text: str) -> Key:
    """The key that a text hands on. Raises ValueError for any other text."""
    name, id_, written = text.strip().split("+", 2)
    raw = _bytes(written)
    key = Key(name, raw[1:])
    if not name or len(raw) != 33 or raw[:1] != ED25519 or key.id.hex() != id_ or " " in name:
        raise ValueError("not the key of a note")
    return key


@lru_cache(8)  # all proofs of a bundle end in one note
def opened_note(note: str, key: Key) -> str:
    """The text of a note which that key has signed; signatures of others are ignored. Raises ValueError."""
    text, blank, below = note.rpartition("\n\n")
    text, lines = text + "\n", [line.split(" ") for line in below.split("\n")]
    whole = blank and lines.pop() == [""] and all(len(line) == 3 and line[0] == "—" for line in lines)
    raw = [_bytes(line[2]) for line in lines if line[1:2] == [key.name]]
    found = [one[4:] for one in raw if one[:4] == key.id]
    if not whole or not found or not all(signed(key.public, text.encode(), one) for one in found):
        raise ValueError("not signed by this key")
    return text


class Checkpoint(NamedTuple):
    """The size and the root of a log at one time."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def checkpoint_of(text: str) -> Checkpoint:
    """The checkpoint that the text of a note is. Raises ValueError for any other text."""
    origin, size, root, *_ = text.split("\n")
    if not origin or not re.fullmatch(r"0|[1-9][0-9]{0,15}", size) or len(_bytes(root)) != 32:
        raise ValueError("not a checkpoint")
    return Checkpoint(origin, int(size), _bytes(root))


class Proof(NamedTuple):
    """That a leaf stands in a log: where, the hashes up to the root, and the signed checkpoint with that root."""

    place: int
    hashes: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        """The proof as it is handed on (C2SP tlog-proof)."""
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.hashes)
        return f"{PROOF}\nindex {self.place}\n{hashes}\n{self.note}"

    def holds(self, found: bytes, key: Key) -> bool:
        """Whether it proves that leaf hash by a checkpoint which that key has signed."""
        try:
            checkpoint = checkpoint_of(opened_note(self.note, key))
        except ValueError:
            return False
        return included(checkpoint.root, checkpoint.size, self.place, found, self.hashes)


def proof_of(text: str) -> Proof:
    """The proof that a text is. Raises ValueError for any other text."""
    head, _, note = text.partition("\n\n")
    first, index, *hashes = head.split("\n")
    if first != PROOF or not re.fullmatch(r"index (0|[1-9][0-9]{0,15})", index):
        raise ValueError("not a proof")
    return Proof(int(index[6:]), tuple(map(_bytes, hashes)), note)


def _bytes(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one way to write it")
    return raw


# The bundle of a case

Member = Callable[[str], bytes]


def canonical(value: object) -> bytes:
    """The bytes of a value by RFC 8785, for what stands in a trail."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def faults(member: Member, pinned: Key | None = None) -> Iterator[str]:
    """What is wrong with a bundle. Whatever stands in it, nothing is raised."""
    try:
        yield from _manifest(member, pinned)
        yield from _entries(member)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        yield f"无法读取 / unreadable: {type(error).__name__}"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        yield "压缩包已损坏 / the archive is damaged"


def _manifest(member: Member, pinned: Key | None) -> Iterator[str]:
    """Every member is as the signed list says."""
    text, key = member("manifest.txt").decode(), _key(member)
    if pinned is not None and pinned != key:
        yield "签名公钥不是所指定的公钥 / the key is not the one given"
    if key is not None:
        try:
            text = opened_note(text, key)
        except ValueError:
            yield "manifest.txt：清单的签名不符 / the list is not signed by the key"
    for line in text.splitlines()[1:]:
        digest, _, name = line.partition("  ")
        if not name:
            yield "manifest.txt：清单的格式不符 / the list is malformed"
        elif hashlib.sha256(member(name)).hexdigest() != digest:
            yield f"{name}：内容与清单不符 / not what the list says"


def _key(member: Member) -> Key | None:
    try:
        return key_of(member("key.txt").decode())
    except KeyError:
        return None


def _entries(member: Member) -> Iterator[str]:
    """Each entry continues the one before, has its body and its texts, and stands in the log."""
    bodies = {body["seq"]: body for body in map(json.loads, member("bodies.jsonl").splitlines())}
    key, before, case = _key(member), None, None
    for seq, line in enumerate(member("entries.jsonl").splitlines(), 1):
        entry, found = json.loads(line), leaf(line)
        if (entry["seq"], entry["prev"], entry["case"]) != (seq, before, case or entry["case"]):
            yield f"第 {seq} 条与前一条不相衔接 / entry {seq} does not continue the one before"
        if seq in bodies and _body(bodies[seq]) != entry["body"]:
            yield f"第 {seq} 条的正文被改动 / the body of entry {seq} was changed"
        for name in (entry["guide"], entry["calendar"]):
            if hashlib.sha256(member(f"texts/{name}")).hexdigest() != name:
                yield f"第 {seq} 条所依据的文本被改动 / the text under entry {seq} was changed"
        if key is not None and not proof_of(member(f"proofs/{seq}.tlog-proof").decode()).holds(found, key):
            yield f"第 {seq} 条不在所签名的日志中 / entry {seq} is not in the signed log"
        before, case = found.hex(), entry["case"]


def _body(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(body["salt"].encode("ascii") + canonical(body["body"])).hexdigest()


def members_of(path: Path) -> Member:
    """How the members of a bundle are read: a folder, or the archive itself. Raises OSError, BadZipFile."""
    if path.is_dir():
        return lambda name: _file(path, name)
    archive = zipfile.ZipFile(path)
    return lambda name: _small(archive, name)


def _file(folder: Path, name: str) -> bytes:
    if ".." in name or name.startswith("/") or not (folder / name).is_file():
        raise KeyError(name)
    return (folder / name).read_bytes()


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_MEMBER:
        raise ValueError("too large")
    return archive.read(name)


def main(argv: Sequence[str]) -> int:
    """Checks the bundle named, or the folder of this file, and says what was found and what that means."""
    try:
        place, pinned = _asked(list(argv))
        member = members_of(place)
    except zipfile.BadZipFile:
        return _said(["压缩包已损坏 / the archive is damaged"])
    except (ValueError, OSError) as error:
        print(f"用法 / usage: verify.py [BUNDLE.zip | FOLDER] [--key KEY] ({error})", file=sys.stderr)  # noqa: T201
        return 2
    found = list(faults(member, pinned))
    return _said(found) if found else _fine(member, pinned)


def _asked(argv: list[str]) -> tuple[Path, Key | None]:
    pinned = None
    if "--key" in argv:
        at = argv.index("--key")
        pinned = key_of("".join(argv[at + 1 : at + 2]))
        del argv[at : at + 2]
    if len(argv) > 1:
        raise ValueError("one bundle")
    return Path(argv[0]) if argv else Path(__file__).parent, pinned


def _said(found: Sequence[str]) -> int:
    print("核验不通过 / NOT as it was written:")  # noqa: T201
    for fault in found:
        print(f"  {fault}")  # noqa: T201
    return 4


def _fine(member: Member, pinned: Key | None) -> int:
    key, entries = _key(member), len(member("entries.jsonl").splitlines())
    print(f"核验通过：{entries} 条记录 / {entries} entries, nothing wrong was found")  # noqa: T201
    if key is None:
        print("级别 1：只核对了链条，无人签名 / level 1: the chain alone; nobody has signed it")  # noqa: T201
        return 0
    print(f"级别 3：签名公钥 / level 3: signed with the key\n  {key}")  # noqa: T201
    if pinned is None:
        asked = "请与另行取得的公钥核对，或者以 --key 给出 / compare it with the key published elsewhere, or give --key"
        print(asked)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
