"""A finding as one text: what is wrong, why it matters, what to do."""

from jiandu.catalogue import Language
from jiandu.check.report.excerpt import shown
from jiandu.findings import Finding


def whole(finding: Finding, language: Language) -> str:
    """Its sentences, each on a line of its own."""
    said = (finding.what(language), finding.why(language), finding.fix(language))
    return "\n".join(shown(text) for text in said if text)
