"""Writing docs/language: a page for each area of the files, out of the schemas and of docs/language/parts.

python scripts/language.py           writes the pages
python scripts/language.py check     fails where one is not what it would be
"""
# ruff: noqa: T201  a script prints

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/language"
Schema = Mapping[str, Any]


class Area(NamedTuple):
    """A page: its title, its line in the index, and the definitions that stand on it (`schema` or `schema/name`)."""

    title: str
    about: str
    definitions: str


AREAS = {
    "guide": Area(
        "The guide 指引",
        "the file as a whole, lexicons, names, versions",
        "guide lexicon guide/span guide/statement guide/migration guide/text guide/id guide/code guide/path guide/names"
        " guide/guide_id guide/version guide/version_range guide/date guide/outcomes",
    ),
    "law": Area(
        "Law 依据",
        "sources, articles, marks, and what rests on them",
        "guide/sources guide/source guide/article_text guide/source_id guide/article guide/citation guide/law_rows"
        " guide/law_row",
    ),
    "people": Area(
        "People 人员",
        "roles, who decides and who records, powers",
        "guide/roles guide/role guide/role_name guide/role_names guide/people guide/powers",
    ),
    "card": Area(
        "The card 案卡",
        "fields of the card and of records",
        "guide/fields guide/card_field guide/record guide/record_field guide/record_id",
    ),
    "acts": Area(
        "Acts 办理事项",
        "states, steps, transitions, rules; visits and staleness; the time of an act",
        "guide/states guide/state guide/step guide/transition guide/step_of_case guide/transition_of_case guide/rule"
        " guide/suspension guide/secrecy guide/acts guide/count guide/steps_of_case guide/transitions_of_case",
    ),
    "papers": Area(
        "Papers 文书",
        "documents and their life from draft to answer",
        "guide/documents guide/document guide/reply guide/reply_period",
    ),
    "deadlines": Area(
        "Deadlines 期限",
        "events, runs, due days, extensions, pauses, consequences",
        "guide/deadlines guide/deadline guide/reply_deadline guide/extension guide/pause guide/pauses guide/event"
        " guide/events guide/deadline_id guide/period guide/chosen_period",
    ),
    "conditions": Area(
        "Conditions 条件",
        "facts, tests and operands",
        "guide/condition guide/condition_key guide/facts guide/record_count guide/related_count guide/test"
        " guide/comparison guide/operand guide/number",
    ),
    "related": Area(
        "Cases that belong together 关联案件",
        "relations, and acts that open cases",
        "guide/relations guide/relation guide/opens",
    ),
    "settings": Area("Settings 设置项", "what a province or an office may choose", "guide/settings guide/setting"),
    "site": Area("The site file 本地设置", "what it has chosen", "site"),
    "stories": Area(
        "Stories 情景",
        "cases told in a file, played and compared",
        "scenario scenario/player scenario/entry scenario/opening scenario/act scenario/reasons scenario/expectation"
        " scenario/amendment scenario/assignment scenario/lengthening scenario/stop_of_case scenario/resumption"
        " scenario/linking scenario/noting scenario/undoing scenario/ticking scenario/adoption scenario/standing"
        " scenario/loading scenario/*",
    ),
    "people-file": Area("The people file 单位和人员", "units, people and their offices", "people people/*"),
    "calendar": Area("The calendar 日历", "days off and days worked", "calendar calendar/*"),
    "trail": Area("The trail 办案记录", "an entry, as it is hashed", "entry entry/*"),
}
KINDS = {"string": "text", "integer": "a whole number", "boolean": "`true` or `false`", "null": "nothing"}


@dataclass(frozen=True, slots=True)
class Definition:
    """A schema, or a named part of one, with the page that it stands on."""

    name: str
    schema: Schema
    page: str

    @property
    def anchor(self) -> str:
        """The heading of the definition, as links name it."""
        return self.name.rpartition("/")[2]

    def link(self, page: str) -> str:
        """A link to the definition from a page."""
        return f"[{self.anchor}]({'' if self.page == page else f'{self.page}.md'}#{self.anchor})"


class Row(NamedTuple):
    """A key as a table shows it: its path inside the definition, what is said of it, whether it has to be there."""

    key: str
    schema: Schema
    required: bool


