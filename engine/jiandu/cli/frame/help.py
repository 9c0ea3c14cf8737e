"""Help in the reader's language, from the one catalogue."""

from collections.abc import Iterator

import click

from jiandu.catalogue import Language, has, say
from jiandu.check.report.excerpt import width

ROOT = "jiandu"
WIDEST_NAME = 34


def code_of(ctx: click.Context) -> str:
    """The code of a command's sentence: `help-case-do`."""
    names = []
    walked: click.Context | None = ctx
    while walked is not None and walked.parent is not None:
        names.append(str(walked.info_name))
        walked = walked.parent
    return "-".join(["help", *reversed(names)]) if names else f"help-{ROOT}"


def usage_of(ctx: click.Context, language: Language) -> str:
    """How the command is written: `jiandu case do [选项] 案件 事项`."""
    pieces = [ctx.command_path, say("usage-options", language)]
    if isinstance(ctx.command, click.Group):
        pieces.append(say("usage-command", language))
    pieces += [_argument(param, language) for param in ctx.command.params if isinstance(param, click.Argument)]
    return say("usage", language, {"how": " ".join(pieces)})


def help_of(ctx: click.Context, language: Language) -> str:
    """The whole help of a command."""
    code = code_of(ctx)
    lines = [usage_of(ctx, language), "", say(code, language)]
    if has(f"{code}.more"):
        lines += ["", say(f"{code}.more", language)]
    own = [param for param in ctx.command.params if isinstance(param, click.Option) and param.expose_value]
    shared = [p for p in ctx.command.get_params(ctx) if isinstance(p, click.Option) and not p.expose_value]
    lines += _block("help-commands", _commands(ctx, language), language)
    lines += _block("help-options", [_option(option, language) for option in own], language)
    lines += _block("help-shared", [_option(option, language) for option in shared], language)
    return "\n".join(lines)


def _commands(ctx: click.Context, language: Language) -> list[tuple[str, str]]:
    if not isinstance(ctx.command, click.Group):
        return []
    under = code_of(ctx) if ctx.parent else "help"
    return [(name, say(f"{under}-{name}", language)) for name in ctx.command.list_commands(ctx)]


def _option(option: click.Option, language: Language) -> tuple[str, str]:
    names = ", ".join((*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag or option.name == "help" else f" {_metavar(option, language)}"
    return names + metavar, say(f"option-{option.name}", language)


def _argument(argument: click.Argument, language: Language) -> str:
    name = _metavar(argument, language)
    name = f"{name}…" if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _metavar(param: click.Parameter, language: Language) -> str:
    if isinstance(param.type, click.Choice):
        return "|".join(map(str, param.type.choices))
    return metavar_of(str(param.name), language)


def metavar_of(name: str, language: Language) -> str:
    """What stands for a value in help and messages."""
    return say(f"metavar-{name}", language)


def _block(title: str, entries: list[tuple[str, str]], language: Language) -> list[str]:
    if not entries:
        return []
    room = min(WIDEST_NAME, max(width(name) for name, _ in entries))
    return ["", say(title, language), *(line for name, said in entries for line in _entry(name, said, room))]


def _entry(name: str, said: str, room: int) -> Iterator[str]:
    if width(name) > room:
        yield f"  {name}"
        name = ""
    yield f"  {name}{' ' * (room - width(name))}  {said}"
