"""Time limits: how a due day came about, and what can be wrong with a calendar."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    # Periods. English needs its plural, so only Chinese is said from here.
    "period-days": ("{n}日", "{n} days"),
    "period-working-days": ("{n}个工作日", "{n} working days"),
    "period-months": ("{n}个月", "{n} months"),
    "period-hours": ("{n}小时", "{n} hours"),
    # The steps of a reckoning.
    "trace-start": ("起算日：{day}，当日不计入期间", "Counted from {day}; that day itself does not count"),
    "trace-length": ("期间：{length}", "Length: {length}"),
    "trace-extension": ("延长：{length}", "Extended by {length}"),
    "trace-month-end": (
        "届满之月没有对应日，以该月最后一日为届满日",
        "The month has no corresponding day: its last day stands for it",
    ),
    "trace-month-end-sticky": (
        "起算日是当月最后一日，以届满之月最后一日为届满日",
        "Counted from the last day of a month: it ends on the last day of a month",
    ),
    "trace-skipped-day": ("{day}逢{holiday}放假，不计入工作日", "{day} ({holiday}) is no working day"),
    "trace-make-up-day": ("{day}是调休上班日，按工作日计", "{day} is a make-up day: a working day"),
    "trace-pause": (
        "{since}至{until}期间中止计算，顺延{length}",
        "Paused from {since} to {until}: {length} more",
    ),
    "trace-named": ("写明的期满日：{day}", "The due day named: {day}"),
    "trace-ends-on": ("期间至{day}届满", "The period ends on {day}"),
    "trace-no-roll": ("遇节假日不顺延", "An end on a day off is not moved"),
    "trace-roll-day": ("{day}逢{holiday}放假，顺延至次日", "{day} ({holiday}) is a day off: moved to the day after"),
    "trace-adopted": ("接收案件时登记的届满日：{day}", "Due day as recorded when the case was adopted: {day}"),
    "trace-due": ("最后期限：{day}", "Due on {day}"),
    "trace-calendar": ("放假调休依据：{title}", "Days off by calendar {id}, SHA-256 {digest}"),
    "trace-provisional": (
        "放假安排只收录{since}至{until}，其外暂按周末计算，此期限为暂定",
        "Days off are known from {since} to {until}; outside, only weekends are: the day is provisional",
    ),
    # Days off.
    "holiday-weekend": ("周末", "weekend"),
    "holiday-元旦": ("元旦", "New Year's Day"),
    "holiday-春节": ("春节", "Spring Festival"),
    "holiday-清明节": ("清明节", "Qingming Festival"),
    "holiday-劳动节": ("劳动节", "Labour Day"),
    "holiday-端午节": ("端午节", "Dragon Boat Festival"),
    "holiday-中秋节": ("中秋节", "Mid-Autumn Festival"),
    "holiday-国庆节": ("国庆节", "National Day"),
    "holiday-国庆节、中秋节": ("国庆节、中秋节", "National Day and Mid-Autumn Festival"),
    # What is wrong with a calendar.
    "calendar-shape": ("历法表此处应为：{wanted}", "The calendar needs here: {wanted}"),
    "calendar-shape.fix": (
        "对照模式文件检查此处的写法",
        "Compare this place with the schema of calendars",
    ),
    "calendar-span": ("{end}早于{begin}", "{end} comes before {begin}"),
    "calendar-span.fix": ("调换起止日期，或者改正其中一个", "Swap the two days, or correct one of them"),
    "calendar-year-missing": (
        "称已收录至{until}，但没有{year}年的放假安排",
        "The calendar claims to know the days up to {until} but has no year {year}",
    ),
    "calendar-year-missing.why": (
        "缺少的年份会被当作只有周末，期限会算错且不标明暂定",
        "A missing year counts as one of weekends alone: due days would be wrong and not marked provisional",
    ),
    "calendar-year-missing.fix": (
        "补上该年的通知，或者改动收录起止日",
        "Add that year's notice, or change known_from or known_until",
    ),
    "calendar-other-year": ("{day}不属于{year}年的通知", "{day} is no matter of the notice of {year}"),
    "calendar-other-year.fix": (
        "通知只涉及本年和上一年十二月，请检查年份",
        "A notice is about its year and the December before it: check the year",
    ),
    "calendar-day-twice": ("{day}出现两次", "{day} stands twice"),
    "calendar-day-twice.why": (
        "同一天不能既放假又上班，也不能属于两个节日",
        "A day cannot be both off and a working day, nor belong to two holidays",
    ),
    "calendar-work-weekday": ("{day}不是周末，不必列为调休上班日", "{day} is no weekend day and needs no making up"),
    "calendar-work-weekday.fix": ("检查日期是否写错", "Check the day for a slip"),
}
