"""Telling what went wrong: refusals with their law, errors with their code, in text or as data. Never a traceback."""

import os
import traceback
from collections.abc import Iterator

import click

from jiandu.catalogue import Language, say
from jiandu.check.report.excerpt import Pages, pages_of_files
from jiandu.check.report.json import findings_data
from jiandu.check.report.text import findings_told, summary
from jiandu.cli.frame.exits import Exit, exit_of
from jiandu.cli.frame.help import metavar_of
from jiandu.cli.frame.screen import write, write_json, write_lines
from jiandu.cli.frame.settings import Settings
from jiandu.data import reason_data
from jiandu.errors import GuideError, JianduError, Reason, RefusedError, UsageError
from jiandu.findings import Finding

DEBUG = "JIANDU_DEBUG"
"""With this in the environment a mistake of the program shows where it happened."""


def told(error: BaseException, settings: Settings) -> Exit:
    """Says what went wrong, and answers with the number to end with."""
    if isinstance(error, click.ClickException):
        error = _of_click(error, settings.language)
    if isinstance(error, RefusedError):
        _refused(error, settings)
    elif isinstance(error, GuideError):
        _misread(error, settings)
    elif isinstance(error, JianduError):
        _failed(error.code, error.text(settings.language), settings)
    else:
        return _unforeseen(error, settings)
    return exit_of(error)


def _of_click(error: click.ClickException, language: Language) -> UsageError:
    """What click found wrong with the command line, as an error of ours."""
    if isinstance(error, click.NoSuchOption):
        return UsageError("usage-no-option", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return UsageError("usage-no-value", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _of_parameter(error, error.param, language)
    return UsageError("usage-no-command")


def _of_parameter(error: click.BadParameter, param: click.Parameter, language: Language) -> UsageError:
    name = param.opts[0] if isinstance(param, click.Option) else metavar_of(str(param.name), language)
    if isinstance(error, click.MissingParameter):
        return UsageError("usage-missing", name=name)
    if isinstance(param.type, click.Choice):
        return UsageError("usage-no-choice", name=name, choices=tuple(param.type.choices))
    return UsageError("usage-bad-value", name=name)


# refusals


def _refused(error: RefusedError, settings: Settings) -> None:
    if settings.json:
        write_json({"refused": [reason_data(reason, settings.language) for reason in error.reasons]})
        return
    write(say("refused-because", settings.language), err=True)
    for line in reasons_told(error.reasons, settings):
        write(line, err=True)


def reasons_told(reasons: tuple[Reason, ...], settings: Settings) -> Iterator[str]:
    """Every reason with its code, and below it the law it rests on."""
    for reason in reasons:
        yield say("refused-reason", settings.language, {"reason": reason.text(settings.language), "code": reason.code})
        if cited := _cited(reason, settings):
            yield say("refused-basis", settings.language, {"basis": cited})


def _cited(reason: Reason, settings: Settings) -> str:
    """The articles in words; by their names where the guide is not known."""
    if settings.guide is not None:
        from jiandu.guide.words import basis_words  # a guide is read already, else nothing of it is loaded

        return basis_words(reason.basis, settings.guide, settings.language)
    return say("joined-articles", settings.language).join(reason.basis)


# errors


def _misread(error: GuideError, settings: Settings) -> None:
    if settings.json:
        write_json(findings_data(error.findings, settings.language))
    else:
        write_lines(findings_told(error.findings, settings.language, pages_of_files()), err=True)


def findings_shown(findings: tuple[Finding, ...], settings: Settings, pages: Pages | None = None) -> None:
    """Shows what is wrong with texts, where that is what was asked."""
    if settings.json:
        write_json(findings_data(findings, settings.language))
    elif findings:
        write_lines(findings_told(findings, settings.language, pages or pages_of_files()))
        if not settings.quiet:
            write(summary(findings, settings.language))


def _failed(code: str, message: str, settings: Settings) -> None:
    if settings.json:
        write_json({"error": {"code": code, "message": message}})
    else:
        write(say("failed", settings.language, {"message": message, "code": code}), err=True)


def _unforeseen(error: BaseException, settings: Settings) -> Exit:
    if os.environ.get(DEBUG):
        click.echo("".join(traceback.format_exception(error)), err=True)
    _failed("internal", say("internal", settings.language, {"kind": type(error).__name__, "debug": DEBUG}), settings)
    return Exit.INTERNAL
