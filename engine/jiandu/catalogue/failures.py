"""Why a database or a file cannot be used as it is: in each case nothing was written."""

from jiandu.catalogue import Words

WORDS: dict[str, Words] = {
    "database-url": (
        "数据库地址无法识别；应写成 sqlite:///文件路径 的形式。",
        "The address of the database cannot be understood; it should look like sqlite:///path/to/file.",
    ),
    "database-missing": (
        "数据库 {path} 不存在；先创建，再使用。",
        "There is no database at {path}; create it first.",
    ),
    "database-exists": (
        "{path} 处已有数据库，没有重新创建。",
        "There is a database at {path} already; it was left as it is.",
    ),
    "database-foreign": (
        "{path} 不是（或者已不再是）本程序的数据库，未作任何改动。",
        "{path} is not, or no longer, a database of this program; nothing in it was touched.",
    ),
    "database-version": (
        "数据库 {path} 的版本是 {found}，本程序需要 {expected}；两者中较旧的一方需要升级。",
        "The database {path} has version {found}, this program {expected}: upgrade the older of the two.",
    ),
    "database-damaged": (
        "数据库 {path} 已损坏（{detail}）；不要继续写入，用备份恢复。",
        "The database {path} is damaged ({detail}); write no more to it, restore it from a backup.",
    ),
    "database-read-only": (
        "数据库 {path} 不能写入：文件、文件夹或者打开方式是只读的。",
        "The database {path} cannot be written: the file, its folder or the way it was opened is read-only.",
    ),
    "database-locked": (
        "数据库 {path} 正被占用，等待超时；稍后再试。",
        "The database {path} is in use by others and waiting took too long; try again later.",
    ),
    "database-full": (
        "数据库 {path} 无法再写入：磁盘已满，或者达到配额、文件大小上限。",
        "No more can be written to the database {path}: the disk is full, or a quota or file size limit is reached.",
    ),
    "database-unreachable": (
        "数据库 {path} 打不开（{detail}）；检查文件夹是否存在、有无权限。",
        "The database {path} cannot be opened ({detail}); check that its folder is there and may be entered.",
    ),
    "database-io": (
        "读写数据库 {path} 时磁盘报错（{detail}）；先检查磁盘，再继续办理。",
        "The disk reported an error at the database {path} ({detail}); have the disk checked before going on.",
    ),
    "database-unsafe": (
        "数据库 {path} 不接受必需的设置 {setting}（现值 {found}），未作任何改动。",
        "The database {path} does not take the setting {setting} it needs (it stays {found}); nothing was written.",
    ),
    "database-refused": (
        "数据库 {path} 按自身的约束拒绝了写入（{detail}）。",
        "The database {path} refused to write what goes against its own constraints ({detail}).",
    ),
    "database-error": (
        "数据库 {path} 出错（{detail}）。",
        "The database {path} reported an error ({detail}).",
    ),
    "text-missing": (
        "数据库中缺少案件所依据的指引文本（{digest}），或者文本已被改动；用备份恢复。",
        "The text of the guide that the case is pinned to ({digest}) is missing or altered; restore it from a backup.",
    ),
    # files
    "file-missing": ("没有文件 {file}。", "There is no file {file}."),
    "file-unreadable": ("文件 {file} 无法读取。", "The file {file} cannot be read."),
    "file-unwritable": ("文件 {file} 无法写入。", "The file {file} cannot be written."),
    "folder-missing": ("没有文件夹 {file}。", "There is no folder {file}."),
    "guide-missing": ("没有办案指引“{name}”。", "There is no guide “{name}”."),
    "guide-missing-guess": (
        "没有办案指引“{name}”，是否指“{guess}”？",
        "There is no guide “{name}”. Did you mean “{guess}”?",
    ),
    "guide-invalid": ("文件有 {count} 处错误。", "The file has {count} mistakes."),
    "tampered": (
        "案件 {case} 的记录已损坏或者被改动，无法读取；请核验记录。",
        "What is kept of case {case} is damaged or was altered and cannot be read; verify the trail.",
    ),
    "error": ("出错。", "Something went wrong."),
}
