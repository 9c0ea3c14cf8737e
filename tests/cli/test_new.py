"""`jiandu new`: what it writes is right, is played, and takes nothing away."""

import json

from command_line import Office


def test_a_new_guide_is_right_and_its_story_comes_true(empty: Office) -> None:
    written = empty.run("new", "letters", lang="en")
    assert written.out.split() == ["guides/letters.yaml", "guides/scenarios/letters/first.yaml"]
    judged = empty.run("validate", "--strict", "guides", now=None)
    assert (judged.code, judged.out) == (0, "")
    played = empty.run("test", "guides", "--json", now=None)
    assert json.loads(played.out)["stories"] == {"passed": 1, "failed": 0}


def test_what_is_there_already_is_not_written_over(empty: Office) -> None:
    empty.run("new", "letters")
    file = empty.folder / "guides/letters.yaml"
    file.write_text("mine", encoding="utf-8")
    again = empty.run("new", "letters", lang="en")
    assert again.code == 2
    assert "file-exists" in again.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_an_id_that_is_none_is_refused(empty: Office) -> None:
    for name in ("Letters", "../letters", "信", "a b"):
        assert "usage-guide-id" in empty.run("new", name).err
    assert not (empty.folder / "guides").exists()


def test_they_are_written_where_the_guides_are(empty: Office) -> None:
    assert empty.run("new", "items/letter", "--guides", "mine", "--json").json["written"] == [
        "mine/items/letter.yaml",
        "mine/scenarios/items/letter/first.yaml",
    ]
