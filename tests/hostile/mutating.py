"""Texts made wrong at random: one seed, one text, always the same.

A change is of the data (a node dropped, doubled, swapped, renamed, of another kind, from another text) or of the
characters. Many changes keep the shape, so that what comes behind the shape is met as well.
"""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from guides_for_tests.family import FAMILY
from guides_for_tests.plain import PLAIN
from guides_for_tests.whole import GUIDE, LEXICON, SITE, STORY
from jiandu.errors import GuideError, UsageError
from jiandu.guide.build import build
from jiandu.guide.bundle import bundle
from jiandu.shape import KINDS
from jiandu.shipped import folder, schema
from jiandu.source import Source, read

GUIDES = folder("guides")
RULES = Path(__file__).parents[1] / "check" / "rules"
PEOPLE = Path(__file__).parents[2] / "examples" / "people.yaml"

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 2**53 - 1, 2**53, -(10**30), 1e300, "", " ", "x", "true", "null", "0", "-0",
    "1e3", "0x1f", "1_000", "12:30", "NaN", ".inf", "on", "no", "~", "2026-02-30", "0000-00-00", "9999-12-31",
    "0001-01-01", "2026-01-01T25:00+99:99", "2026-01-01T00:00+08:00", "5 days", "0 days", "999999999 days",
    "99999999999999999 months", "1 working days", "a.b", "a.b.c.d", ".", "..", "../x", "/", "a/b", "x\0y", "\u202e",
    "e\u0301", "'", '"', "{}", "{x}", "{0}", "%s", "\\", "$", "[", "(a+)+$", "a" * 5000, "立" * 300, "：", "a：b",
    "_", "__class__", "<<", "&a", "*a", "!!x", "state", "status", "unit", "today", "owner", "self", "parent",
    "related", [], {}, [None], [[]], [{}], {"": None}, {"all": []}, {"any": [{}]}, {"not": {}}, {"field": "x"},
    {"unit": "x"}, {"x": {"min": "y"}}, ["a", "a"],
)  # fmt: skip
PIECES = (
    "", " ", "\t", "\n", "\r", "\r\n", "\0", "\x1b", "\x85", "\u2028", "\ufeff", "\u202e", "\u3000", "\u0301", "：",
    "，", ": ", "- ", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!!int ", "!", "|\n", ">\n", "'", '"',
    "%", "@", "`", "---\n", "...\n", "<<: ", "\\x", "0", "-", "~", "# jiandu: allow x — y",
    "# jiandu: allow dead-end",
)  # fmt: skip
MOST = 8_000
"""Above so many characters a text is dear: few changes of it are tried."""
Nodes = list[tuple[Any, Any]]
"""Where a node hangs: the mapping or list that holds it, and its key or number there."""


@dataclass(frozen=True)
class Seed:
    """A good text, by the name under which it lies in a folder of guides."""

    name: str
    text: str

    @property
    def kind(self) -> str:
        """What it is; nothing for English texts, which have no schema."""
        there = {"lexicon": "lexicon", "scenarios": "scenario", "calendars": "calendar", "en": ""}
        alone = {"people.yaml": "people", "jiandu.site.yaml": "site"}
        return there.get(self.name.partition("/")[0], alone.get(self.name, "guide"))


@cache
def seeds() -> tuple[tuple[Seed, ...], ...]:
    """The good texts: small guides, shipped guides, what stands beside them, stories."""
    shipped = [Seed(str(f.relative_to(GUIDES)), f.read_text("utf-8")) for f in sorted(GUIDES.rglob("*.yaml"))]
    stories = [one for one in shipped if one.name.startswith("scenarios")]
    beside = [one for one in shipped if one.name.startswith(("lexicon", "en", "calendars"))]
    guides = [one for one in shipped if one not in stories and one not in beside]
    small = [Seed("small.yaml", file.read_text("utf-8")) for file in sorted(RULES.glob("*/*.yaml"))]
    small += [Seed(f"{name}.yaml", text) for name, text in FAMILY.items()]
    small += [Seed("small.yaml", PLAIN), Seed("whole.yaml", GUIDE)] * 20
    beside += [Seed("people.yaml", PEOPLE.read_text("utf-8")), Seed("jiandu.site.yaml", SITE)] * 8
    beside += [Seed("lexicon/shared.yaml", LEXICON)] * 8
    return tuple(small), tuple(guides), tuple(beside), (*stories, *[Seed("scenarios/whole/all.yaml", STORY)] * 20)


Change = Callable[[Any, random.Random], None]


