"""What the author claims of every story is not true of one.

Among all situations that a case can come to there is one in which the statement fails, and the story that leads there
was played by the engine's own rules. Either the guide lacks a bar, or the claim says too much.
"""

from collections.abc import Iterator
from itertools import islice

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "error"
PROFILE = "release"
EXPLORES = True
TRIED = 5
"""So many situations are tried: not every one can be played."""


def find(subject: Subject) -> Iterator[Finding]:
    """The statements that some story breaks, each with the shortest that was found."""
    from jiandu.check.retell import told  # plays stories, which nothing else here does

    explorer, found = subject.explored
    for statement, cond in explorer.claims:
        broken = (n for n, s in enumerate(found.situations) if cond.value(s) is statement.never)
        for story in (told(explorer, found, n) for n in islice(broken, TRIED)):
            if story and statement.condition.holds(story.view) is statement.never:
                facts = {"says": statement.says, "way": story, "story": story.text}
                yield Finding("broken-statement", statement.place, facts)
                break
