"""Every block of these pages runs, in order, in one shell, in a copy of the checkout; output is compared.

`console` is a dialogue (`$ ` before a command, `> ` before its further lines), `sh` has to end well, `python` is saved
as `embed.py`. `yaml` has to stand word for word in a shipped file; after `<!-- file: x -->` it is written into that
file, after `<!-- sections: x -->` each of its sections takes the place of the one of that name there, or comes last.
`JIANDU_ACCEPT=1` writes the dialogues anew.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LOCALES = {
    "README.md": "en_US.UTF-8",
    "README.zh-CN.md": "zh_CN.UTF-8",
    "docs/http.md": "en_US.UTF-8",
    "docs/testing.md": "en_US.UTF-8",
    "docs/tutorial.md": "en_US.UTF-8",
    "docs/tutorial.zh-CN.md": "zh_CN.UTF-8",
    "docs/events.md": "en_US.UTF-8",
    "docs/trail.md": "en_US.UTF-8",
}
READMES = ("README.md", "README.zh-CN.md")
NEEDS = {"docs/http.md": "curl"}
"""A program that a page asks for and that not every machine has."""
BLOCK = re.compile(r"(?:^<!-- (file|sections): (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^(\w+):.*\n(?:(?:[ \t].*)?\n)*", re.MULTILINE)
COMMAND = re.compile(r"^\$ .*(?:\n> .*)*\n?", re.MULTILINE)
NOT_COPIED = (".*", "__pycache__", "dist", "*.db*")
END = re.compile(r"\n\x1e(\d+)\x1e\n")
OTHER_EACH_TIME = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{64}\b")
ACCEPT = "JIANDU_ACCEPT"


class Turn(NamedTuple):
    """A command with what has to follow it: an output, or only that it ends with 0."""

    command: str
    output: str | None


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, set up already, so that no test waits for a network."""
    folder = tmp_path / "jiandu"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs.parent / "ready").touch()
    (programs / "activate").write_text(f"PATH={programs}:$PATH\n", encoding="utf-8")
    for name, started in {"jiandu": f"{sys.executable} {ROOT / 'cli.py'}", "python": sys.executable}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec {started} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("page", LOCALES)
def test_every_command_does_what_the_page_says(page: str, checkout: Path) -> None:
    if (program := NEEDS.get(page)) and not shutil.which(program):
        pytest.skip(f"{page} is told with {program}")
    text = text_of(page)
    turns = list(turns_of(text, checkout))
    said = run([turn.command for turn in turns], checkout, LOCALES[page])
    if os.environ.get(ACCEPT):
        (ROOT / page).write_text(rewritten(text, said), encoding="utf-8", newline="\n")
        return
    for turn, (output, status) in zip(turns, said, strict=True):
        if turn.output is None:
            assert status == 0, f"{turn.command}\n{output}"
        else:
            assert masked(output) == masked(turn.output), turn.command


@pytest.mark.parametrize("page", READMES)
def test_what_a_page_shows_of_a_file_stands_in_that_file(page: str) -> None:
    shipped = [path.read_text(encoding="utf-8") for path in (ROOT / "guides").rglob("*.yaml")]
    for language, block in blocks(page):
        if language == "yaml":
            assert any(block in text for text in shipped), block


def test_the_embedding_example_is_the_one_of_the_page() -> None:
    (shown,) = [block for language, block in blocks("README.md") if language == "python"]
    assert shown == (ROOT / "examples/embed.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", LOCALES)
def test_a_page_has_no_block_that_nobody_runs(page: str) -> None:
    assert {language for language, _ in blocks(page)} <= {"console", "sh", "python", "yaml", "ini"}
    unwritten = [word for word, _, language, _ in BLOCK.findall(text_of(page)) if language == "yaml" and not word]
    assert page in READMES or not unwritten
    assert len(re.findall(r"^```", text_of(page), re.MULTILINE)) == 2 * len(blocks(page))


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    """The language and the text of each block of a page."""
    return [(language, block) for _, _, language, block in BLOCK.findall(text_of(page))]


def turns_of(text: str, folder: Path) -> Iterator[Turn]:
    """The commands of a page in order; a Python block becomes a file of the folder on the way."""
    written: dict[str, str] = {}
    for word, name, language, block in BLOCK.findall(text):
        if word:
            written[name] = with_sections(written[name], block) if word == "sections" else block
            yield Turn(f"mkdir -p {Path(name).parent}; cat > {name} <<'END OF FILE'\n{written[name]}END OF FILE", None)
        elif language == "sh":
            yield Turn(block, None)
        elif language == "console":
            yield from dialogue(block)
        elif language == "python":
            (folder / "embed.py").write_text(block, encoding="utf-8")


def with_sections(text: str, block: str) -> str:
    """The text of a file with the sections of a block in place of its own."""
    new = {found[1]: found.group() for found in SECTION.finditer(block)}
    kept = [new.pop(found[1], found.group()) for found in SECTION.finditer(text)]
    return "".join([*kept, *new.values()])


def dialogue(block: str) -> Iterator[Turn]:
    """The commands of a console block with the output written under each."""
    commands = [found.group() for found in COMMAND.finditer(block)]
    outputs = COMMAND.split(block)[1:]
    for command, output in zip(commands, outputs, strict=True):
        yield Turn(re.sub(r"^[$>] ", "", command, flags=re.MULTILINE), output.rstrip("\n"))


def run(commands: list[str], folder: Path, locale: str) -> list[tuple[str, int]]:
    """What each command prints, and how it ends, in one shell."""
    mark = r"__status=$?; printf '\n\x1e%d\x1e\n' $__status; (exit $__status)"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("JIANDU_", "LC_", "MAKE", "LANG"))
    }
    script = "exec 2>&1 </dev/null\n" + "".join(f"{command}\n{mark}\n" for command in commands)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**kept, "LANG": locale, "PYTHONPATH": str(ROOT / "engine"), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    pieces = END.split(done.stdout)
    return [(output.rstrip("\n"), int(status)) for output, status in zip(pieces[::2], pieces[1::2], strict=False)]


def rewritten(text: str, said: list[tuple[str, int]]) -> str:
    """The page with what its commands print now."""
    outputs = iter(said)

    def again(found: re.Match[str]) -> str:
        word, _, language, block = found.groups()
        if language == "sh" or word:
            next(outputs)
        if language != "console":
            return found.group()
        dialogues = [
            command.group().rstrip("\n") + "\n" + ending(next(outputs)[0]) for command in COMMAND.finditer(block)
        ]
        return f"```console\n{''.join(dialogues)}```"

    return BLOCK.sub(again, text)


def masked(output: str) -> str:
    """The output without the ids of cases, which are others at every run, and without digests."""
    return OTHER_EACH_TIME.sub("…", output)


def ending(output: str) -> str:
    return f"{output}\n" if output else ""