def definitions() -> dict[str, Definition]:
    """Every definition of every schema by its name, in the order of the pages; none may be without a page."""
    known: dict[str, Schema] = {}
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        kind = path.name.partition(".")[0]
        known |= {kind: schema} | {f"{kind}/{name}": part for name, part in schema.get("$defs", {}).items()}
    placed: dict[str, Definition] = {}
    for page, area in AREAS.items():
        for pattern in area.definitions.split():
            names = [pattern] if not pattern.endswith("*") else [n for n in known if n.startswith(pattern[:-1])]
            placed |= {name: Definition(name, known[name], page) for name in names if name not in placed}
    if lost := sorted(known.keys() - placed.keys()):
        sys.exit(f"no page for {', '.join(lost)}: name it in AREAS of scripts/language.py")
    return placed


def rows(schema: Schema, before: str = "") -> Iterator[Row]:
    """Every key of a definition; the keys of what is defined in its midst come with the path to them."""
    required = schema.get("required", ())
    for key, part in schema.get("properties", {}).items():
        if part != {"not": {}}:
            yield Row(f"{before}{key}", part, key in required and len(schema.get("properties", {})) > 1)
            yield from rows(part, f"{before}{key}.")
    for inner, mark in ((schema.get("additionalProperties"), "<name>."), (schema.get("items"), "[].")):
        if isinstance(inner, dict) and "properties" in inner:
            yield from rows(inner, f"{before}{mark}".replace(".[]", "[]"))
    named = {"<step>.reply" if "reply" in pattern else "<name>": part for pattern, part in patterns(schema)}
    if isinstance(inner := schema.get("additionalProperties"), dict) and "properties" not in inner and "title" in inner:
        named["<name>"] = inner
    for name, part in named.items():
        yield Row(f"{before}{name}", part, required=False)


