//! 各命令和选项的说明。

use crate::words::wording::Wordings;

/// What the help says, paragraph by paragraph, by what it says in English.
pub(super) const TEXTS: Wordings = &[
    // 命令
    (
        "The night-watch log: what died on a Linux machine, why, and what happened around it",
        "守夜日志：Linux 机器上什么死了、为什么、前后发生了什么",
    ),
    ("Find incidents in logs, print and keep them", "从日志中找出事件，显示并保存"),
    ("Print entries, as journalctl does", "像 journalctl 那样显示日志条目"),
    (
        "Print what a shell needs to complete command lines, with units and ids of what is kept",
        "输出 shell 的补全脚本，可补全单元名和事件编号",
    ),
    ("Print the help of a verb, or how queries are written", "显示某个命令的帮助，或查询的写法"),
    ("List the last incidents that are kept", "列出最近的事件"),
    ("Find incidents among those that are kept", "在保存的事件中查找"),
    ("Print one incident, whole", "完整显示一个事件"),
    (
        "Count incidents: how often, how long down, how soon seen and back",
        "统计事件：次数、停机时长、发现和恢复所需的时间",
    ),
    (
        "Tell what is kept, and where, and how far `follow` has come",
        "说明保存了什么、在哪里、`follow` 跟到了何处",
    ),
    (
        "Look after what is kept: check, repair, upgrade, compact, trim",
        "维护存储：检查、修复、升级、压缩、清理",
    ),
    (
        "Read everything, and name the files that are not as they were written",
        "读取全部内容，指出与写入时不符的文件",
    ),
    ("Write a damaged store anew with all that can still be read", "把损坏的存储中仍可读取的内容重新写好"),
    ("Write the store of an earlier nwlog anew", "重新写入旧版 nwlog 的存储"),
    (
        "Make one piece of the index, and free what deleted incidents take",
        "合并索引，释放已删除事件占用的空间",
    ),
    ("Forget the oldest incidents that are over", "清除最旧的已结束事件"),
    ("Tell of incidents as they happen, and keep them", "实时报告事件，并保存"),
    // 标题
    ("Which incidents are printed", "显示哪些事件"),
    ("Configuration", "配置"),
    ("Which incidents", "哪些事件"),
    ("Which entries", "哪些条目"),
    ("Whose journal", "哪个日志"),
    ("Output", "输出"),
    ("Store", "存储"),
    ("Analysis", "分析"),
    ("Terminal", "终端"),
    // 通用选项
    ("When to colour output: auto, always or never", "何时使用颜色：auto、always 或 never"),
    (
        "Print no remarks, warnings or progress; errors are still printed",
        "不显示说明、警告和进度；错误照常显示",
    ),
    (
        "Show times in UTC, and read those in UTC that name no zone",
        "用 UTC 显示时间；未注明时区的时间也按 UTC 理解",
    ),
    (
        "Show times in this zone, such as Asia/Shanghai, and read those in it that name none",
        "用此时区显示时间，如 Asia/Shanghai；未注明时区的时间也按它理解",
    ),
    (
        "Talk this language: en or zh; without it that of the locale",
        "使用的语言：en 或 zh；默认取决于 locale",
    ),
    ("Never start a pager", "不使用分页器"),
    ("Use the store in this directory", "使用此目录中的存储"),
    ("The shape of what is printed", "输出的形式"),
    // 选择事件
    (
        "Words, \"phrases\", prefix* and field:value; none finds all",
        "词、\"短语\"、前缀* 和 字段:值；留空则找出全部",
    ),
    (
        "Which incidents, as `nwlog search` has it; none counts all",
        "哪些事件，写法同 `nwlog search`；留空则统计全部",
    ),
    (
        "Those of this kind: oom-kill, disk-full, go-panic or unit-failure",
        "此类型的：oom-kill、disk-full、go-panic 或 unit-failure",
    ),
    (
        "Those that touch this unit: a name or a pattern like 'db@*'; several times for several units",
        "涉及此单元的：名称或 'db@*' 这样的模式；可多次给出",
    ),
    ("Those of this host", "此主机的"),
    (
        "Those of this boot, or of that with an id, or of the last one before this that has incidents: -1",
        "本次启动的，或指定编号的启动的；-1 为此前最近一次有事件的启动",
    ),
    ("Those that were not over before this time", "在此时间之后仍有动静的"),
    ("Those that began before this time", "在此时间之前开始的"),
    ("Those that say this text, in the headline, a record or the context", "标题、记录或上下文中有此文字的"),
    (
        "Those that are at least so bad: notice, warning or critical",
        "至少这样严重的：notice、warning 或 critical",
    ),
    ("Those of this program; several times for several programs", "此程序的；可多次给出"),
    ("At most N incidents, or all", "最多 N 个事件，或 all"),
    ("The newest N incidents, or all", "最近 N 个事件，或 all"),
    ("Only the last N incidents, or all", "只要最后 N 个事件，或 all"),
    ("At most N lines, or all", "最多 N 行，或 all"),
    ("What matches the words best first, in place of the newest", "最匹配的在前，而不是最新的在前"),
    ("The other way around: of what is found, the last one first", "倒序：找到的事件中最后一个在前"),
    ("The oldest of these first", "最旧的在前"),
    (
        "How many there are of each kind, unit, host, cause or day, in place of them",
        "按 kind、unit、host、cause 或 day 计数，而不列出事件",
    ),
    (
        "One line for each kind, cause, unit, host, day, week or month",
        "按 kind、cause、unit、host、day、week 或 month 各统计一行",
    ),
    (
        "Its id, or the first 4 digits or more, as long as these are unique",
        "事件编号，或其开头至少 4 位，只要不重复",
    ),
    ("Show every record and frame that is kept, and cut no line", "显示保存的所有记录和栈帧，不截断"),
    // 维护
    (
        "Forget what is over for longer than this: 90d, 6months, 1y",
        "清除结束已超过此时长的：90d、6months、1y",
    ),
    ("Keep so many at most", "最多保留的个数"),
    ("Keep as many as fit into this: 500M, 1G", "保留到不超过此大小：500M、1G"),
    ("Free the room at once", "立即释放空间"),
    ("A verb, or query", "命令名，或 query"),
    ("Write the man pages into this directory", "把手册页写入此目录"),
    ("The shell", "哪种 shell"),
    // 跟踪
    (
        "Follow /dev/kmsg, too; on a machine without journald it is all there is",
        "同时跟踪 /dev/kmsg；没有 journald 的机器上只有它",
    ),
    (
        "Begin at this time, in place of where the store says that it stood",
        "从此时间开始，而不是从存储中记录的位置",
    ),
    ("Read the configuration from this file", "从此文件读取配置"),
    // 分析
    ("Keep nothing", "不保存"),
    (
        "Join records by strong keys alone, never by a name or by being near in time",
        "只凭可靠的依据关联记录，不凭名称或时间相近",
    ),
    (
        "Exit with status 1 if an incident that is printed is at least so bad: notice, warning or critical",
        "若显示的事件至少这样严重，以状态 1 退出：notice、warning 或 critical",
    ),
    (
        "Verify the seals of journal files with this key, as journalctl --setup-keys printed it",
        "用此密钥验证日志文件的封印，即 journalctl --setup-keys 给出的密钥",
    ),
    ("How many threads scan [default: one a core]", "扫描所用线程数 [默认每核一个]"),
    ("Read the journal files in this directory", "读取此目录中的日志文件"),
    ("Read this journal file; several times for several files", "读取此日志文件；可多次给出"),
    ("Read the journal of the system below this directory", "读取此目录下的系统的日志"),
    (
        "Read this namespace of the journal; * for all, +NAME for it and the default one",
        "读取此日志命名空间；* 为全部，+NAME 为它和默认命名空间",
    ),
    ("Read all journals that are there, those from other machines too", "读取所有日志，包括来自其他机器的"),
    // 完整说明
    (
        "nwlog joins what the kernel, systemd and the program itself say about one failure, and tells it once.",
        "nwlog 把内核、systemd 和程序自己对同一次故障的记录合在一起，只讲一遍。",
    ),
    (
        "Reads journal files, journalctl -o export or -o json, and text (dmesg, journalctl in any of its forms, syslog files), plain or compressed with gz, zst or xz: the content tells what a file is, not its name. Prints incidents in the order in which they end. All of them are kept for search and show: options that select incidents decide only what is printed.",
        "可读取日志文件、journalctl -o export 或 -o json 的输出，以及文本（dmesg、journalctl 的各种形式、syslog 文件），可以是 gz、zst 或 xz 压缩的；按内容而不是文件名识别。事件按结束的先后显示。所有事件都会保存，供 search 和 show 使用：选择事件的选项只决定显示哪些。",
    ),
    (
        "In text, a date without a year is of the last year before the file was changed (before now, for a pipe), and a time without a zone is this machine's: TZ=ZONE before nwlog reads it as another's.",
        "文本中没有年份的日期，按文件修改前（管道则为现在之前）最近的一年理解；没有时区的时间按本机时区理解，在 nwlog 前写 TZ=时区 可指定别的。",
    ),
    (
        "-b, -S and -U bound what is read: an incident is told by the records within. Reading begins 30 minutes before -S, for an incident may have begun then. Of a pipe only its end shows which boot is the last: there -b takes an id alone, and journalctl -b cuts out any other.",
        "-b、-S 和 -U 限定读取的范围：事件只依据范围内的记录。读取从 -S 之前 30 分钟开始，因为事件可能那时已经发生。管道要读到末尾才知道哪次启动是最后一次，所以 -b 只能给出编号；其他情况请用 journalctl -b 截取。",
    ),
    (
        "Reads what analyze reads: journal files (this machine's, where no PATH is given), exports and text. Options select entries as journalctl's do. A word like _PID=1 is a match: several values of one field are alternatives, different fields must all match, and + stands between alternatives. -n gives the last entries, in order, also together with -g or -S.",
        "读取的内容与 analyze 相同：日志文件（不给路径则为本机的）、导出的日志和文本。选项的含义与 journalctl 相同。_PID=1 这样的词是匹配条件：同一字段的多个值满足其一即可，不同字段须同时满足，+ 隔开几组条件，满足任一组即可。-n 给出最后的条目，按先后排列，与 -g、-S 同用时也一样。",
    ),
    (
        "Prints an incident as soon as it is proved, again when more is known of it, and when it is over; what was said too early is withdrawn. Incidents are kept for search and show, together with how far the log was read: started again, it goes on where it stood. SIGTERM ends it; SIGHUP makes it read its configuration again.",
        "事件一经证实就显示，有新情况时再次显示，结束时也显示；说得过早的会撤回。事件连同读取的位置一起保存，供 search 和 show 使用：再次启动时从原处继续。SIGTERM 使它结束，SIGHUP 使它重新读取配置。",
    ),
    (
        "One line an incident, the newest first. `nwlog show ID` prints one of them whole.",
        "每个事件一行，最新的在前。`nwlog show ID` 可完整显示其中一个。",
    ),
    (
        "All words have to occur. Words look in the headline, the records and the context of an incident; `field:value` looks in one field. The newest comes first.",
        "所有的词都要出现。词在事件的标题、记录和上下文中查找，`字段:值` 在某个字段中查找。最新的在前。",
    ),
    (
        "failures: the occurrences of all these incidents. down: how long units were down, in all; longest: in one incident. detect (from the failure to systemd's record of it) and recover (from the failure to running again): medians, of those incidents of which they are known.",
        "失败次数：这些事件的全部发生次数。停机：单元停机的总时长；最长停机：单个事件的停机时长。发现（从失败到 systemd 记录）和恢复（从失败到重新运行）：中位数，只计已知的事件。",
    ),
    (
        "What cannot be read whole is put aside, and nothing is deleted then. `nwlog analyze` over the same logs brings back what was lost: the same records give the same ids.",
        "无法完整读取的内容会移到一旁，不会删除。对同一日志再次运行 `nwlog analyze` 可找回丢失的内容：同样的记录得到同样的编号。",
    ),
    (
        "Without it, what writes (analyze, follow, store) uses $STATE_DIRECTORY, else $XDG_STATE_HOME/nwlog (~/.local/state/nwlog); what asks (list, search, show, stats, status) reads /var/lib/nwlog and the user's own.",
        "不写时，写入的命令（analyze、follow、store）使用 $STATE_DIRECTORY，否则使用 $XDG_STATE_HOME/nwlog（~/.local/state/nwlog）；查询的命令（list、search、show、stats、status）读取 /var/lib/nwlog 和用户自己的存储。",
    ),
    (
        "'2026-01-31 14:30', '14:30', 2026-01-31, yesterday, -2h, '1h 30min ago', @EPOCH, RFC 3339, or a time as journalctl prints it; with a zone at the end, or in the machine's own: UTC, +02:00, CEST, Europe/Berlin.",
        "可写 '2026-01-31 14:30'、'14:30'、2026-01-31、yesterday、-2h、'1h 30min ago'、@EPOCH、RFC 3339，或 journalctl 显示的时间；末尾可带时区：UTC、+02:00、CEST、Europe/Berlin，不写则为本机时区。",
    ),
    (
        "'2026-01-31 14:30', '14:30', 2026-01-31, yesterday, -2h, '1h 30min ago', @EPOCH or RFC 3339.",
        "可写 '2026-01-31 14:30'、'14:30'、2026-01-31、yesterday、-2h、'1h 30min ago'、@EPOCH 或 RFC 3339。",
    ),
    (
        "'2026-01-31 14:30', '14:30', yesterday, -2h, '1h 30min ago', @EPOCH, RFC 3339.",
        "可写 '2026-01-31 14:30'、'14:30'、yesterday、-2h、'1h 30min ago'、@EPOCH 或 RFC 3339。",
    ),
    // 输出的形式
    ("One line an incident", "每个事件一行"),
    (
        "What happened, in true order, and why each record belongs to it",
        "按真实顺序列出经过，并说明每条记录为何属于它",
    ),
    ("One JSON object a line, versioned by its key `schema`", "每行一个 JSON 对象，版本见其 `schema` 键"),
    ("One line an entry: time, host, program and message", "每个条目一行：时间、主机、程序和消息"),
    ("The same, with the time as ISO 8601 has it, in microseconds", "同上，时间为 ISO 8601 格式，精确到微秒"),
    ("The journal export format: everything, as it is stored", "journal 导出格式：所存的全部内容"),
    ("One JSON object a line", "每行一个 JSON 对象"),
    ("The message alone", "只有消息"),
    ("Lines for people", "供人阅读的若干行"),
    ("One JSON object a store, on one line", "每个存储一行 JSON 对象"),
    // 条目
    (
        "What to read: files, directories of them, or - for stdin; without one, stdin where it is a pipe or a file, else this machine's journal",
        "读取什么：文件、目录，或 - 表示标准输入；不写时，标准输入是管道或文件则读取它，否则读取本机的日志",
    ),
    (
        "What to read: files, directories of them, or - for stdin; FIELD=VALUE and + among them select entries",
        "读取什么：文件、目录，或 - 表示标准输入；其中的 字段=值 和 + 用于选择条目",
    ),
    (
        "A plain text, no pattern. Case matters only if the text has a capital letter.",
        "普通文字，不是模式。含大写字母时才区分大小写。",
    ),
    ("Case matters only if the pattern has a capital letter.", "含大写字母时才区分大小写。"),
    (
        "Those of a boot: an id, 0 for the last one, -1 for that before it, 1 for the first, an id and an offset, or all",
        "某次启动的：编号，0 为最后一次，-1 为其前一次，1 为第一次，也可写编号加偏移，或 all",
    ),
    ("Those stored at this time or later", "此时间及之后存储的"),
    ("Those stored at this time or earlier", "此时间及之前存储的"),
    (
        "Those of this unit and about it: a name or a pattern like 'db@*'; several times for several units",
        "此单元的，以及关于它的：名称或 'db@*' 这样的模式；可多次给出",
    ),
    (
        "Those of a priority, 0 to 7 or emerg to debug: at least so urgent, or within FROM..TO",
        "某个优先级的，0 到 7 或 emerg 到 debug：至少这样紧急，或写成 从..到",
    ),
    ("Those whose message this regular expression matches", "消息与此正则表达式匹配的"),
    ("Whether case matters to --grep", "--grep 是否区分大小写"),
    ("Those of the kernel, of the last boot unless -b says otherwise", "内核的；不写 -b 则为最后一次启动的"),
    ("Only the last N entries, or all", "只要最后 N 个条目，或 all"),
    ("Print long and unprintable values too, as they are", "过长或不可打印的值也照原样显示"),
    ("The last entry first", "最后的条目在前"),
    ("How many threads read and print [default: one a core]", "读取和输出所用线程数 [默认每核一个]"),
];
