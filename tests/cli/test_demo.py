"""The demonstration: what a stranger sees first."""

import re
from collections.abc import Callable

import pytest

ACT = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日（星期.）　(?P<role>[^　]+)　(?P<act>[^　]+)　(?P<basis>.+)$")


@pytest.fixture
def told(empty) -> Callable[[str], str]:
    """What the demonstration says in a language."""

    def tell(language: str) -> str:
        done = empty.run("demo", lang=language, now=None)
        assert done.code == 0, done.err
        return done.out

    return tell


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demonstration_reads_as_it_was_accepted(told, golden, language):
    golden(f"demo-{language}.txt", told(language))


def test_in_chinese_it_shows_no_id_no_code_and_no_english_word(told):
    assert not re.findall(r"[A-Za-z_]", told("zh"))


def test_each_act_is_told_with_its_day_its_role_and_its_article(told):
    lines = [line for line in told("zh").splitlines() if re.match(r"\d{4}年", line) and "试图办理" not in line]
    assert len(lines) == 41
    for line in lines:
        found = ACT.match(line)
        assert found, line
        assert "《" in found["basis"] or found["basis"] in ("试点要求", "本指引约定")


def test_two_acts_are_refused_with_their_reasons_and_nothing_changes(told):
    text = told("zh")
    assert text.count("试图办理") == text.count("案件和数据库未作任何改动") == 2
    assert "未要求公安机关说明不立案理由的，不得通知立案" in text
    assert "最早可于2026年5月7日（星期四）办理" in text


def test_the_roll_over_the_labour_day_holiday_is_explained_day_by_day(told):
    text = told("zh")
    assert [f"5月{day}日" in text for day in range(1, 7)] == [True] * 6
    assert text.count("逢劳动节放假，顺延至次日") == 5


def test_the_alteration_is_found_and_named(told):
    before, after = told("en").split("Now somebody goes round the program")
    assert "was changed after it was written" not in before
    assert "was changed after it was written" in after
