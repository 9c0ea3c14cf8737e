"""Stories in the form of JUnit, which every CI system shows."""

from xml.etree import ElementTree as Xml  # only written here, never read

from jiandu.catalogue import Language
from jiandu.check.suite import Result, Suite
from jiandu.cli.frame.screen import cleaned


def junit(suite: Suite, language: Language) -> str:
    """The document: a test case for every story."""
    root = Xml.Element("testsuites")
    tests, failures = str(len(suite.results)), str(len(suite.failed))
    listed = Xml.SubElement(root, "testsuite", name="jiandu", tests=tests, failures=failures)
    for result in suite.results:
        _case(listed, result, language)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(listed: Xml.Element, result: Result, language: Language) -> None:
    group = result.story.guide if result.story else ""
    case = Xml.SubElement(listed, "testcase", classname=group, name=cleaned(result.file.stem), file=str(result.file))
    if result.failure:
        text = f"{result.failure.place}\n{result.failure.text(language)}"
        _failure(case, result.failure.code, text)
    for finding in result.findings:
        _failure(case, finding.rule, f"{finding.place}\n{finding.what(language)}")


def _failure(case: Xml.Element, code: str, text: str) -> None:
    failure = Xml.SubElement(case, "failure", type=code, message=cleaned(text.splitlines()[-1]))
    failure.text = cleaned(text)
