"""What was found right is not judged again while it, and all that stands beside it, is as it was."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jiandu.check import cache, check_paths
from jiandu.check.cache import Verdicts, usual

GUIDE = (Path(__file__).parent / "rules/no-final-state/silent.yaml").read_text("utf-8")
WRONG = (Path(__file__).parent / "rules/no-final-state/fires.yaml").read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(GUIDE.replace("id: small", f"id: {name}"), encoding="utf-8")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon/people.yaml").write_text("jiandu: 1\nid: lexicon/people\ntitle: 人员\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def judged(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Judges the folder as a process of its own would, and tells which files it had to look at."""

    def run() -> list[str]:
        cache._whole.cache_clear()
        cache._program.cache_clear()
        verdicts = Verdicts(home / "kept" / "right")
        looked = [path.stem for path in verdicts.unknown(sorted(home.glob("*.yaml")))]
        check_paths(sorted(home.glob("*.yaml")), verdicts)
        return looked

    return run


def test_what_is_right_and_unchanged_is_not_looked_at_again(judged: Callable[[], list[str]]) -> None:
    assert judged() == ["a", "b"]
    assert judged() == []


def test_a_change_of_anything_beside_it_has_it_judged_again(home: Path, judged: Callable[[], list[str]]) -> None:
    judged()
    lexicon = home / "lexicon/people.yaml"
    lexicon.write_text(lexicon.read_text("utf-8") + "roles: {boss: {title: 负责人}}\n", encoding="utf-8")
    assert judged() == ["a", "b"]


@pytest.mark.parametrize("lent", ["lexicon/people.yaml", "en/lexicon/people.yaml"])
def test_a_change_of_a_lexicon_that_is_lent_to_it_has_it_judged_again(
    home: Path, judged: Callable[[], list[str]], tmp_path_factory: pytest.TempPathFactory, monkeypatch, lent: str
) -> None:
    shipped = tmp_path_factory.mktemp("shipped")
    file = shipped / lent
    file.parent.mkdir(parents=True)
    file.write_text("jiandu: 1\n", encoding="utf-8")
    usual_folder = cache.shipped.folder
    monkeypatch.setattr(cache.shipped, "folder", lambda name: shipped if name == "guides" else usual_folder(name))
    judged()
    assert judged() == []
    os.utime(file, ns=(2**61, 2**61))
    assert judged() == ["a", "b"]


def test_what_is_wrong_is_told_every_time(home: Path) -> None:
    (home / "a.yaml").write_text(WRONG, encoding="utf-8")
    for _ in range(2):
        cache._whole.cache_clear()
        found = check_paths([home / "a.yaml"], Verdicts(home / "kept" / "right"))
        assert "no-final-state" in {finding.rule for finding in found}


@pytest.mark.parametrize("kept", [b"\xff\xfe", b"", b"x\n" * 9])
def test_a_record_that_cannot_be_read_is_as_good_as_none(
    home: Path, judged: Callable[[], list[str]], kept: bytes
) -> None:
    (home / "kept").mkdir()
    (home / "kept/right").write_bytes(kept)
    assert judged() == ["a", "b"]
    assert judged() == []


def test_a_folder_that_cannot_be_written_is_no_error(home: Path) -> None:
    (home / "file").write_text("", encoding="utf-8")
    assert check_paths([home / "a.yaml"], Verdicts(home / "file/below/right")) == ()


def test_it_is_kept_where_such_things_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JIANDU_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert usual() == tmp_path / "jiandu/right"
    monkeypatch.setenv("JIANDU_CACHE", str(tmp_path / "own"))
    assert usual() == tmp_path / "own/right"
