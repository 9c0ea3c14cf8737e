"""Every code that the program can speak of has its words, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jiandu.catalogue import words
from jiandu.cli.frame.command import Folder, Spoken
from jiandu.cli.frame.running import PACKAGE
from jiandu.cli.wording.case import UNSAID, WRITING
from jiandu.shape import KINDS

ENGINE = Path(__file__).parents[2] / "engine" / "jiandu"
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+(\.[a-z]+)?")
NO_CODES = {
    *("utf-8", "utf-8-sig", "line-end", "sha-256", "content-type", "no-store", "date-time", "case-filing", "c1-a1"),
    *KINDS,
}
"""Texts of the source that look like codes: encodings, digests, headers, guides and stories by name."""
SPEAKERS = {
    "Finding",
    "Reason",
    "Failure",
    "UsageError",
    "StoreError",
    "say",
    "report",
    "_wrong",
    "_warning",
    "_reason",
}
"""What is called with a code: some of them are single words."""


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(ENGINE.rglob("*.py")):
        if "catalogue" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield str(path.relative_to(ENGINE)), node


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def codes() -> Iterator[tuple[str, str]]:
    """Everything in the source that is a code, with its file."""
    for file, node in sources():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield file, node.value
        if isinstance(node, ast.Call) and named(node) in SPEAKERS and node.args:
            first = node.args[0]
            if (
                isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and re.fullmatch(r"[a-z]+", first.value)
            ):
                yield file, first.value
        if isinstance(node, ast.Call) and named(node) == "known" and node.args:
            for kind in texts(node.args[0]) if isinstance(node.args[0], ast.Constant) else ():
                yield from ((file, f"unknown-{kind}"), (file, f"unknown-{kind}.guess"))


def test_every_code_in_the_source_has_words() -> None:
    silent = {(file, code) for file, code in codes() if code not in words() and code not in NO_CODES}
    assert silent == set()


def test_every_family_of_codes_has_members() -> None:
    """`f"unknown-{kind}"`: there are words that begin like this."""
    begun = set()
    for _, node in sources():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if re.fullmatch(r"[a-z]+(-[a-z]+)*-", start):
                begun.add(start)
    assert len(begun) > 10
    assert {start for start in begun if not any(code.startswith(start) for code in words())} == set()


@pytest.mark.parametrize(
    ("start", "file", "name"),
    [
        ("paper-is-", "case/model.py", "PaperStatus"),
        ("run-is-", "case/model.py", "RunStatus"),
        ("case-", "case/model.py", "Status"),
        ("effect-", "case/evolve.py", "_CHANGES"),
        ("status-", "guide/model.py", "status"),
    ],
)
def test_every_status_and_effect_has_words(start: str, file: str, name: str) -> None:
    unsaid = {f"effect-{effect.replace('_', '-')}" for effect in (*WRITING, *UNSAID)}
    tree = ast.parse((ENGINE / file).read_text(encoding="utf-8"))
    defined = [
        node for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.AnnAssign)) and target(node) == name
    ]
    listed = [text for node in defined for text in listed_in(node)]
    assert listed
    assert {f"{start}{text.replace('_', '-')}" for text in listed} - words().keys() - unsaid == set()


def target(node: ast.Assign | ast.AnnAssign) -> str:
    aimed = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return getattr(aimed, "id", "")


def listed_in(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    """The texts of a `Literal[…]` or the keys of a mapping."""
    if isinstance(node.value, ast.Dict):
        return (text for key in node.value.keys if key for text in texts(key))
    return texts(node.value or node.annotation if isinstance(node, ast.Assign) else node.annotation)


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, obj=None)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))


ROOT = Folder(PACKAGE, [str(ENGINE / "cli")], name="jiandu")


@pytest.mark.parametrize(
    ("path", "command"), list(commands(ROOT)), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_and_option_has_its_help(path: tuple[str, ...], command: click.Command) -> None:
    assert isinstance(command, Spoken)
    wanted = {"-".join(["help", *path]) if path else "help-jiandu"}
    for param in command.get_params(click.Context(command)):
        if isinstance(param, click.Option):
            wanted.add(f"option-{param.name}")
        if not getattr(param, "is_flag", False) and not isinstance(param.type, click.Choice):
            wanted.add(f"metavar-{param.name}")
    assert wanted - words().keys() == set()


def test_every_sentence_stands_in_both_languages() -> None:
    assert [code for code, (zh, en) in words().items() if not zh.strip(" ") or not en.strip(" ")] == []


def test_chinese_sentences_hold_no_english_words() -> None:
    """But for what is typed: names in backquotes, options, variables, file forms."""
    typed = (
        r"`[^`]*`|\{[^}]*\}|--[a-z-]+|JIANDU_[A-Z_]+|[a-z]+=[0-9a-z]+"
        r"|sqlite:///[a-z.]*|15 days|UTF-(8|16)|GBK|NFC|MiB|JSON|OCEL|SQLite"
    )
    allowed = {code for code in words() if code.startswith("calendar-shape")}
    english = {
        code: found
        for code, (zh, _) in words().items()
        if code not in allowed and (found := re.findall(r"[A-Za-z]{2,}", re.sub(typed, "", zh)))
    }
    assert english == {}