@dataclass(frozen=True)
class Mutant:
    """A text that may be wrong, and how it came about: the seed of each change of its data, then of its characters."""

    seed: Seed
    data: tuple[int, ...]
    characters: tuple[int, ...]
    kept: str = ""
    """What a change of the data may not break, else it is taken back: nothing, the `shape`, the `sense` of a guide."""

    @property
    def content(self) -> bytes:
        """The bytes, made anew from nothing but what is written here."""
        text = self.seed.text
        if self.data:
            text = written(changed(self.seed, self.data, self.kept), self.data[0])
        for seed in self.characters:
            text = scrambled(text, random.Random(seed))
        content = text.encode("utf-8", "surrogatepass")
        return torn(content, random.Random(self.characters[0])) if self.characters else content

    def fewer(self) -> Iterator["Mutant"]:
        """The same with one change less."""
        for n in range(len(self.data)):
            yield replace(self, data=self.data[:n] + self.data[n + 1 :])
        for n in range(len(self.characters)):
            yield replace(self, characters=self.characters[:n] + self.characters[n + 1 :])


def mutant(number: int) -> Mutant:
    """The text of that number."""
    rng = random.Random(number)
    seed = rng.choice(rng.choices(seeds(), (8, 2, 3, 3))[0])
    kept = rng.choice(("", "shape", "sense", "sense")) if seed.kind else ""
    many = (4, 12, 30) if len(seed.text) < MOST else (1, 2, 4)
    data = tuple(rng.getrandbits(48) for _ in range(rng.choice(many if kept else (0, 1, 1, 2, 3, 5))))
    torn = 0 if kept else rng.choice((0, 0, 0, 1, 3)) if data else rng.randint(1, 4)
    return Mutant(seed, data, tuple(rng.getrandbits(48) for _ in range(torn)), kept)


@cache
def _loaded(text: str) -> Any:
    return read(text, "seed.yaml").data


def loaded(text: str) -> Any:
    """The data of a good text, to be changed."""
    return copy.deepcopy(_loaded(text))


class Dumper(yaml.CSafeDumper):
    """Writes every node out, however often it is used."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def written(data: Any, seed: int) -> str:
    """The data as YAML: in blocks, or small collections or all of them in brackets."""
    flow = (False, False, None, True)[seed % 4]
    text: str = yaml.dump(data, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=120)
    return text


# the data


def changed(seed: Seed, by: tuple[int, ...], kept: str) -> Any:
    """The data of a good text after those changes that leave right what has to be kept."""
    data = loaded(seed.text)
    for number in by:
        root, rng = [copy.deepcopy(data)], random.Random(number)
        rng.choices(CHANGES, WEIGHTS)[0](root, rng)
        if not kept or (validator(seed.kind).is_valid(root[0]) and (kept == "shape" or sensible(seed, root[0]))):
            data = root[0]
    return data


def sensible(seed: Seed, data: Any) -> bool:
    """Whether a guide can be understood; what is no guide always is, and so is one that the engine stumbles over."""
    if seed.kind != "guide":
        return True
    try:
        build(bundle(read(written(data, 0), seed.name), lexicon, lambda _: {}))
    except GuideError:
        return False
    except Exception:  # whoever judges the text will meet it again
        return True
    return True


@cache
def lexicon(name: str) -> Source:
    """A lexicon that guides use."""
    if found := next((seed.text for seed in seeds()[2] if seed.name == f"{name}.yaml"), None):
        return read(found, f"{name}.yaml")
    raise UsageError("file-missing")


@cache
def validator(kind: str) -> jsonschema_rs.Validator:
    """Who says whether data has the shape of a guide, a lexicon, a story …"""
    shared = [(schema(name)["$id"], schema(name)) for name in KINDS]
    return jsonschema_rs.validator_for(schema(kind), registry=jsonschema_rs.Registry(shared))


def nodes(root: Any) -> Nodes:
    """Every place of the data that holds something."""
    found: Nodes = []
    waiting = [root]
    for holder in waiting:
        here = [(holder, key) for key in (holder if isinstance(holder, dict) else range(len(holder)))]
        found += here
        waiting += [holder[key] for _, key in here if isinstance(holder[key], (dict, list))]
    return found


def _any(root: Any, rng: random.Random) -> tuple[Any, Any]:
    return rng.choice(nodes(root))


def _alike(root: Any, rng: random.Random) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Two places under one key, or of one kind."""
    every = nodes(root)
    holder, key = rng.choice(every)
    kind = type(holder[key])
    same = [one for one in every if one[1] == key and isinstance(key, str) and type(one[0][one[1]]) is kind]
    return (holder, key), rng.choice(same if len(same) > 1 else [one for one in every if type(one[0][one[1]]) is kind])


def drop(root: Any, rng: random.Random) -> None:
    holder, key = _any(root, rng)
    if holder is not root:
        del holder[key]


def double(root: Any, rng: random.Random) -> None:
    holder, key = _any(root, rng)
    if isinstance(holder, dict):
        holder[f"{key}_2"] = copy.deepcopy(holder[key])
    elif holder is not root:
        holder.insert(key, copy.deepcopy(holder[key]))


