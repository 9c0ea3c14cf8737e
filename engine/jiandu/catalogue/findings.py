"""What is wrong with a guide, why it matters for a case, and what to do.

A code is a rule or a variant of one; `<code>.why` and `<code>.fix` go on from its sentence.
"""

from jiandu.catalogue import Words

TEXT: dict[str, Words] = {
    # syntax
    "syntax": ("第 {line} 行的写法无法读懂。", "Line {line} cannot be read."),
    "syntax.why": (
        "文件读不完整，其后的内容都无法核对，指引不能用于办案。",
        "The file cannot be read to its end, so nothing after this place can be checked or used for a case.",
    ),
    "syntax.fix": (
        "看这一行和上一行：括号、引号是否成对，冒号后是否有空格，缩进是否对齐。",
        "Look at this line and the one above: brackets and quotes in pairs, a space after each colon, lines aligned.",
    ),
    "syntax-tab": ("这一行用制表符缩进。", "This line is indented with a tab."),
    "syntax-tab.fix": ("把制表符换成空格，每层两个。", "Replace the tab with spaces, two for each level."),
    "syntax-unclosed-quote": ("这里的引号没有收尾。", "This quote is never closed."),
    "syntax-unclosed-quote.fix": (
        "在这段文字的末尾补上同样的英文引号；文字里的英文单引号要写两遍。",
        "Close the text with the same quote; a single quote inside a single-quoted text is written twice.",
    ),
    "syntax-text-after-quote": (
        "引号收尾之后，同一行还有文字。",
        "There is more text on the line after the closing quote.",
    ),
    "syntax-text-after-quote.fix": (
        "把整个值放进一对英文双引号，里面的引用改用“ ”。",
        "Put the whole value into one pair of quotes; quote inside it with other signs.",
    ),
    "syntax-escape": (
        "双引号内的反斜线后面不是可用的写法。",
        "The backslash inside the double quotes is followed by something it has no meaning for.",
    ),
    "syntax-escape.fix": (
        "改用单引号，其中的反斜线就是反斜线本身。",
        "Use single quotes, in which a backslash is just a backslash.",
    ),
    "syntax-unclosed-bracket": ("这里的 `{sign}` 没有对应的收尾括号。", "This `{sign}` has no bracket to close it."),
    "syntax-unclosed-bracket.fix": (
        "补上收尾括号；内容较多时改为分行书写，不用括号。",
        "Close it; where there is much inside, write it on lines of its own without brackets.",
    ),
    "syntax-extra-bracket": ("多了一个 `{sign}`。", "There is a `{sign}` that nothing opened."),
    "syntax-extra-bracket.fix": (
        "删去它；它若是文字的一部分，给整个值加英文引号。",
        "Delete it; if it is part of a text, put the whole value into quotes.",
    ),
    "syntax-tight-colon": ("冒号后面少一个空格。", "The colon is not followed by a space."),
    "syntax-tight-colon.fix": ("在冒号后面加一个空格。", "Put a space after the colon."),
    "syntax-missing-colon": (
        "这一行没有冒号，看不出哪里是名称、哪里是内容。",
        "This line has no colon, so it names nothing.",
    ),
    "syntax-missing-colon.fix": (
        "写成“名称、英文冒号、空格、内容”；若是上一行文字的继续，给整段文字加引号。",
        "Write name, colon, space, value; if it goes on from the line above, put the whole text into quotes.",
    ),
    "syntax-list-beside-key": ("清单不能与名称写在同一行。", "A list cannot begin on the line of its key."),
    "syntax-list-beside-key.fix": (
        "另起一行，缩进两格再写 `- `；或者写成 `[甲, 乙]`。",
        "Begin it on the next line, two spaces in; or write `[a, b]`.",
    ),
    "syntax-indentation": (
        "这一行的缩进与上文对不上，看不出它属于谁。",
        "The indentation of this line matches nothing above, so it belongs to nothing.",
    ),
    "syntax-indentation.fix": (
        "与同级各行对齐；它若属于上一行，上一行应以英文冒号结尾。",
        "Align it with its neighbours; if it belongs to the line above, that line must end with a colon.",
    ),
    "syntax-key-not-text": ("名称只能是文字，不能是清单或者一组内容。", "A key must be text, not a list or a mapping."),
    "syntax-key-not-text.fix": (
        "若花括号或者方括号是文字的一部分，给它加英文引号。",
        "If the brackets are part of a text, put it into quotes.",
    ),
    # unquoted
    "unquoted": (
        "以 `{sign}` 开头的文字没有加引号。",
        "A text that begins with `{sign}` is not in quotes.",
    ),
    "unquoted.why": (
        "这个符号在文件格式里另有用处，文字会被读成别的东西，文号、标题因此出错。",
        "The sign has a meaning of its own here, so the text would be read as something else.",
    ),
    "unquoted.fix": ("给整个值加英文双引号。", "Put the whole value into double quotes."),
    "unquoted-colon": (
        "文字里有“冒号加空格”，却没有加引号。",
        "A text with a colon and a space in it is not in quotes.",
    ),
    # null-in-flow-mapping
    "null-in-flow-mapping": (
        "花括号里的 `{key}` 后面没有内容。",
        "`{key}` inside the braces has no value.",
    ),
    "null-in-flow-mapping.why": (
        "花括号里的英文逗号把一段文字切成了两段，后一段被当成了名称，原来的文字就不完整了。",
        "A comma inside braces cuts a text in two: the second half became a key, and the text is no longer whole.",
    ),
    "null-in-flow-mapping.fix": (
        "文字里的逗号改用“，”，或者给文字加英文双引号。",
        "Put the text with the comma, or with the braces, into double quotes.",
    ),
    "null-in-flow-mapping-written": (
        "花括号里的 `{key}` 写成了空值。",
        "`{key}` inside the braces is written as nothing.",
    ),
    "null-in-flow-mapping-written.why": ("空值不表达任何意思。", "Nothing says nothing."),
    "null-in-flow-mapping-written.fix": ("不需要时整项删去。", "Leave the entry out if it is not needed."),
    # duplicate-key
    "duplicate-key": (
        "`{key}` 写了两次（第 {first} 行和第 {second} 行）。",
        "`{key}` is written twice (lines {first} and {second}).",
    ),
    "duplicate-key.why": (
        "只能有一处算数，办案人看到的和系统执行的可能不是同一处。",
        "Only one can count: what a reader sees may not be what is carried out.",
    ),
    "duplicate-key.fix": ("合并两处，或者给其中一处改名。", "Merge the two, or rename one."),
    "duplicate-key-first": ("第一次写在这里", "first written here"),
    # full-width-punctuation
    "full-width-punctuation": (
        "这里用了中文标点 `{sign}`，应当是英文标点 `{ascii}`。",
        "This is the full-width sign `{sign}`; `{ascii}` is meant.",
    ),
    "full-width-punctuation.why": (
        "中文标点只是文字的一部分，不能分开名称和内容，这一项等于没有写。",
        "A full-width sign is part of the text and separates nothing: the entry is as good as not written.",
    ),
    "full-width-punctuation.fix": (
        "换成英文标点，后面加一个空格。",
        "Replace it with the ASCII sign, followed by a space.",
    ),
    "full-width-punctuation-blank": ("这一行用中文空格缩进。", "This line is indented with full-width blanks."),
    "full-width-punctuation-blank.fix": (
        "换成普通空格，每层两个。",
        "Replace them with ordinary spaces, two for each level.",
    ),
    # anchor-or-alias
    "anchor-or-alias": (
        "这里用了代换写法，指引不接受。",
        "Anchors, aliases, tags and merge keys are not part of the guide language.",
    ),
    "anchor-or-alias.why": (
        "每一条规定应当在适用的地方直接读到，不能指向别处。",
        "Whoever reads a rule must see it where it applies, not behind a reference.",
    ),
    "anchor-or-alias.fix": (
        "把内容直接写在这里；若是文字，给它加英文双引号。",
        "Write the content here; if it is a text, put it into double quotes.",
    ),
    "anchor-or-alias-anchor": ("`&` 开头的标记不能用。", "An anchor (`&`) may not be used."),
    "anchor-or-alias-alias": ("`*` 开头的引用不能用。", "An alias (`*`) may not be used."),
    "anchor-or-alias-tag": ("`!` 开头的类型标记不能用。", "A tag (`!`) may not be used."),
    "anchor-or-alias-merge-key": ("合并写法 `<<` 不能用。", "The merge key `<<` may not be used."),
    # too-large
    "too-large": ("内容过大。", "This is too large."),
    "too-large.why": ("超出人能核对的范围，不会是一份指引。", "Nobody could check so much; this is no guide."),
    "too-large.fix": ("拆成几个文件，或者检查是否选错了文件。", "Split it, or see whether this is the right file."),
    "too-large-file": ("文件超过 {limit}。", "The file is larger than {limit}."),
    "too-large-depth": ("嵌套超过 {limit} 层。", "This is nested deeper than {limit} levels."),
    "too-large-nodes": ("内容超过 {limit} 项。", "The file has more than {limit} values."),
    "too-large-scalar": ("这段文字超过 {limit} 个字。", "This text is longer than {limit} characters."),
    "too-large-scalar.fix": ("缩短它；详细说明放在别的文件里。", "Shorten it; keep long explanations elsewhere."),
    # not-utf8
    "not-utf8": ("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    "not-utf8.why": ("文字会变成乱码，无法核对。", "Its characters cannot be read."),
    "not-utf8.fix": ("在编辑器里另存为 UTF-8 编码。", "Save it as UTF-8 in your editor."),
    "not-utf8-gbk": ("文件看来是 GBK 编码，不是 UTF-8。", "The file seems to be GBK, not UTF-8."),
    "not-utf8-utf16": ("文件是 UTF-16 编码，不是 UTF-8。", "The file is UTF-16, not UTF-8."),
    # invisible-character
    "invisible-character": ("这里有不应出现的字符。", "There is a character here that does not belong."),
    "invisible-character.why": (
        "肉眼看不出差别，系统读到的却和人看到的不一样。",
        "It cannot be seen, so what is read is not what people see.",
    ),
    "invisible-character.fix": ("删去这个字符，重新输入这一处。", "Delete it and type this place again."),
    "invisible-character-line-end": (
        "这里有一个特殊的换行符（{code}）。",
        "There is a special line separator here ({code}).",
    ),
    "invisible-character-direction": (
        "这里有改变文字方向的字符（{code}）。",
        "There is a character here that changes the direction of the text ({code}).",
    ),
    "invisible-character-blank": ("这里有一个特殊的空格（{code}）。", "There is a special blank here ({code})."),
    "invisible-character-blank.fix": ("换成普通空格。", "Replace it with an ordinary space."),
    "invisible-character-control": (
        "这里有一个看不见的字符（{code}）。",
        "There is an invisible character here ({code}).",
    ),
    "invisible-character-look-alike": (
        "`{piece}` 用的是另一种编码形式，看上去与 `{instead}` 相同。",
        "`{piece}` is encoded in another form and looks like `{instead}`.",
    ),
    "invisible-character-look-alike.why": (
        "两种形式看上去一样，比对时却不相同，名称和签名会对不上。",
        "Both look the same but do not compare as equal, so names and digests would not match.",
    ),
    "invisible-character-look-alike.fix": ("改为 `{instead}`，用输入法重新输入。", "Type it again as `{instead}`."),
    # several-documents, empty-file
    "several-documents": ("`---` 之后又开始了另一份内容。", "A second document begins at this `---`."),
    "several-documents.why": (
        "一个文件只能放一份，后面的不会被读取。",
        "One file holds one; what follows would be ignored.",
    ),
    "several-documents.fix": ("拆成两个文件，或者删去 `---`。", "Split the file in two, or delete the `---`."),
    "empty-file": ("文件里没有内容。", "There is nothing in the file."),
    "empty-file.fix": ("从已有的指引复制一份开始写。", "Begin with a copy of an existing guide."),
}
"""Whether the file can be read at all."""

WHOLE: dict[str, Words] = {
    "unknown-setting": ("没有设置项 `{name}`。", "There is no setting `{name}`."),
    "unknown-setting.guess": (
        "没有设置项 `{name}`，是否指 `{guess}`？",
        "There is no setting `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-setting.why": (
        "读不到设置的值，用到它的期限、角色就是空的。",
        "There is no value for the period or role that it should give.",
    ),
    "unknown-setting.fix": (
        "在 `settings` 中写上这个设置项，或者改正名称。",
        "Define it under `settings`, or correct the name.",
    ),
    "setting-out-of-bounds": (
        "`{value}` 不在设置项 `{name}` 允许的范围内。",
        "`{value}` is not within the bounds of the setting `{name}`.",
    ),
    "setting-out-of-bounds.why": (
        "超出范围的选择没有依据，不得用于办案。",
        "Nothing allows such a choice, so no case may be handled under it.",
    ),
    "setting-out-of-bounds.fix": (
        "按设置项的类型，在 `between` 或者 `choices` 之内选定；期间用同一单位。",
        "Choose a value of its type within `between` or `choices`; periods in the same unit.",
    ),
    "unknown-relation": ("没有关联 `{name}`。", "There is no relation `{name}`."),
    "unknown-relation.guess": (
        "没有关联 `{name}`，是否指 `{guess}`？",
        "There is no relation `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-relation.why": (
        "不知道属于什么关联，就不能另立案件，也数不出案件。",
        "Without it no case can be opened beside this one, and none counted.",
    ),
    "unknown-relation.fix": ("在 `related` 中写上，或者改正名称。", "Define it under `related`, or correct the name."),
    "advisory-decides": ("`{name}` 只供咨询，不能作决定。", "`{name}` only advises and cannot decide."),
    "advisory-decides.why": (
        "咨询意见不能代替有权者的决定，这样办成的事项没有效力。",
        "Advice cannot stand for the decision of those who have the power to take it.",
    ),
    "advisory-decides.fix": (
        "改由有权决定的角色办理；咨询意见另写一个步骤。",
        "Name the role that decides; let the advice be a step of its own.",
    ),
    "condition-no-checklist": (
        "`{name}` 不是核对清单，不能用 `any_is`。",
        "`{name}` is no checklist; `any_is` belongs to those.",
    ),
    "condition-no-checklist.fix": ("直接写值，或者写成清单。", "Write the value, or a list of values."),
    "each-of-one": (
        "`{name}` 只有一项，不能逐项另立案件。",
        "`{name}` holds one entry, so no case can be opened for each.",
    ),
    "each-of-one.why": (
        "应当逐人、逐事另立的案件会漏立。",
        "Cases that should be opened one for each would not be opened.",
    ),
    "each-of-one.fix": ("给这个记录项写上 `many: true`。", "Give the record field `many: true`."),
    # what to do about the others
    "unknown-state.fix": (
        "写 `states` 中的状态，或者补上它。",
        "Name one of `states`, or add it.",
    ),
    "unknown-act.fix": (
        "写步骤、流转的名称；文书的办理写成 `request.release`。",
        "Name a step or a transition; the acts of a paper are written like `request.release`.",
    ),
    "unknown-role.fix": (
        "写 `roles` 中的角色，或者补上它。",
        "Name one of `roles`, or add it.",
    ),
    "unknown-field.fix": (
        "写案卡字段或者记录项的名称，或者补上它。",
        "Name a field of the card or of the record, or add it.",
    ),
    "unknown-document.fix": (
        "写 `documents` 中的文书，或者制发它的步骤。",
        "Name one of `documents`, or the step that sends it.",
    ),
    "unknown-deadline.fix": (
        "写 `deadlines` 中的期限；文书的回复期限写成 `request.reply`。",
        "Name one of `deadlines`; a paper's reply period is written like `request.reply`.",
    ),
    "unknown-source.fix": (
        "写 `sources` 中的依据，或者补上它。",
        "Name one of `sources`, or add it.",
    ),
    "unknown-article.fix": (
        "在该依据的 `articles` 中补上这一条，或者改正条文号。",
        "Add it to the `articles` of the source, or correct the number.",
    ),
    "unknown-outcome.fix": (
        "写 `outcomes` 中的结果，或者补上它。",
        "Name one of `outcomes`, or add it.",
    ),
    "condition-type.fix": (
        "写一个与左边类型相同的值。",
        "Write a value of the type that the left side has.",
    ),
    "condition-two-types.fix": ("两边改用同一类型的字段。", "Compare fields of the same type."),
    "condition-shift.fix": (
        "删去 `plus`、`minus`，或者改用日期。",
        "Leave out `plus` or `minus`, or name a day.",
    ),
    "condition-order.fix": (
        "直接写值；`{comparison}` 只用于数、日期和层级。",
        "Write the value itself; `{comparison}` is for numbers, days and levels.",
    ),
    "condition-shift-unit.fix": (
        "用日或者月，例如 `3 days`。",
        "Use days or months, such as `3 days`.",
    ),
    "condition-not-many.why": (
        "只有一个值的字段谈不上包含。",
        "A single value includes nothing.",
    ),
    "condition-many.why": (
        "多个值与一个值比较，永远不会相等。",
        "Several values are never equal to one.",
    ),
    "role-not-assigned.why": (
        "没有人能据此成为本案的承办人。",
        "Nobody would come to hold the case by it.",
    ),
    "unknown-lexicon.why": (
        "其中的角色、依据、文书都读不到，指引不能用于办案。",
        "Its roles, sources and papers are missing, so no case can be handled under the guide.",
    ),
    "period-unit.why": (
        "从某日往回数，只有日和月数得准。",
        "Only days and months can be counted back from a day.",
    ),
    "value-not-in-choices.fix": (
        "写 `choices` 中的一个代码，或者补上它。",
        "Write one of the codes of its `choices`, or add it.",
    ),
}
"""Settings, relations, advice, and what to do about names that nothing bears."""

SHAPE: dict[str, Words] = {
    # unknown-key, missing-key
    "unknown-key": ("这里不能写 `{key}`。", "`{key}` is not known here."),
    "unknown-key.why": (
        "写错的名称不会生效，本应管住的地方就没有管住。",
        "A key that is not known has no effect: what it should govern is left open.",
    ),
    "unknown-key.fix": ("这里可以写：{allowed}。", "Known here: {allowed}."),
    "unknown-key-guess": (
        "这里不能写 `{key}`，是否指 `{guess}`？",
        "`{key}` is not known here. Did you mean `{guess}`?",
    ),
    "missing-key": ("这里缺少 `{key}`{called}。", "`{key}` is missing here."),
    "missing-key.why": ("没有它就不能办理，也不能检查。", "Without it nothing can be carried out or checked."),
    "missing-key.fix": ("补上 `{key}`。", "Add `{key}`."),
    "missing-key-whole": ("文件缺少 `{key}`{called}。", "The file lacks `{key}`."),
    # wrong-form: the kinds of values
    "wrong-form": ("`{value}` 的写法不对。", "`{value}` is not written as it should be."),
    "wrong-form.why": (
        "写法不对的值无法执行，写错的期限、日期会误事。",
        "A value that cannot be understood cannot be carried out; a wrong day or period does harm.",
    ),
    "wrong-form-string": ("这里应是文字，写的是{found}。", "A text is wanted here, not {found}."),
    "wrong-form-string.fix": (
        "写一段文字；方括号、花括号若是文字，加英文双引号。",
        "Write a text; put brackets that belong to it into quotes.",
    ),
    "wrong-form-unquoted": (
        "`{value}` 会被读成{found}，这里应是文字。",
        "`{value}` is read as {found}; a text is wanted here.",
    ),
    "wrong-form-unquoted.fix": ('加英文双引号：`"{value}"`。', 'Put it into double quotes: `"{value}"`.'),
    "wrong-form-integer": ("这里应是整数，写的是{found}。", "A whole number is wanted here, not {found}."),
    "wrong-form-integer.fix": (
        "写成不带引号、小数和前导零的数字；金额以分为单位。",
        "Write digits without quotes, point or leading zero; amounts are in fen.",
    ),
    "wrong-form-boolean": ("这里应写 `true`（是）或者 `false`（否）。", "Either `true` or `false` is wanted here."),
    "wrong-form-boolean.fix": ("写 `true` 或者 `false`，不加引号。", "Write `true` or `false`, without quotes."),
    "wrong-form-array": ("这里应是清单，写的是{found}。", "A list is wanted here, not {found}."),
    "wrong-form-array.fix": (
        "放进方括号：`[甲, 乙]`；只有一项也要写方括号。",
        "Put it into brackets: `[a, b]`, a single one too.",
    ),
    "wrong-form-object": (
        "这里应是一组“名称: 内容”，写的是{found}。",
        "Keys and values are wanted here, not {found}.",
    ),
    "wrong-form-object.fix": (
        "另起一行，缩进两格，逐项写“名称、英文冒号、空格、内容”。",
        "Begin on the next line, two spaces in: key, colon, space, value.",
    ),
    "wrong-form-any": (
        "这里应是{wanted}中的一种，写的是{found}。",
        "One of these is wanted here: {wanted}; not {found}.",
    ),
    "wrong-form-any.fix": ("改成其中一种。", "Write one of them."),
    "wrong-form-nothing": ("这里没有内容。", "There is no value here."),
    "wrong-form-nothing.fix": ("写上内容；不需要时整项删去。", "Write a value, or leave the entry out."),
    "wrong-form-empty": ("这里是空的。", "This is empty."),
    "wrong-form-empty.fix": ("至少写一项；不需要时整项删去。", "Write at least one, or leave the entry out."),
    "wrong-form-pair": ("这里应恰好有两项。", "There have to be exactly two entries here."),
    "wrong-form-pair.fix": (
        "先写下限，后写上限：`[3 days, 60 days]`。",
        "Write the least and the most: `[3 days, 60 days]`.",
    ),
    "wrong-form-too-many": ("这里的内容超过 {limit} 项。", "There are more than {limit} entries here."),
    "wrong-form-too-many.fix": ("拆成几处。", "Split them."),
    "wrong-form-minimum": ("`{value}` 太小，至少是 {limit}。", "`{value}` is too small; the least is {limit}."),
    "wrong-form-minimum.fix": ("写 {limit} 或者更大的数。", "Write {limit} or more."),
    "wrong-form-maximum": ("`{value}` 太大，至多是 {limit}。", "`{value}` is too large; the most is {limit}."),
    "wrong-form-maximum.fix": ("写 {limit} 或者更小的数。", "Write {limit} or less."),
    # wrong-form: names and what else has a pattern
    "wrong-form-id": ("`{value}` 不能作名称。", "`{value}` cannot be a name."),
    "wrong-form-id.fix": (
        "用小写字母开头，只用小写字母、数字和 `_`，不超过 60 个字符。",
        "Begin with a small letter; use small letters, digits and `_`, at most 60.",
    ),
    "wrong-form-reserved": (
        "`{value}` 另有专门含义，不能作名称。",
        "`{value}` has a meaning of its own and cannot be a name.",
    ),
    "wrong-form-reserved.fix": (
        "换一个名称，例如在后面加一个词。",
        "Choose another name, for instance with a word added.",
    ),
    "wrong-form-code": ("`{value}` 不能作选项代码。", "`{value}` cannot be the code of a choice."),
    "wrong-form-code.fix": (
        "用字母开头，只用字母、数字和 `_`；中文写在冒号后面作标题。",
        "Begin with a letter; use letters, digits and `_`; the Chinese title stands after the colon.",
    ),
    "wrong-form-path": (
        "`{value}` 不是名称，也不是用点连接的名称。",
        "`{value}` is neither a name nor names joined by dots.",
    ),
    "wrong-form-path.fix": (
        "写成 `track` 或者 `request.release` 的样子。",
        "Write it like `track` or `request.release`.",
    ),
    "wrong-form-guide-id": ("`{value}` 不是指引或者词汇的编号。", "`{value}` is not the id of a guide or lexicon."),
    "wrong-form-guide-id.fix": (
        "只用小写字母、数字和 `-`，例如 `case-filing`、`lexicon/roles`。",
        "Use small letters, digits and `-`: `case-filing`, `lexicon/roles`.",
    ),
    "wrong-form-source-id": ("`{value}` 不是法律依据的编号。", "`{value}` is not the id of a source."),
    "wrong-form-source-id.fix": (
        "只用小写字母、数字和 `-`，例如 `rules-2019`。",
        "Use small letters, digits and `-`: `rules-2019`.",
    ),
    "wrong-form-article": ("`{value}` 不是条文号。", "`{value}` is not the number of an article."),
    "wrong-form-article.fix": (
        '写成 `"560"`、`"36-1"` 或者 `"561(2)"`。',
        'Write it like `"560"`, `"36-1"` or `"561(2)"`.',
    ),
    "wrong-form-citation": ("`{value}` 不是法律依据。", "`{value}` is not an article of a source."),
    "wrong-form-citation.fix": (
        "写成“依据编号、英文冒号、条文号”，中间没有空格：`rules-2019:560`，有款的写 `rules-2019:561(2)`。",
        "Write source, colon, article without a space: `rules-2019:560`, with a paragraph `rules-2019:561(2)`.",
    ),
    "wrong-form-version": ("`{value}` 不是版本号。", "`{value}` is not a version."),
    "wrong-form-version.fix": ("写三个数字，用点隔开：`1.0.0`。", "Write three numbers with dots between: `1.0.0`."),
    "wrong-form-date": ("`{value}` 不是日期，或者没有这一天。", "`{value}` is not a date, or there is no such day."),
    "wrong-form-date.fix": ("按“年-月-日”写足位数：`2026-05-06`。", "Write year, month and day in full: `2026-05-06`."),
    "wrong-form-instant": ("`{value}` 不是时刻。", "`{value}` is not an instant."),
    "wrong-form-instant.fix": ("写成 `2026-05-06T09:30+08:00`。", "Write it like `2026-05-06T09:30+08:00`."),
    "wrong-form-period": ("`{value}` 不是期间。", "`{value}` is not a period."),
    "wrong-form-period.fix": (
        "写成 `15 days`（日）、`5 working days`（工作日）、`3 months`（月）、`24 hours`（小时）；半个月写 `15 days`。",
        "Write `15 days`, `5 working days`, `3 months` or `24 hours`; half a month is `15 days`.",
    ),
    "wrong-form-reply-period": ("`{value}` 不是回复期限。", "`{value}` is not a period for a reply."),
    "wrong-form-reply-period.fix": (
        "写期间，例如 `7 days`；由文书载明的写 `in_document`，不限期的写 `none`。",
        "Write a period such as `7 days`; `in_document` where the paper names it; `none` where there is no limit.",
    ),
    "wrong-form-deadline-id": ("`{value}` 不能作期限的名称。", "`{value}` cannot be the name of a deadline."),
    "wrong-form-deadline-id.fix": (
        "用小写字母、数字和 `_`；补充文书自身的回复期限时写 `request.reply`。",
        "Use small letters, digits and `_`; `request.reply` adds to a paper's own reply period.",
    ),
    "wrong-form-unit-id": ("`{value}` 不是单位编号。", "`{value}` is not the id of a unit."),
    "wrong-form-unit-id.fix": ("只用字母、数字和 `-`，例如 `630102`。", "Use letters, digits and `-`: `630102`."),
    "wrong-form-unit-name": (
        "`{value}` 不是单位的代称或者编号。",
        "`{value}` is neither a name of `units` nor the id of a unit.",
    ),
    "wrong-form-unit-name.fix": (
        "写 `units` 里的名称，或者单位编号。",
        "Write a name of `units`, or the id of a unit.",
    ),
    "wrong-form-person-id": ("`{value}` 不能作人员代号。", "`{value}` cannot be the short name of a person."),
    "wrong-form-person-id.fix": (
        "用字母开头，只用字母、数字、`-` 和 `_`，例如 `p1`。",
        "Begin with a letter; use letters, digits, `-` and `_`: `p1`.",
    ),
    "wrong-form-story-id": ("`{value}` 不是情景的编号。", "`{value}` is not the id of a story."),
    "wrong-form-story-id.fix": (
        "写情景的文件名，不带后缀：`c1-a1`。",
        "Write the story's file name without its ending: `c1-a1`.",
    ),
    "wrong-form-stop": ("`{value}` 不是办理事项，也不是日期。", "`{value}` is neither an act nor a day."),
    "wrong-form-stop.fix": ("写 `notify.serve` 或者 `2026-05-06`。", "Write it like `notify.serve` or `2026-05-06`."),
    "wrong-form-numbered": (
        "`{value}` 不是名称，或者序号写法不对。",
        "`{value}` is not a name, with or without its number.",
    ),
    "wrong-form-numbered.fix": (
        "写成 `filing`，第二次的写 `filing#2` 并加英文双引号。",
        'Write `filing`, or `"filing#2"` for the second.',
    ),
    "wrong-form-reason-code": ("`{value}` 不是理由代码。", "`{value}` is not the code of a reason."),
    "wrong-form-reason-code.fix": ("写成 `too-early` 的样子。", "Write it like `too-early`."),
    "wrong-form-year": ("`{value}` 不是年份。", "`{value}` is not a year."),
    "wrong-form-year.fix": ('写四位数字：`"2026"`。', 'Write four digits: `"2026"`.'),
    "wrong-form-law-row": ("`{value}` 不是法律条目的编号。", "`{value}` is not a row of the law tables."),
    "wrong-form-law-row.fix": ("写成 `F3` 或者 `C1-R3` 的样子。", "Write it like `F3` or `C1-R3`."),
    "wrong-form-version-range": ("`{value}` 不是版本范围。", "`{value}` is neither a version nor a range of versions."),
    "wrong-form-version-range.fix": (
        "写成 `1.x`、`1.2.x` 或者 `1.2.3`。",
        "Write it like `1.x`, `1.2.x` or `1.2.3`.",
    ),
    "wrong-form-case-name": ("`{value}` 不能作案件代称。", "`{value}` cannot be the name of a case."),
    "wrong-form-case-name.fix": (
        '用字母开头，只用字母、数字、`-` 和 `_`；另立的案件写 `"finding#2"`。',
        'Begin with a letter; use letters, digits, `-` and `_`; a case that an act opened is `"finding#2"`.',
    ),
    # wrong-variant
    "wrong-variant": ("`{key}` 与同处的其他内容不能并存。", "`{key}` cannot stand beside the other entries here."),
    "wrong-variant.why": (
        "两种写法意思不同，系统无法判断以哪个为准。",
        "The two mean different things; which one counts cannot be told.",
    ),
    "wrong-variant.fix": ("留下一个，删去另一个。", "Keep one and delete the other."),
    "wrong-variant-one-only": ("{keys} 只能选一个。", "Only one of {keys} can stand here."),
    "wrong-variant-choices": (
        "`choices` 只用于类型 `choice` 和 `checklist`。",
        "`choices` belongs to the types `choice` and `checklist`.",
    ),
    "wrong-variant-choices.fix": (
        "把 `type` 改为 `choice`，或者删去 `choices`。",
        "Make the `type` `choice`, or delete `choices`.",
    ),
    "wrong-variant-points": ("`points` 只用于类型 `checklist`。", "`points` belongs to the type `checklist`."),
    "wrong-variant-points.fix": (
        "把 `type` 改为 `checklist`，或者删去 `points`。",
        "Make the `type` `checklist`, or delete `points`.",
    ),
    "wrong-variant-fields": ("`fields` 只用于类型 `object`。", "`fields` belongs to the type `object`."),
    "wrong-variant-fields.fix": (
        "把 `type` 改为 `object`，或者删去 `fields`。",
        "Make the `type` `object`, or delete `fields`.",
    ),
    "wrong-variant-between": (
        "`between` 只用于类型 `period` 和 `integer`。",
        "`between` belongs to the types `period` and `integer`.",
    ),
    "wrong-variant-between.fix": ("删去 `between`，或者改 `type`。", "Delete `between`, or change the `type`."),
    "wrong-variant-owed_by": (
        "`owed_by` 和 `right_of` 只能写一个。",
        "Only one of `owed_by` and `right_of` can stand here.",
    ),
    "wrong-variant-owed_by.fix": (
        "必须履行的写 `owed_by`，可以放弃的写 `right_of`。",
        "What has to be done is `owed_by`; what may be left is a `right_of`.",
    ),
    "wrong-variant-where": ("`where` 和 `every` 只能写一个。", "Only one of `where` and `every` can stand here."),
    "wrong-variant-always": ("`never` 和 `always` 只能写一个。", "Only one of `never` and `always` can stand here."),
    "wrong-variant-min": ("`min` 只用于 `integer` 和 `amount`。", "`min` belongs to `integer` and `amount`."),
    "wrong-variant-min.fix": ("删去 `min`，或者改 `type`。", "Delete `min`, or change the `type`."),
    "wrong-variant-max": ("`max` 只用于 `integer` 和 `amount`。", "`max` belongs to `integer` and `amount`."),
    "wrong-variant-max.fix": ("删去 `max`，或者改 `type`。", "Delete `max`, or change the `type`."),
    "wrong-variant-length": ("有 `due_on` 时不写 `length`。", "`length` cannot stand beside `due_on`."),
    "wrong-variant-default": ("`default` 只与 `in_document` 一起用。", "`default` belongs to `in_document`."),
    "wrong-variant-default.fix": (
        "删去 `default`，或者把 `within` 改为 `in_document`。",
        "Delete `default`, or make `within` `in_document`.",
    ),
    "wrong-variant-day": ("`day` 和 `at` 只能写一个。", "Only one of `day` and `at` can stand here."),
    "wrong-variant-field": ("`field` 和 `due` 只能写一个。", "Only one of `field` and `due` can stand here."),
    "wrong-variant-minus": ("`plus` 和 `minus` 只能写一个。", "Only one of `plus` and `minus` can stand here."),
    "wrong-variant-role": ("`role` 和 `roles` 只能写一个。", "Only one of `role` and `roles` can stand here."),
    # value-not-allowed, language-version
    "value-not-allowed": ("这里不能写 `{value}`。", "`{value}` is not one of the values known here."),
    "value-not-allowed.why": ("系统只认规定的值，别的值不会生效。", "Only these values have a meaning."),
    "value-not-allowed.fix": ("这里可以写：{allowed}。", "Known here: {allowed}."),
    "value-not-allowed-guess": (
        "这里不能写 `{value}`，是否指 `{guess}`？",
        "`{value}` is not one of the values known here. Did you mean `{guess}`?",
    ),
    "language-version": (
        "文件用的语言版本是 `{value}`，本程序只认版本 1。",
        "The file is written in version `{value}` of the guide language; this program reads version 1.",
    ),
    "language-version.why": (
        "别的版本里同样的写法可能有别的含义。",
        "In another version the same words may mean something else.",
    ),
    "language-version.fix": (
        "写 `jiandu: 1`；若确为更新的版本，先升级本程序。",
        "Write `jiandu: 1`; if the file is of a newer version, upgrade this program first.",
    ),
    # what values are called
    "kind-string": ("文字", "a text"),
    "kind-integer": ("整数", "a whole number"),
    "kind-boolean": ("是或否", "true or false"),
    "kind-array": ("清单", "a list"),
    "kind-object": ("一组内容", "keys and values"),
    "kind-null": ("空值", "nothing"),
}
"""Whether it has the shape that its schema asks for."""

MEANING: dict[str, Words] = {
    # names that nothing bears
    "unknown-state": ("没有阶段 `{name}`。", "There is no state `{name}`."),
    "unknown-state.why": ("转入不存在的阶段，案件将无处可去。", "A case sent there would be nowhere."),
    "unknown-state.guess": (
        "没有阶段 `{name}`，是否指 `{guess}`？",
        "There is no state `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-act": ("没有事项 `{name}`。", "There is no act `{name}`."),
    "unknown-act.why": ("等待不存在的事项，就永远等不到。", "What waits for it would wait for ever."),
    "unknown-act.guess": (
        "没有事项 `{name}`，是否指 `{guess}`？",
        "There is no act `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-role": ("没有角色 `{name}`。", "There is no role `{name}`."),
    "unknown-role.why": ("没有人担任的角色，谁也不能办理。", "Nobody holds such a role, so nobody could act."),
    "unknown-role.guess": (
        "没有角色 `{name}`，是否指 `{guess}`？",
        "There is no role `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-field": ("没有字段 `{name}`。", "There is no field `{name}`."),
    "unknown-field.why": (
        "读不到的字段，条件永远不会成立。",
        "There is nothing to read, so no condition on it could be true.",
    ),
    "unknown-field.guess": (
        "没有字段 `{name}`，是否指 `{guess}`？",
        "There is no field `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-document": ("没有文书 `{name}`。", "There is no paper `{name}`."),
    "unknown-document.why": (
        "不存在的文书无从制作和送达。",
        "A paper that does not exist can be neither made nor served.",
    ),
    "unknown-document.guess": (
        "没有文书 `{name}`，是否指 `{guess}`？",
        "There is no paper `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-deadline": ("没有期限 `{name}`。", "There is no deadline `{name}`."),
    "unknown-deadline.why": ("不存在的期限既不会起算，也不会届满。", "It would never begin and never run out."),
    "unknown-deadline.guess": (
        "没有期限 `{name}`，是否指 `{guess}`？",
        "There is no deadline `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-source": ("没有依据 `{name}`。", "There is no source `{name}`."),
    "unknown-source.why": ("办案人无从查证依据。", "Nobody could look up the law."),
    "unknown-source.guess": (
        "没有依据 `{name}`，是否指 `{guess}`？",
        "There is no source `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-article": ("没有条文 `{name}`。", "There is no article `{name}`."),
    "unknown-article.why": ("办案人无从查证依据。", "Nobody could look up the law."),
    "unknown-article.guess": (
        "没有条文 `{name}`，是否指 `{guess}`？",
        "There is no article `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-outcome": ("没有办理结果 `{name}`。", "There is no outcome `{name}`."),
    "unknown-outcome.why": ("结案时写不出结果。", "The case could not be closed with it."),
    "unknown-outcome.guess": (
        "没有办理结果 `{name}`，是否指 `{guess}`？",
        "There is no outcome `{name}`. Did you mean `{guess}`?",
    ),
    "unknown-lexicon": ("没有词汇文件 `{name}`。", "There is no lexicon `{name}`."),
    "unknown-lexicon.fix": (
        "改正名称，或者在指引文件夹中补上这个文件。",
        "Correct the name, or put the file into the folder of guides.",
    ),
    "unknown-story": ("没有情景 `{name}`。", "There is no story `{name}`."),
    "unknown-story.fix": (
        "写同一文件夹中的情景文件名，不带后缀。",
        "Name a story of the same folder, without its ending.",
    ),
    "unknown-person-in-story": ("出场人员中没有 `{name}`。", "`{name}` is not in the cast."),
    "unknown-person-in-story.fix": (
        "在 `cast` 中加上此人，或者改正代号。",
        "Add the person to `cast`, or correct the name.",
    ),
    "unknown-kind": (
        "看不出这是指引、词汇、情景、历法还是人员文件。",
        "Nothing shows whether this is a guide, a lexicon, a story, a calendar or a people file.",
    ),
    "unknown-kind.fix": (
        "在第一行写明模式文件，例如 `# yaml-language-server: $schema=../schemas/guide.schema.json`。",
        "Name its schema in the first line: `# yaml-language-server: $schema=../schemas/guide.schema.json`.",
    ),
    # names used twice
    "same-name-twice": ("`{name}` 已是另一个事项的名称。", "`{name}` is the name of another act already."),
    "same-name-twice.why": (
        "办理时分不清指的是哪一项。",
        "Whoever asks for it could mean either.",
    ),
    "same-name-twice.fix": ("给其中一项换个名称。", "Rename one of them."),
    "lexicon-override": (
        "`{name}` 已在词汇中写过（{other}）。",
        "`{name}` is defined in a lexicon already ({other}).",
    ),
    "lexicon-override.why": (
        "同一名称在不同指引中有不同含义，读的人和办的人会各执一词。",
        "The same name would mean different things in different guides.",
    ),
    "lexicon-override.fix": ("换个名称，或者删去这一处。", "Rename this one, or delete it."),
    # what does not fit
    "role-not-assigned": (
        "`{name}` 不是按案件指定的角色，不能在这里指定。",
        "`{name}` is not a role that a case assigns.",
    ),
    "role-not-assigned.fix": (
        "给这个角色写上 `assigned: one` 或者 `assigned: several`，或者改用别的角色。",
        "Give the role `assigned: one` or `assigned: several`, or name another.",
    ),
    "field-type": ("`{name}` 的类型不是 `{wanted}`。", "`{name}` is not of the type `{wanted}`."),
    "field-type.why": ("期限无法从别的类型算出。", "A deadline cannot be reckoned from anything else."),
    "field-type.fix": ("改用类型为 `{wanted}` 的字段。", "Name a field of the type `{wanted}`."),
    "value-type": ("“{name}”不能是 `{value}`。", "“{name}” cannot be `{value}`."),
    "value-type.why": ("办理时会写入不合要求的值。", "The act would write a value that does not fit."),
    "value-type.fix": ("写一个符合该字段类型的值。", "Write a value that the field can hold."),
    "period-unit": ("`{period}` 不能从某日往回数。", "`{period}` cannot be counted back from a day."),
    "period-unit.fix": ("用日或者月，例如 `3 days`。", "Use days or months, such as `3 days`."),
    "too-complex": ("条件超过 {most} 项。", "The condition has more than {most} parts."),
    "too-complex.why": ("没有人能读清这样的条件。", "Nobody can tell any more what it says."),
    "too-complex.fix": ("拆成几条有名称的规则。", "Split it into several named rules."),
    # conditions
    "condition-type": ("`{value}` 不能与 `{name}` 比较。", "`{value}` cannot be compared with `{name}`."),
    "condition-type.why": ("类型不同，条件永远不会成立。", "They are of different types, so it could never be true."),
    "condition-order": (
        "`{name}` 没有大小先后，不能用 `{comparison}`。",
        "`{name}` has no order, so `{comparison}` makes no sense.",
    ),
    "condition-two-types": ("`{name}` 和 `{other}` 的类型不同。", "`{name}` and `{other}` are of different types."),
    "condition-shift": (
        "`{name}` 不是日期，不能加减期间。",
        "`{name}` is no day; nothing can be added to it.",
    ),
    "condition-shift-unit": (
        "日期只能加减日或者月。",
        "Only days and months can be added to a day.",
    ),
    "condition-many": (
        "`{name}` 有多个值，不能直接比较。",
        "`{name}` holds several values and cannot be compared as one.",
    ),
    "condition-many.fix": ("写成 `{{includes: 值}}`。", "Write `{{includes: value}}`."),
    "condition-not-many": (
        "`{name}` 只有一个值，不能用 `includes`。",
        "`{name}` holds one value; `includes` belongs to those that hold several.",
    ),
    "condition-not-many.fix": ("直接写值，或者写成清单。", "Write the value, or a list of values."),
    "condition-free-text": (
        "`{name}` 是自由文字，条件不能读取。",
        "`{name}` is free text, which no condition may read.",
    ),
    "condition-free-text.why": (
        "自由文字可以封存，封存后条件就无从判断。",
        "Free text may be sealed one day, and the condition could not be judged any more.",
    ),
    "condition-free-text.fix": ("另设一个选项或者是否字段。", "Record a choice or a yes-or-no beside it."),
    "value-not-in-choices": ("“{name}”没有选项 `{value}`。", "“{name}” has no choice `{value}`."),
    "value-not-in-choices.guess": (
        "“{name}”没有选项 `{value}`，是否指 `{guess}`？",
        "“{name}” has no choice `{value}`. Did you mean `{guess}`?",
    ),
    "value-not-in-choices.why": ("这样的条件永远不会成立。", "Such a condition could never be true."),
    # translations
    "missing-translation": ("`{path}` 没有英文。", "`{path}` has no English."),
    "missing-translation.fix": ("在 {file} 中补上。", "Add it to {file}."),
    "missing-translation-file": ("这份文件没有英文。", "The file has no English."),
    "missing-translation-file.fix": ("补上 {file}。", "Add {file}."),
    "stale-translation": ("{file} 中没有 `{path}`。", "There is no `{path}` in {file}."),
    "stale-translation.guess": (
        "{file} 中没有 `{path}`，是否指 `{guess}`？",
        "There is no `{path}` in {file}. Did you mean `{guess}`?",
    ),
    "stale-translation.fix": ("改正路径，或者删去。", "Correct the path, or delete the entry."),
    "stale-translation-file": ("没有与之对应的 {file}。", "There is no {file} that this would translate."),
    "stale-translation-file.fix": ("改正文件名，或者删去。", "Rename the file, or delete it."),
}
"""Whether what it says makes sense with all that it uses."""

STORY: dict[str, Words] = {
    "story-circle": ("情景的前情又回到了 `{name}`。", "The story begins with itself by way of `{name}`."),
    "story-circle.fix": ("改写其中一个情景的 `begins`。", "Change `begins` in one of them."),
    "story-opens-first": ("情景应当先立卷。", "A story opens its case first."),
    "story-refused": ("本应办成，却不予办理：", "It should have been done, but was refused:"),
    "story-not-refused": ("“{act}”本应不予办理，却办成了。", "“{act}” should have been refused, but was done."),
    "story-refused-otherwise": (
        "不予办理的理由中没有 `{wanted}`，而是：",
        "It was refused, but not for `{wanted}`:",
    ),
    "story-refused-for-more": ("不予办理还有情景没有写出的理由：", "It was refused for more than the story says:"),
    "story-warned-otherwise": (
        "提示与情景不符：应为 {wanted}，实为 {got}。",
        "The warnings differ: {wanted} expected, {got} given.",
    ),
    "story-statement-broken": (
        "指引所作的声明在此不成立：{says}",
        "What the guide claims of every story is not true here: {says}",
    ),
    "story-otherwise": ("`{name}` 应为 {wanted}，实为 {got}。", "`{name}` should be {wanted}, but is {got}."),
}
"""What did not come true."""

WORDS: dict[str, Words] = {**TEXT, **WHOLE, **SHAPE, **MEANING, **STORY}
