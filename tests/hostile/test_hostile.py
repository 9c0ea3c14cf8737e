"""Hostile texts, kept as data: each is read or refused at the right line, in good time, and never harms the reader."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu.errors import GuideError
from jiandu.findings import Finding
from jiandu.source import read

CORPUS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("corpus.json").read_text(encoding="utf-8"))
MEMORY = 512 << 20
SECONDS = 10
SIGNS = "abk_01 :：,，、-[]{}\"'|>&*!%@`#?~<\n\r\t\\.\u3000\u00a0\u2028\ufeff\u0301é立案\U0001f600\ud800"


def content(case: dict[str, Any]) -> bytes | str:
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "repeat" in case:
        return "".join(piece * times for piece, times in case["repeat"])
    return str(case["text"])


def findings(text: bytes | str) -> tuple[Finding, ...]:
    try:
        read(text, "hostile.yaml")
    except GuideError as error:
        return error.findings
    return ()


def lines_of(text: bytes | str) -> list[str]:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_places_are_inside(found: tuple[Finding, ...], text: bytes | str) -> None:
    lines = lines_of(text)
    for place in (place for finding in found for place in (finding.place, *(also for also, _ in finding.also))):
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert place.length >= 1


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["name"])
def test_a_hostile_text_is_answered_with_its_rules_at_their_lines(case: dict[str, Any]) -> None:
    text = content(case)
    found = findings(text)
    said = [f"{finding.rule}:{finding.place.line}" for finding in found]
    assert len(said) > 50 if case["findings"] == ["MANY"] else said == case["findings"]
    assert_places_are_inside(found, text)
    assert all(finding.what(language) for finding in found for language in ("zh", "en"))


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case["name"])
def test_a_hostile_text_does_no_harm_to_a_process_of_little_memory_and_time(
    case: dict[str, Any], tmp_path: Path
) -> None:
    text = content(case)
    file = tmp_path / "hostile.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    program = (
        "import sys, pathlib\nfrom jiandu.errors import GuideError\nfrom jiandu.source import read_file\n"
        "try: read_file(pathlib.Path(sys.argv[1]))\nexcept GuideError: pass\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)],
        env=environment, capture_output=True, timeout=60, check=False, preexec_fn=_limited,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-500:]


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("opening", ["[", "{", "[{", "- ", "? ", "!", "&a ", "\t", "'"])
def test_a_million_openings_are_answered_at_once(opening: str) -> None:
    text = (opening * 1_000_000)[:1_000_000]
    assert min(_seconds(text) for _ in range(5)) < 0.05


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    findings(text)
    return time.perf_counter() - begun


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_inside_the_text(text: bytes) -> None:
    assert_places_are_inside(findings(text), text)


@given(st.one_of(st.text(max_size=200), st.text(alphabet=SIGNS, max_size=80)))
def test_any_text_is_read_or_refused_inside_the_text(text: str) -> None:
    assert_places_are_inside(findings(text), text)


@given(st.one_of(st.text(max_size=100), st.text(alphabet=SIGNS, max_size=60)))
def test_bytes_and_text_are_answered_alike(text: str) -> None:
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return
    if "\0" in text[:2]:
        return  # bytes that begin so are taken for UTF-16
    assert findings(encoded) == findings(text)


@given(st.one_of(st.text(max_size=100), st.text(alphabet=SIGNS, max_size=60)))
def test_every_remark_can_be_said_in_both_languages(text: str) -> None:
    for finding in findings(text):
        for language in ("zh", "en"):
            assert finding.what(language)
            assert finding.fix(language)
            finding.why(language)
