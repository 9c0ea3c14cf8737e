"""`jiandu validate`: what is wrong with guides and all that stands beside them. Says nothing when nothing is."""

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jiandu.catalogue import Language, bare, say, sections
from jiandu.check import check_paths, check_text
from jiandu.check.cache import Verdicts, usual
from jiandu.check.report.excerpt import Pages, pages_of_files
from jiandu.cli.frame import screen
from jiandu.cli.frame.command import command as named
from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.failures import findings_shown
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, WORDS
from jiandu.errors import UsageError
from jiandu.findings import Finding
from jiandu.names import closest
from jiandu.source.page import Page

if TYPE_CHECKING:
    from jiandu.check.rules import Profile

FORMATS = ("sarif", "junit", "github", "gitlab")
"""The forms of findings that other programs read, each a module of that name with a function of that name."""
MOST = 1 << 21
"""So many bytes of standard input are read: more than any text may have."""


@named("validate")
@click.argument("paths", nargs=-1, type=FILE)
@click.option("--strict", is_flag=True)
@click.option("--thorough", is_flag=True)
@click.option("--format", "format_", type=click.Choice(["text", "json", *FORMATS]))
@click.option("--stdin-filename", type=WORDS)
@click.option("--explain", type=WORDS)
@click.pass_obj
def command(
    settings: Settings,
    paths: tuple[Path, ...],
    strict: bool,
    thorough: bool,
    format_: str | None,
    stdin_filename: str | None,
    explain: str | None,
) -> Exit:
    settings.json = format_ == "json" if format_ else settings.json
    if explain:
        return _explained(explain, settings.language)
    findings, pages = _judged(
        settings, paths, stdin_filename, "thorough" if thorough else "release" if strict else "drafting"
    )
    if format_ in FORMATS:
        form = getattr(import_module(f"jiandu.check.report.{format_}"), str(format_))
        screen.write(form(findings, settings.language).removesuffix("\n"))
    else:
        findings_shown(findings, settings, pages)
    failing = ("error", "warning") if strict or thorough else ("error",)
    return Exit.WRONG if any(finding.severity in failing for finding in findings) else Exit.FINE


def _explained(name: str, language: Language) -> Exit:
    """Prints the page of a rule in the reader's language; of any other finding what it says wherever it is found."""
    from jiandu.check.rules import rules

    found = next((rule for rule in rules() if rule.id == name), None)
    others = {code for codes in sections("findings").values() for code in codes if "." not in code}
    if found is None and name not in others:
        guess = closest(name, [*(rule.id for rule in rules()), *others])
        raise UsageError("rule-missing-guess" if guess else "rule-missing", name=name, guess=guess)
    told = (part for code in (name, f"{name}.why", f"{name}.fix") if (part := bare(code, language)))
    head = say(f"explained-{found.severity}", language, {"rule": name}) if found else name
    page = found.page(language) if found else "\n".join(told)
    screen.write(f"{head}\n\n{page}")
    return Exit.FINE


def _judged(
    settings: Settings, paths: tuple[Path, ...], name: str | None, profile: "Profile"
) -> tuple[tuple[Finding, ...], Pages]:
    if name is None and paths != (Path("-"),):
        if not paths:
            from jiandu.cli.frame.guides import guides_folder

            paths = (guides_folder(settings),)
        return check_paths(paths, Verdicts(usual(), profile), profile), pages_of_files()
    if any(path != Path("-") for path in paths):
        raise UsageError("usage-stdin-and-paths")
    name = name or "stdin.yaml"
    content = sys.stdin.buffer.read(MOST)
    page = Page(name, content.decode("utf-8", "replace").removeprefix("\ufeff"))
    files = pages_of_files()
    return check_text(content, Path(name), profile), lambda file: page if file == name else files(file)
