"""Why an act may not be done: a sentence for every code of a refusal."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    # is there such a thing here?
    "unknown-guide": ("没有办案指引“{name}”", "there is no guide “{name}”"),
    "unknown-guide.guess": (
        "没有办案指引“{name}”，是否指“{guess}”",
        "there is no guide “{name}”; did you mean “{guess}”?",
    ),
    "unknown-case": ("没有案件“{name}”", "there is no case “{name}”"),
    "unknown-name": ("本指引中没有“{name}”这项办理", "the guide knows no act “{name}”"),
    "unknown-name.guess": (
        "本指引中没有“{name}”这项办理，是否指“{guess}”",
        "the guide knows no act “{name}”; did you mean “{guess}”?",
    ),
    "unknown-power": ("本指引未授权办理“{name}”", "the guide gives nobody the power to {name}"),
    "unknown-person": ("人员名册中没有“{name}”", "the directory knows no person “{name}”"),
    "unknown-unit": ("人员名册中没有单位“{name}”", "the directory knows no unit “{name}”"),
    "finished": (
        "案件已归档（{state}），不再办理任何事项",
        "the case is finished ({state}); nothing can be done in it",
    ),
    "not-offered": (
        "“{state}”阶段不能办理“{act}”，该事项属于“{homes}”阶段",
        "“{act}” is not possible in “{state}”; it belongs to “{homes}”",
    ),
    "not-offered.why": (
        "“{state}”阶段不能办理“{act}”，该事项属于“{homes}”阶段：{why}",
        "“{act}” is not possible in “{state}”; it belongs to “{homes}”: {why}",
    ),
    "guide-not-in-force": (
        "办案指引《{guide}》在{day}未施行（自{from}起）",
        "the guide “{guide}” is not in force on {day} (from {from})",
    ),
    "guide-draft": ("办案指引《{guide}》仍是草案，不得用于办案", "the guide “{guide}” is still a draft"),
    "guide-retired": ("办案指引《{guide}》已停用", "the guide “{guide}” is retired"),
    # may you?
    "role-required": ("“{act}”应由{roles}办理", "“{act}” is for the {roles}"),
    "not-the-holder": (
        "“{act}”应由本案{roles}办理，您不是",
        "“{act}” is for the {roles} of this case, and you are not",
    ),
    "outside-unit": (
        "“{act}”应由承办本案的检察院人员办理",
        "“{act}” is for people of the procuratorate that handles the case",
    ),
    "outside-unit.read": (
        "无权查阅本案：您不属于承办院或其上级院",
        "you may not read this case: you belong neither to its procuratorate nor above",
    ),
    "same-person": ("“{act}”与“{other}”不得由同一人办理", "“{act}” and “{other}” may not be done by the same person"),
    "too-few-people": (
        "“{act}”应由{roles}{n}人以上参加，请指明参加人",
        "“{act}” takes at least {n} of the {roles}; name them",
    ),
    "quorum": (
        "“{act}”由{role}决定，应有{n}名以上成员出席并表决通过",
        "“{act}” is decided by the {role}: it takes {n} members present and a vote that carries",
    ),
    # is it time?
    "not-applicable": (
        "现在不能办理“{act}”：须{condition}",
        "“{act}” is not the act for now: it takes that {condition}",
    ),
    "too-early": (
        "现在办理“{act}”为时过早，最早可于{earliest}办理：须{condition}",
        "it is too early for “{act}”; the first possible day is {earliest}: it takes that {condition}",
    ),
    "rule-broken": ("“{act}”不符合规定：{says}", "“{act}” breaks a rule: {says}"),
    "future-day": (
        "“{act}”的日期（{day}）晚于今天（{today}）",
        "the day of “{act}” ({day}) lies after today ({today})",
    ),
    "before-its-cause": (
        "“{act}”的日期（{day}）早于其前提发生之日（{cause}）",
        "the day of “{act}” ({day}) lies before what it follows from ({cause})",
    ),
    "backdated-too-far": (
        "“{act}”补录的日期（{day}）过早，最早可补录至{first}",
        "“{act}” is back-dated too far ({day}); the earliest day that can still be recorded is {first}",
    ),
    # is it in order?
    "step-missing": ("办理“{act}”前，应当先完成“{step}”", "before “{act}”, “{step}” has to be done"),
    "duty-open": (
        "“{deadline}”已于{due}届满而未履行，办理“{act}”前应当先办理“{steps}”",
        "“{deadline}” ran out unmet on {due}; before “{act}”, “{steps}” has to be done",
    ),
    "step-order": ("“{act}”应在“{other}”之后办理", "“{act}” comes after “{other}”"),
    "already-done": ("“{act}”已经办理，不得重复", "“{act}” is done already"),
    "at-most": ("“{act}”最多办理{most}次", "“{act}” may be done at most {most} times"),
    "not-signed": ("《{paper}》尚未签发，不能办理“{act}”", "the {paper} is not signed yet; “{act}” is not possible"),
    "not-released": (
        "《{paper}》尚未编号用印，不能办理“{act}”",
        "the {paper} is not released yet; “{act}” is not possible",
    ),
    "which-paper": (
        "有多份《{paper}》待办，请指明哪一份：{papers}",
        "several papers wait; name the one you mean: {papers}",
    ),
    "which-addressee": ("请指明《{paper}》送达哪一方：{roles}", "name the addressee of the {paper}: {roles}"),
    "held-open": (
        "尚有{n}件“{relation}”未办结，不能办理“{act}”",
        "{n} cases of “{relation}” are open; “{act}” has to wait",
    ),
    "suspended": (
        "案件已中止办理，恢复后方可办理“{act}”",
        "the case is suspended; “{act}” has to wait until it is resumed",
    ),
    "extension-used-up": (
        "“{deadline}”已延长{n}次，不得再延长",
        "the period “{deadline}” was extended {n} times already",
    ),
    "extension-too-late": ("“{deadline}”已于{due}届满，不得再延长", "the period “{deadline}” ran out on {due}"),
    "not-running": ("“{deadline}”期限未在计算之中", "the period “{deadline}” is not running"),
    "already-relied-on": (
        "上一项办理已为他人所依据，不得撤销",
        "others rely on the newest act by now; it cannot be undone",
    ),
    "not-suspended": ("案件未中止办理", "the case is not suspended"),
    "migration-unmapped": ("新版指引没有与“{name}”对应的内容", "the new version has nothing for “{name}”"),
    # is it whole?
    "record-invalid": ("“{act}”的记录不合要求：{field}{fault}", "the record of “{act}” does not fit: {field} {fault}"),
    "card-invalid": ("“{act}”时案卡不合要求：{field}{fault}", "the card does not fit for “{act}”: {field} {fault}"),
    "value-missing": ("未填写", "is missing"),
    "value-not-asked": ("不在应填写之列", "is not asked for"),
    "value-named-twice": ("与期限只能填写一项", "and the period exclude each other"),
    "value-no-list": ("应填写为一项或多项的列表", "has to be a list of one or more"),
    "value-no-choice": ("不在可选范围内", "is none of the choices"),
    "value-no-integer": ("应为整数", "has to be a whole number"),
    "value-out-of-range": ("超出允许范围", "is out of range"),
    "value-no-text": ("应为文字且不得为空", "has to be text and not empty"),
    "value-too-long": ("过长", "is too long"),
    "value-control-character": ("含有不可见的控制字符", "holds an invisible control character"),
    "value-not-normal": ("的文字未采用标准编码形式（NFC）", "is not in Unicode normal form C"),
    "value-no-boolean": ("应为“是”或“否”", "has to be true or false"),
    "value-no-date": ("应为日期，如 2026-05-06", "has to be a date such as 2026-05-06"),
    "value-no-instant": ("应为带时区的时刻", "has to be an instant with its zone"),
    "value-no-checklist": ("应逐项回答核对清单", "has to answer every point of the checklist"),
    "value-no-object": ("应按所列项目填写", "has to be made of the fields it lists"),
    "value-no-period": ("应为期限，如 15 days", "has to be a period such as 15 days"),
    "value-no-name": ("应为一个标识", "has to be an identifier"),
    "value-no-attachment": ("应为带有摘要值的附件", "has to be an attachment with its digest"),
    "value-no-person": ("应指定一人", "has to name one person"),
    # in the transaction
    "key-reused": ("该请求编号已用于另一项办理", "the key was used before for another act"),
    "conflict": (
        "他人已先行办理，案件已有变化，请重新读取后再办",
        "someone was faster: the case has moved on; read it again",
    ),
    "refused": ("不予办理", "refused"),
    "act-open": ("立卷", "opening the case"),
    "act-amend": ("更正", "amending"),
    "act-assign": ("指定承办人", "assigning"),
    "act-note": ("附记", "noting"),
    "act-extend": ("延长期限", "extending a period"),
    "act-suspend": ("中止办理", "suspending"),
    "act-resume": ("恢复办理", "resuming"),
    "act-link": ("关联案件", "linking"),
    "act-migrate": ("转换指引版本", "migrating"),
    "act-adopt": ("接收在办案件", "adopting"),
    "act-rescind": ("撤销上一项办理", "rescinding"),
    "act-tick": ("期限登记", "recording of time limits"),
}