def patterns(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The kinds of names that a mapping tells apart by their look."""
    found: Mapping[str, Schema] = schema.get("patternProperties", {})
    yield from found.items()


@dataclass(frozen=True, slots=True)
class Reference:
    """All definitions, and the words for the form of a value."""

    known: Mapping[str, Definition]

    def target(self, ref: str, home: Definition) -> Definition:
        """The definition that a `$ref` means."""
        file, _, name = ref.partition("#/$defs/")
        return self.known[f"{(file or home.name).partition('.')[0].partition('/')[0]}/{name}"]

    def form(self, schema: Schema, home: Definition) -> str:
        """What a value has to look like, in plain words."""
        if "$ref" in schema:
            return self.target(schema["$ref"], home).link(home.page)
        if "const" in schema:
            return code(schema["const"])
        if "enum" in schema:
            return " · ".join(map(code, schema["enum"]))
        if "anyOf" in schema:
            return " or ".join(self.form(part, home) for part in schema["anyOf"])
        kinds = schema.get("type", ())
        return " or ".join(self.kind(kind, schema, home) for kind in ([kinds] if isinstance(kinds, str) else kinds))

    def kind(self, kind: str, schema: Schema, home: Definition) -> str:
        """One of the kinds that a value may be of."""
        if kind == "string" and (fixed := schema.get("then", {}).keys() & {"const", "enum"}):
            return self.form({key: schema["then"][key] for key in fixed}, home)
        if kind == "integer" and "minimum" in schema:
            return f"a whole number from {schema['minimum']}"
        if kind == "array":
            items = schema.get("items") or schema.get("else", {}).get("items", {})
            return f"a list of {self.form(items, home)}" if items and "properties" not in items else "a list"
        if kind == "object":
            return self.mapping(schema, home)
        return KINDS[kind]

    def mapping(self, schema: Schema, home: Definition) -> str:
        """What a mapping holds."""
        if keys := schema.get("properties"):
            return "`{setting: …}`" if set(keys) == {"setting"} else "a mapping"
        names, inner = schema.get("propertyNames"), schema.get("additionalProperties")
        if not isinstance(inner, dict) or not names:
            return "a mapping"
        return f"a mapping from {self.form(names, home)} to {self.form(inner, home)}"

    def stands_in(self, wanted: Definition) -> list[str]:
        """The definitions and keys at which a definition is asked for."""
        found = []
        for home in self.known.values():
            for path, ref in uses(home.schema):
                if self.target(ref, home) is wanted and home is not wanted:
                    found.append(f"{home.link(wanted.page)} `{path}`" if path else home.link(wanted.page))
        return list(dict.fromkeys(found))

    def section(self, one: Definition, above: Mapping[str, tuple[Schema, str]]) -> Iterator[str]:
        """A definition with its keys; those that a table above has shown already are only named."""
        yield f"### {one.anchor}\n\n**{one.schema['title']}** — {one.schema['description']}\n"
        if not any(True for _ in rows(one.schema)):
            yield f"Form: {self.form(one.schema, one)}\n"
        if places := self.stands_in(one):
            shown = places if len(places) <= MOST else [*places[:MOST], f"and {len(places) - MOST} more places"]
            yield f"Stands in: {', '.join(shown)}\n"
        again: dict[str, list[str]] = {}
        table = []
        for row in rows(one.schema):
            same = above.get(row.key)
            if same and same[0] == row.schema and "." not in row.key:
                again.setdefault(same[1], []).append(code(row.key) + (" *" if row.required else ""))
            elif not any(row.key.startswith(f"{key.strip('`* ')}.") for keys in again.values() for key in keys):
                table.append(self.line(row, one))
        if table:
            yield "\n".join(["| key | 中文 | form | meaning |", "| --- | --- | --- | --- |", *table]) + "\n"
        for other, keys in again.items():
            yield f"{'And, as' if table else 'As'} of [{other}](#{other}): {', '.join(keys)}\n"

    def line(self, row: Row, home: Definition) -> str:
        """A row of the table."""
        said = row.schema.get("description", "")
        cells = (
            code(row.key) + (" *" if row.required else ""),
            row.schema.get("title", ""),
            self.form(row.schema, home),
        )
        return f"| {' | '.join(cell.replace('|', '/') for cell in (*cells, said))} |"

    def page(self, name: str) -> str:
        """The whole page of an area."""
        parts = [f"# {AREAS[name].title}\n", (FOLDER / f"parts/{name}.md").read_text(encoding="utf-8"), KEYS]
        above: dict[str, tuple[Schema, str]] = {}
        for one in self.known.values():
            if one.page == name:
                parts += self.section(one, above)
                above = {row.key: (row.schema, one.anchor) for row in rows(one.schema)} | above
        return "\n".join(parts)


MOST = 8
"""So many places are named at which a definition stands."""
KEYS = """## Keys

Written by `scripts/language.py` from the schemas. A star marks a key that has to be there; `<name>` stands for a name
of the author's choosing, `[]` for each entry of a list.
"""
INDEX = """# The language 指引语言

What may be written in the files of jiandu, area by area: first what it means, with examples, then every key. The
introductions are written by hand, the keys come from the schemas in `schemas/`, and a test runs every example: a whole
guide is loaded, a fragment is loaded inside [frame.yaml](frame.yaml), a story is played under the guide above it.

| area | what it is about |
| --- | --- |
"""


def uses(schema: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every `$ref` inside a definition, with the path of the key at which it stands."""
    if isinstance(schema, dict) and "$ref" in schema:
        yield path, schema["$ref"]
        return
    for step, part in parts(schema):
        yield from uses(part, f"{path}.{step}".strip("."))


def parts(schema: Any) -> Iterator[tuple[str, Any]]:
    """What a schema is made of, each with the step that it adds to the path of a key; names are not values."""
    if isinstance(schema, list):
        yield from (("", part) for part in schema)
    for word, part in schema.items() if isinstance(schema, dict) else ():
        if word == "properties":
            yield from part.items()
        elif word == "patternProperties":
            yield from (("<name>", value) for value in part.values())
        elif word not in ("$defs", "propertyNames"):
            yield "<name>" if word == "additionalProperties" else "", part


def code(value: object) -> str:
    """A key or a value as it is written."""
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def pages() -> dict[str, str]:
    """The text of every page, the index first."""
    reference = Reference(definitions())
    listed = "".join(f"| [{area.title}]({name}.md) | {area.about} |\n" for name, area in AREAS.items())
    return {"README.md": INDEX + listed} | {f"{name}.md": reference.page(name) for name in AREAS}


def main(arguments: list[str]) -> int:
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if arguments != ["check"]:
                path.write_text(text, encoding="utf-8", newline="\n")
    print("\n".join(f"{name} {'is stale' if arguments == ['check'] else 'written'}" for name in stale) or "all fresh")
    return 1 if stale and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
