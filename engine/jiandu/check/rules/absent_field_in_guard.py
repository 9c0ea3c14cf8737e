"""A field held against a bound where it may be empty, and where nothing asks whether it is filled.

What is empty is neither more nor less: the test is false, and the refusal names the bound and not the gap. Say `has`
beside it, or require the field from a state before.
"""

from collections.abc import Iterator

from jiandu.check.subject import Subject
from jiandu.findings import Finding
from jiandu.guide.conditions import Has, Node, Reference, Test, parts
from jiandu.guide.model import Rule

SEVERITY = "warning"
BOUNDS = ("at_least", "at_most", "more_than", "less_than")


def find(subject: Subject) -> Iterator[Finding]:
    """The bounds, once for each field of a condition or rule."""
    for act in (subject.guide.powers["open"], *subject.openers):
        always = list(parts(act.when.node)) if act.when else []
        for nodes in (always, *(_of(rule) for rule in act.rules)):
            asked = {name for node in (*always, *nodes) if isinstance(node, Has) for name in node.fields}
            for name, test in _bounded(nodes).items():
                if name not in asked | subject.known(act.states):
                    facts = {"act": act.title, "field": subject.guide.fields[name].title, "id": name}
                    yield Finding("absent-field-in-guard", test.place, facts)


def _of(rule: Rule) -> list[Node]:
    return [node for condition in (rule.if_, rule.must) if condition for node in parts(condition.node)]


def _bounded(nodes: list[Node]) -> dict[str, Test]:
    """The first bound for each field."""
    tests = [node for node in nodes if isinstance(node, Test) and node.comparison in BOUNDS]
    return {
        one.name: test
        for test in reversed(tests)
        for one in (test.left, *test.options)
        if isinstance(one, Reference) and one.kind == "field"
    }
