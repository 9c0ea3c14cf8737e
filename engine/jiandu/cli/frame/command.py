"""Commands and groups of commands that speak two languages, take the global options anywhere, and load when asked."""

import pkgutil
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import click

from jiandu.cli.frame.exits import Exit
from jiandu.cli.frame.help import help_of
from jiandu.cli.frame.settings import Settings
from jiandu.cli.frame.types import FILE, INSTANT, WORDS
from jiandu.errors import UsageError
from jiandu.names import closest

Callback = Callable[..., Any]
NO_COMMANDS = ("frame", "wording")
"""What stands beside the commands and is none."""


def _kept(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Puts a global option where it holds for the whole command; the one written last counts."""
    settings: Settings = ctx.find_root().obj
    if value not in (None, False) and param.name != "lang":
        setattr(settings, str(param.name), value)


def _told(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(help_of(ctx, ctx.find_root().obj.language))
        ctx.exit()


def global_options(*, environment: bool) -> list[click.Parameter]:
    """The options that every command takes; the environment is asked once, at the root."""

    def option(*names: str, env: str | None = None, **attributes: Any) -> click.Option:
        envvar = env if environment else None
        return click.Option(names, envvar=envvar, expose_value=False, callback=_kept, **attributes)

    return [
        option("--db", "database", env="JIANDU_DB", type=WORDS),
        option("--guides", "guides", env="JIANDU_GUIDES", type=FILE),
        option("--people", "people", env="JIANDU_PEOPLE", type=FILE),
        option("--now", "now", env="JIANDU_NOW", type=INSTANT),
        option("--lang", "lang", type=click.Choice(["zh", "en"])),
        option("--json", "json", is_flag=True),
        option("--quiet", "quiet", is_flag=True),
        click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_told),
    ]


class Spoken(click.Command):
    """One command."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*self.params, *global_options(environment=ctx.parent is None)]

    def get_help(self, ctx: click.Context) -> str:
        return help_of(ctx, ctx.find_root().obj.language)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if isinstance(self, click.Group) and not args:
            click.echo(self.get_help(ctx), err=True)
            ctx.exit(Exit.USAGE)
        ctx.allow_extra_args = True  # so that what is too much is said in the reader's language
        left = super().parse_args(ctx, args)
        if left and not isinstance(self, click.Group):
            raise UsageError("usage-extra", name=left[0])
        return left


class SpokenGroup(Spoken, click.Group):
    """A group of commands written in one file."""

    command_class = Spoken

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str, click.Command, list[str]]:
        name = args[0]
        if (found := self.get_command(ctx, name)) is None:
            guess = closest(name, self.list_commands(ctx))
            raise UsageError("unknown-command.guess" if guess else "unknown-command", name=name, guess=guess)
        return name, found, args[1:]


class Folder(SpokenGroup):
    """A group whose commands are the modules of a package: one file a command, imported when it is asked for."""

    def __init__(self, package: str, paths: Iterable[str], **attributes: Any) -> None:
        super().__init__(no_args_is_help=False, **attributes)
        self.package = package
        self.paths = list(paths)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(module.name for module in pkgutil.iter_modules(self.paths) if module.name not in NO_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        return command if isinstance(command, Spoken) else _spoken(cmd_name, command)


def _spoken(name: str, command: click.Command) -> Spoken:
    """A plain command with what all of ours have."""
    return Spoken(name, callback=command.callback, params=command.params)


def group(name: str) -> SpokenGroup:
    """A group whose commands are added with `@group.command("…")`."""
    return SpokenGroup(name, no_args_is_help=False)


def command(name: str) -> Callable[[Callback], Spoken]:
    """Makes a function a command."""
    return click.command(name, cls=Spoken)
