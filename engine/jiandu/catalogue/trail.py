"""What the check of a trail says: one sentence a fault, the result, and what a level of checking cannot show."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    "entry-altered": (
        "案件 {case} 第 {seq} 条记录在写入后被改动：内容与其校验值不符。",
        "Entry {seq} of case {case} was changed after it was written: it does not match its own checksum.",
    ),
    "entry-malformed": (
        "案件 {case} 第 {seq} 条记录无法按记录的格式读出。",
        "Entry {seq} of case {case} cannot be read as an entry.",
    ),
    "entry-missing": (
        "案件 {case} 缺少第 {which} 条记录。",
        "Entry {which} of case {case} is missing.",
    ),
    "entry-misplaced": (
        "案件 {case} 第 {seq} 条的位置上不是它自己的记录：所在位置为 {found}，记录自述为 {says}。",
        "In the place of entry {seq} of case {case} stands another one: the place is {found}, the entry says {says}.",
    ),
    "entry-twice": (
        "案件 {case} 第 {seq} 条记录出现了不止一次。",
        "Entry {seq} of case {case} is there more than once.",
    ),
    "link-broken": (
        "案件 {case} 第 {seq} 条记录与第 {before} 条不相衔接：两条之一事后被替换。",
        "Entry {seq} of case {case} does not continue entry {before}: one of the two was replaced afterwards.",
    ),
    "act-altered": (
        "案件 {case} 第 {seq} 条记录旁注的操作编号被改动：旁注为 {found}，记录自述为 {says}。",
        "The act id beside entry {seq} of case {case} was changed: it reads {found}, the entry says {says}.",
    ),
    "time-backwards": (
        "案件 {case} 第 {seq} 条记录的写入时间 {recorded} 早于前一条的 {before}。",
        "Entry {seq} of case {case} was recorded at {recorded}, before the one ahead of it ({before}).",
    ),
    "body-altered": (
        "案件 {case} 第 {seq} 条记录的正文在写入后被改动：与记录中的校验值不符。",
        "The body of entry {seq} of case {case} was changed after it was written: it does not match the entry.",
    ),
    "body-missing": (
        "案件 {case} 第 {seq} 条记录的正文缺失。",
        "The body of entry {seq} of case {case} is missing.",
    ),
    "newest-missing": (
        "案件 {case} 最新的记录缺失：案件登记载明共 {last} 条，从第 {seq} 条起没有。",
        "Case {case} lacks its newest entries: the register counts {last}, and from {seq} on there are none.",
    ),
    "head-behind": (
        "案件 {case} 的记录多于登记：登记载明 {says} 条，记录已到第 {seq} 条。",
        "Case {case} has more entries than the register counts: {says} there, but the trail goes to {seq}.",
    ),
    "head-mismatch": (
        "案件 {case} 最新的第 {seq} 条记录与案件登记所载不是同一条。",
        "The newest entry of case {case}, number {seq}, is not the one the register of cases names.",
    ),
    "case-differs": (
        "案件 {case} 的现状与其 {seq} 条记录累积的结果不一致：案件登记被改动。",
        "Case {case} is not what its {seq} entries make of it: its row in the register was changed.",
    ),
    "case-missing": (
        "有案件 {case} 的记录（到第 {seq} 条）,案件登记中却没有这一案件。",
        "There are entries of case {case} (up to {seq}), but the register of cases does not know the case.",
    ),
    "trail-whole": (
        "已核对 {cases} 件案件的 {entries} 条记录，未发现问题。",
        "Cases checked: {cases}; entries: {entries}; nothing wrong was found.",
    ),
    "trail-faulty": (
        "已核对 {cases} 件案件的 {entries} 条记录，发现 {found} 处问题。",
        "Cases checked: {cases}; entries: {entries}; faults found: {found}.",
    ),
    "trail-more": ("另有 {more} 处问题未逐一列出。", "{more} more are not listed."),
    "trail-level-1": (
        "核对级别 1（链条）：记录内部的改动、删除、调换和插入都会被发现。",
        "Level 1 (chain): a change, removal, exchange or insertion inside the trail is found.",
    ),
    "trail-level-1.limits": (
        "本级别不能发现：整条链连同登记一并重写；最新的记录连同登记一并删除；整件案件被移除。",
        "It cannot show a chain rewritten as a whole, or newest entries or a case removed together with the register.",
    ),
}