def swap(root: Any, rng: random.Random) -> None:
    (one, a), (other, b) = _alike(root, rng)
    x, y = copy.deepcopy(one[a]), copy.deepcopy(other[b])
    one[a] = y
    if b in other if isinstance(other, dict) else b < len(other):
        other[b] = x


def borrow(root: Any, rng: random.Random) -> None:
    (one, a), (other, b) = _alike(root, rng)
    one[a] = copy.deepcopy(other[b])


def graft(root: Any, rng: random.Random) -> None:
    """A node of another text, under the same key where there is one."""
    donor = [loaded(rng.choice(rng.choice(seeds())).text)]
    holder, key = _any(root, rng)
    every = nodes(donor)
    there, name = rng.choice([one for one in every if one[1] == key] or every)
    if isinstance(holder, dict) and rng.random() < 0.3:
        holder[str(name)] = there[name]
    else:
        holder[key] = there[name]


def rename(root: Any, rng: random.Random) -> None:
    holder, key = _any(root, rng)
    if isinstance(holder, dict):
        names = [k for h, k in nodes(root) if isinstance(h, dict)]
        new = rng.choice((rng.choice(names), f"{key}x", str(key)[1:], str(rng.choice(ODD))))
        renamed = {new if k == key else k: value for k, value in holder.items()}
        holder.clear()
        holder.update(renamed)


def put(root: Any, rng: random.Random) -> None:
    holder, key = _any(root, rng)
    holder[key] = copy.deepcopy(rng.choice(ODD))


def retype(root: Any, rng: random.Random) -> None:
    holder, key = _any(root, rng)
    value = holder[key]
    holder[key] = rng.choice(([value], {"x": value}, {str(value)[:20]: value}, str(value)[:200], [value, value]))


def name(root: Any, rng: random.Random) -> None:
    """A word in place of a word: of what the text names, a key or a text."""
    every = nodes(root)
    words = [h[k] for h, k in every if isinstance(h[k], str)]
    holder, key = rng.choice([one for one in every if isinstance(one[0][one[1]], str)] or every)
    keys = [k for h, k in every if isinstance(h, dict)]
    holder[key] = rng.choice(rng.choice((words, keys)) or ["x"])


def shuffle(root: Any, rng: random.Random) -> None:
    holder, _ = _any(root, rng)
    if isinstance(holder, dict):
        entries = list(holder.items())
        rng.shuffle(entries)
        holder.clear()
        holder.update(entries)
    else:
        rng.shuffle(holder)


def number(root: Any, rng: random.Random) -> None:
    """Digits in a text, or a number, made another."""
    every = nodes(root)
    digits = [(h, k) for h, k in every if any(map(str.isdigit, str(h[k]) if isinstance(h[k], (str, int)) else ""))]
    if digits:
        holder, key = rng.choice(digits)
        text = "".join(rng.choice("0123456789") if c.isdigit() and rng.random() < 0.4 else c for c in str(holder[key]))
        holder[key] = text if isinstance(holder[key], str) else int("".join(c for c in text if c.isdigit()) or 0)


def deepen(root: Any, rng: random.Random) -> None:
    """A node below many others: what nests with no end of its own."""
    holder, key = _any(root, rng)
    around = rng.choice(("not", "all", "any", "x"))
    for _ in range(rng.choice((2, 8, 25))):
        holder[key] = {around: [holder[key]] if around != "not" else holder[key]}


def multiply(root: Any, rng: random.Random) -> None:
    """Many more of one thing."""
    holder, key = _any(root, rng)
    for n in range(rng.choice((3, 20, 60))):
        if isinstance(holder, dict):
            holder[f"{key}_{n}"] = holder[key]
        elif holder is not root:
            holder.append(holder[key])


CHANGES: tuple[Change, ...] = (
    drop, double, swap, borrow, graft, rename, put, retype, name, shuffle, number, deepen, multiply,
)  # fmt: skip
WEIGHTS = (6, 2, 4, 6, 5, 4, 5, 2, 6, 1, 3, 1, 1)


# the characters


def scrambled(text: str, rng: random.Random) -> str:
    """The text with something put in, left out, doubled or moved."""
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice((0, 1, 1, 2, 8, 60, 400)))
    what = rng.randrange(5)
    if what == 0:
        return text[:start] + text[end:]
    if what == 1:
        return text[:end] + text[start:end] * rng.choice((1, 2, 50)) + text[end:]
    if what == 2:
        other = rng.randrange(len(text) + 1)
        return text[:start] + text[end:][:other] + text[start:end] + text[end:][other:]
    return text[:start] + rng.choice(PIECES) + text[end if what == 3 else start :]


def torn(content: bytes, rng: random.Random) -> bytes:
    """The bytes, now and then cut off or with one changed."""
    at = rng.randrange(len(content) + 1)
    what = rng.randrange(8)
    if what == 0:
        return content[:at]
    return content[:at] + bytes((rng.randrange(256),)) + content[at + 1 :] if what == 1 else content
