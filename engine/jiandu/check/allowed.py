"""What an author has allowed on purpose: `# jiandu: allow no-effect — why it is right here`, at the end of the line.

Only named rules can be allowed, never what keeps a guide from being read. Each needs its reason, and one that allows
nothing any more is a fault itself.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from jiandu.check.rules import rules
from jiandu.findings import Finding, Place
from jiandu.names import closest
from jiandu.source.page import Page

WRITTEN = re.compile(r"#[ \t]*jiandu:[ \t]*allow[ \t]+(?P<rule>[a-z0-9-]*[a-z0-9])[ \t]*+(?:[—–:-]++(?P<reason>.*))?$")


class Allowance(NamedTuple):
    """One rule allowed on one line."""

    rule: str
    reason: str
    place: Place


def allowances(page: Page) -> Iterator[Allowance]:
    """Those that a text writes."""
    for number, line in enumerate(page.lines):
        if "jiandu:" in line and (found := WRITTEN.search(line)):
            place = page.place(number, found.start("rule"), len(found["rule"]))
            yield Allowance(found["rule"], (found["reason"] or "").strip(), place)


def rest(findings: Iterable[Finding], page: Page) -> Iterator[Finding]:
    """The findings on a page that it does not allow."""
    lines = {(one.rule, one.place.line) for one in allowances(page) if one.rule in _named()}
    return (finding for finding in findings if (finding.rule, finding.place.line) not in lines)


def wrong(findings: Iterable[Finding], page: Page, unasked: Container[str] = ()) -> Iterator[Finding]:
    """What is wrong with how a page allows things: for nothing (of rules `unasked` nobody knows), or unreasoned."""
    met = {(finding.rule, finding.place.line) for finding in findings if finding.rule in _named()}
    for earlier, one in enumerate(allowances(page)):
        if (one.rule, one.place.line) not in met and one.rule not in unasked:
            guess = "" if one.rule in _named() else closest(one.rule, _named(), earlier) or ""
            message = "stale-suppression.guess" if guess else ""
            facts = {"rule": one.rule, "guess": guess}
            yield Finding("stale-suppression", one.place, facts, message=message, severity="warning")
        elif not one.reason:
            yield Finding("suppression-without-reason", one.place, {"rule": one.rule})


@cache
def _named() -> frozenset[str]:
    return frozenset(rule.id for rule in rules())
