"""The diagram of a guide: its states and transitions, as Mermaid or DOT."""

from collections.abc import Iterator

from jiandu.catalogue import Language
from jiandu.guide.model import Guide

Edge = tuple[str, str, str]
"""From, to, and what stands at the arrow."""


def mermaid(guide: Guide, language: Language) -> str:
    """The guide as a Mermaid state diagram, which Markdown viewers draw."""
    lines = ["stateDiagram-v2", f"    [*] --> {guide.initial}"]
    lines += [f"    {name}: {_plain(state.title.said(language))}" for name, state in guide.states.items()]
    lines += [f"    {source} --> {to}: {_plain(title)}" for source, to, title in _edges(guide, language)]
    lines += [f"    {name} --> [*]" for name, state in guide.states.items() if state.final]
    return "\n".join(lines) + "\n"


def dot(guide: Guide, language: Language) -> str:
    """The guide in the language of Graphviz."""
    lines = [f"digraph {_quoted(guide.id)} {{", "    rankdir=TB;", "    node [shape=box, style=rounded];"]
    for name, state in guide.states.items():
        shape = ", peripheries=2" if state.final else ""
        lines.append(f"    {_quoted(name)} [label={_quoted(state.title.said(language))}{shape}];")
    for source, to, title in _edges(guide, language):
        lines.append(f"    {_quoted(source)} -> {_quoted(to)} [label={_quoted(title)}];")
    return "\n".join([*lines, "}"]) + "\n"


def _edges(guide: Guide, language: Language) -> Iterator[Edge]:
    """One arrow for each pair of states, with every transition that leads from the one to the other."""
    titles: dict[tuple[str, str], list[str]] = {}
    for act in guide.acts.values():
        for state in act.states if act.moves else ():
            titles.setdefault((state, act.to), []).append(act.title.said(language))
    return ((source, to, " / ".join(said)) for (source, to), said in titles.items())


def _plain(text: str) -> str:
    """Text that Mermaid takes as text."""
    return text.replace(":", "：").replace(";", "；").replace("#", "＃").replace("\n", " ")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
