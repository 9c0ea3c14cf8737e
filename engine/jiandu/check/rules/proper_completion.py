"""An end that is reached while something is still open: a step owed, a case held, a duty that a missed period has left.

The case is filed away, and nobody will look at what was left undone. Let the last move wait for it (`before`), or say
that it need not be done (`optional`, `on_missed: {nothing: true}`). The shortest story that leads there was played.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.words import title_words

SEVERITY = "error"
PROFILE = "release"
EXPLORES = True


def find(subject: Subject) -> Iterator[Finding]:
    """Each final state with each thing left open there."""
    from jiandu.check.retell import told  # plays stories, which nothing else here does
    from jiandu.check.standing import situation_of

    guide = subject.guide
    explorer, found = subject.explored
    for kind, name, cond in explorer.unmet:
        ends = (n for n, s in enumerate(found.situations) if explorer.final(s) and cond.value(s))
        story = told(explorer, found, n) if (n := next(ends, None)) is not None else None
        if n is not None and story and cond.value(situation_of(explorer.facts, story.view)):
            state = guide.states[explorer.facts.state.of(found.situations[n])[0]]
            title = guide.related[name].title if kind == "held" else title_words(name, guide)
            facts = {"state": state.title, "open": title, "way": story, "story": story.text}
            yield Finding("proper-completion", state.place, facts)
