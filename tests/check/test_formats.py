"""Findings in the forms that other programs read."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

from jiandu.check import check_text
from jiandu.check.report.github import github
from jiandu.check.report.gitlab import gitlab
from jiandu.check.report.junit import junit
from jiandu.check.report.sarif import sarif
from jiandu.findings import Finding, Place

FIRES = Path(__file__).parent / "rules/no-path-to-end/fires.yaml"
FOUND = check_text(FIRES.read_bytes(), Path("mine/一,二.yaml"))
HOSTILE = (Finding("syntax", Place("a\n::error::b.yaml", 1, 1), {"line": "%0A\x1b[31m"}),)


def test_github_gets_one_line_a_finding_and_nothing_in_it_ends_the_command() -> None:
    [line] = github(FOUND, "en").splitlines()
    head = "::error file=mine/一%2C二.yaml,line=17,col=3,endColumn=11,title=no-path-to-end::"
    assert line.startswith(f"{head}From “调解” (settling) no path leads to the end.%0A")
    assert len(github(HOSTILE, "en").splitlines()) == 1
    assert "%250A·[31m" in github(HOSTILE, "en")


def test_gitlab_knows_a_finding_again_when_lines_above_it_come_and_go() -> None:
    [entry] = json.loads(gitlab(FOUND, "zh"))
    assert (entry["check_name"], entry["severity"]) == ("no-path-to-end", "major")
    assert entry["location"] == {"path": "mine/一,二.yaml", "lines": {"begin": 17}}
    later = check_text(b"# later\n" + FIRES.read_bytes(), Path("mine/一,二.yaml"))
    [moved] = json.loads(gitlab(later, "zh"))
    assert (moved["fingerprint"], moved["location"]["lines"]["begin"]) == (entry["fingerprint"], 18)
    twice = json.loads(gitlab((*FOUND, *FOUND), "zh"))
    assert len({one["fingerprint"] for one in twice}) == 2


def test_junit_has_a_case_for_each_file_and_one_where_nothing_is_wrong() -> None:
    [suite] = Xml.fromstring(junit(FOUND, "en"))
    [case] = suite
    assert (suite.attrib["failures"], case.attrib["file"]) == ("1", "mine/一,二.yaml")
    assert [failure.attrib["type"] for failure in case] == ["no-path-to-end"]
    [fine] = Xml.fromstring(junit((), "en"))
    assert (fine.attrib["tests"], fine.attrib["failures"], len(fine)) == ("1", "0", 1)


def test_sarif_names_the_rule_the_place_and_the_further_places() -> None:
    [run] = json.loads(sarif(FOUND, "en"))["runs"]
    [result] = run["results"]
    assert (result["ruleId"], result["level"]) == ("no-path-to-end", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "no-path-to-end"
    [place] = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "mine/%E4%B8%80%2C%E4%BA%8C.yaml"},
        "region": {"startLine": 17, "startColumn": 3, "endColumn": 11},
    }
    assert [one["physicalLocation"]["region"]["startLine"] for one in result["relatedLocations"]] == [19]


def test_sarif_tells_of_the_rule_in_the_readers_language() -> None:
    [run] = json.loads(sarif(FOUND, "zh"))["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "有流转可以转出，却没有路径通向终结状态的状态。"
    assert rule["fullDescription"]["text"].startswith(f"{rule['shortDescription']['text']}\n\n案件到了这里")
