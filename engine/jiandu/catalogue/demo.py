"""What the demonstration says."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    "demo-title": (
        "演示：一件“应当立案而不立案”的立案监督案件，从线索到归档，按办案指引逐项办理，全部记入一个文件数据库。",
        "Demonstration: a matter of case-filing supervision (a case that ought to have been filed), from clue to archive, "
        "handled step by step under its guide, all of it kept in one database file.",
    ),
    "demo-stage": ("【{state}】", "[{state}]"),
    "demo-act": ("{day}　{role}　{act}　{basis}", "{day}  {role}: {act}  ({basis})"),
    "demo-open": ("登记线索，立卷", "registers the clue and opens the case"),
    "demo-number": ("　　　编号：{number}", "      number taken: {number}"),
    "demo-pilot": ("试点要求", "asked by the pilot"),
    "demo-design": ("本指引约定", "the guide's own choice"),
    "demo-due": (
        "　　　期限起算：{deadline}，由{role}履行，届满日{due}",
        "      period begins: {deadline}, owed by the {role}, due on {due}",
    ),
    "demo-met": ("　　　期限履行：{deadline}，按期", "      period met in time: {deadline}"),
    "demo-met-late": ("　　　期限履行：{deadline}，已逾期", "      period met late: {deadline}"),
    "demo-try": ("{day}　{role}　试图办理：{act}", "{day}  {role} tries: {act}"),
    "demo-refused": ("　　　不予办理：{reason}", "      refused: {reason}"),
    "demo-cited": ("　　　依据：{basis}", "      basis: {basis}"),
    "demo-unchanged": ("　　　案件和数据库未作任何改动。", "      Neither case nor database has changed."),
    "demo-why-due": ("　　　届满日的计算：", "      How the due day is found:"),
    "demo-why-step": ("　　　　· {step}", "        · {step}"),
    "demo-finished": (
        "案件{number}已归档，办理结果：{outcome}；共办理{entries}项，用时{days}天。",
        "Case {number} is archived, outcome: {outcome}; {entries} acts in {days} days.",
    ),
    "demo-verify": ("核验办案记录：", "The trail is verified:"),
    "demo-tamper": (
        "现在有人绕开程序：先用数据库语句删去防改触发器，再把第{seq}项记录（{day}“{act}”）改动一个字节。再次核验：",
        "Now somebody goes round the program: drops the triggers against changes by SQL, then alters one byte of entry "
        "{seq} ({act}, {day}). Verified again:",
    ),
    "demo-report": ("　　　{line}", "      {line}"),
    "demo-closing": (
        "须说明：这样的记录链只能发现局部改动。如果有人把全部记录重新写过一遍，或者删去最新的若干项并同时改动案件登记，"
        "仅凭数据库本身无法发现；那需要把记录的摘要定期存放到数据库之外。",
        "To be plain: such a chain finds changes inside itself. Whoever rewrites all of it, or removes the newest entries "
        "together with the register's note of them, cannot be found from the database alone; that takes digests kept "
        "outside it.",
    ),
}
