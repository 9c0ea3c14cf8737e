"""Something a guide defines and never speaks of again: a role, a field, a paper, a setting, a relation, an outcome, an
article.

Readers look for what it is for and find nothing; often the real mistake is elsewhere, in a name that was spelled
otherwise. What lexicons define is not judged: not every guide that shares it needs all of it.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding

SEVERITY = "warning"
SECTIONS = ("roles", "fields", "documents", "settings", "related", "outcomes")


def find(subject: Subject) -> Iterator[Finding]:
    """The definitions of the guide's own text that nothing else names."""
    for section in SECTIONS:
        for name, cursor in subject.root.at(section).entries():
            needed = section == "fields" and "required_from" in cursor  # by a state
            if name != "defaults" and not needed and not subject.named_again(section, name):
                yield Finding("unused-definition", cursor.place, {"name": name})
    cited = {(citation.source, citation.article) for citation in subject.guide.citations.values()}
    for source, cursor in subject.root.at("sources").entries():
        for article, entry in cursor.at("articles").entries():
            if (source, article) not in cited:
                yield Finding("unused-definition", entry.place, {"name": f"{source}:{article}"})
