"""Findings in the form of JUnit: a test case for every file that was judged wrong, a failure for each finding."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as Xml  # only written here, never read

from jiandu.catalogue import Language
from jiandu.check.report.whole import whole
from jiandu.findings import Finding


def junit(findings: Iterable[Finding], language: Language) -> str:
    """The document. Findings come by place."""
    listed = list(findings)
    root = Xml.Element("testsuites")
    suite = Xml.SubElement(root, "testsuite", name="jiandu validate")
    files = groupby(listed, key=lambda finding: finding.place.file)
    for file, found in files:
        case = Xml.SubElement(suite, "testcase", classname="jiandu", name=file, file=file)
        for finding in found:
            text = whole(finding, language)
            failure = Xml.SubElement(case, "failure", type=finding.rule, message=text.partition("\n")[0])
            failure.text = f"{finding.place}\n{text}"
    suite.set("tests", str(max(1, len(suite))))
    suite.set("failures", str(len(suite)))
    if not listed:
        Xml.SubElement(suite, "testcase", classname="jiandu", name="validate")
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
