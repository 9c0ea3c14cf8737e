"""A guide as a page of Markdown: diagram, stages with their acts, time limits, papers, card, and what it rests on."""

from collections.abc import Iterable, Iterator

from jiandu.cli.wording.guide import Told, owing
from jiandu.cli.wording.questions import answers
from jiandu.guide.draw import mermaid
from jiandu.guide.model import MARKS, Deadline, Document, Field


def page(told: Told) -> str:
    """The whole page."""
    return "\n".join((*_head(told), *_stages(told), *_limits(told), *_papers(told), *_card(told), *_law(told))) + "\n"


def _head(told: Told) -> Iterator[str]:
    title, *facts = told.head()
    yield from (f"# {told.guide.title.said(told.language)}", "", title, "")
    yield from (f"- {line.strip()}" for line in facts)
    yield from ("", "```mermaid", mermaid(told.guide, told.language).rstrip(), "```")


def _stages(told: Told) -> Iterator[str]:
    for state, rows in answers(told):
        if not rows and state is None:
            continue
        title = told.say("show-anywhere") if state is None else f"{state.title.said(told.language)} `{state.id}`"
        yield from ("", f"## {title}", "")
        if state and state.why:
            law = told.law(state.basis)
            yield from (_line(state.why.said(told.language), law), "")
        if rows:
            cells = ((f"{row.title}{_to(told, row.act.to)}", row.who, row.when, row.law, row.otherwise) for row in rows)
            yield from _table(told, ("act", "who", "when", "law", "otherwise"), cells)
        rules = [_line(rule.says.said(told.language), told.law(rule.basis))
                 for row in rows for rule in row.act.rules]  # fmt: skip
        yield from ("", *(f"- {rule}" for rule in rules)) if rules else ()


def _to(told: Told, state: str) -> str:
    return f" → {told.guide.states[state].title.said(told.language)}" if state else ""


def _limits(told: Told) -> Iterator[str]:
    rows = [_limit(told, one) for one in told.guide.deadlines.values()]
    if rows:
        yield from ("", f"## {told.say('show-deadlines')}", "")
        yield from _table(told, ("limit", "owed", "length", "since", "expired", "law"), rows)


def _limit(told: Told, one: Deadline) -> tuple[str, ...]:
    owed = told.say("show-right", role=owing(one.owed_by, told.guide)) if one.right else str(
        owing(one.owed_by, told.guide).said(told.language))  # fmt: skip
    lengths = [told.length(one), *(line.strip() for version in one.versions for line in told.version(version))]
    moved = list(told.moved(one))[1 if one.warn else 0 :]
    expired = told.either(one.duty) if one.duty else told.say("page-internal" if one.internal else "page-recorded")
    law = told.law(one.basis)
    title = one.title.said(told.language)
    return title, owed, told.say("joined-sources").join([*lengths, *moved]), told.events(one.counts_from), expired, law


def _papers(told: Told) -> Iterator[str]:
    rows = [_paper(told, one) for one in told.guide.documents.values()]
    if rows:
        yield from ("", f"## {told.say('show-papers')}", "")
        yield from _table(told, ("paper", "signed", "released", "addressed", "reply", "law"), rows)


def _paper(told: Told, one: Document) -> tuple[str, ...]:
    field = told.guide.fields[one.addressed_field].title.said(told.language) if one.addressed_field else ""
    reply = next(told.reply(one), "")
    hands = told.roles(one.signed_by), told.roles(one.released_by), told.roles(one.addressed_to) or field
    return (one.title.said(told.language), *hands, reply, told.law(one.basis))


def _card(told: Told) -> Iterator[str]:
    if told.guide.fields:
        yield from ("", f"## {told.say('page-card')}", "")
        yield from (f"- {_field(told, one)}" for one in told.guide.fields.values())


def _field(told: Told, one: Field) -> str:
    since = told.guide.states[one.required_from].title if one.required_from else ""
    return _line(told.said(one), told.say("show-required-from", state=since) if since else "")


def _law(told: Told) -> Iterator[str]:
    """Every article the guide cites, the surest first."""
    yield from ("", f"## {told.say('page-law')}", "")
    cited = sorted(told.guide.citations.values(), key=lambda one: (MARKS.index(one.mark), one.source))
    cells = (
        (one.title.said(told.language), one.article, told.say(f"page-{one.mark}"), one.says.said(told.language))
        for one in cited
    )
    yield from _table(told, ("source", "article", "mark", "says"), cells)


def _table(told: Told, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    names = [told.say(f"page-{head}") for head in heads]
    yield f"| {' | '.join(names)} |"
    yield f"| {' | '.join('---' for _ in names)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '¦').replace(chr(10), ' ') for cell in row)} |"


def _line(said: str, beside: str) -> str:
    return f"{said}（{beside}）" if beside else said
