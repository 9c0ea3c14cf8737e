"""Units and people: what can be wrong with a people file."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    "people-unknown-unit": ("没有编号为{unit}的单位", "There is no unit {unit}"),
    "people-unknown-unit.why": (
        "单位不明，就无从判断谁有权办理",
        "Without the unit nobody can tell who may act",
    ),
    "people-unknown-unit.fix": ("在单位部分登记该单位，或者改正编号", "Add the unit under `units`, or correct its id"),
    "people-term-reversed": (
        "任职终日{until}早于始日{since}",
        "The office ends on {until}, before it begins on {since}",
    ),
    "people-term-reversed.fix": ("改正起止日期", "Correct the two days"),
    "people-superior-cycle": ("上级单位成环：{units}", "Units are superior to themselves: {units}"),
    "people-superior-cycle.why": (
        "上级审批时找不到最终的上级",
        "An act of the superior would never find who that is",
    ),
    "people-superior-cycle.fix": ("改正其中一个单位的上级", "Correct the superior of one of them"),
}
