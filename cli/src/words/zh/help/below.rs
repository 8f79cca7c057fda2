//! 选项之后的示例和说明。

use crate::words::wording::Wordings;

/// What stands below the options: lines, and what stands beside an example.
pub(super) const BELOW: Wordings = &[
    ("Examples:", "示例："),
    (
        "Exit status: 0 done or found; 1 nothing found; 2 an error, also where only some input failed.",
        "退出状态：0 完成或找到；1 没有找到；2 出错，包括只有部分输入失败。",
    ),
    (
        "Exit status: 0 done, or sound; 1 damaged (check); 2 an error.",
        "退出状态：0 完成或完好；1 已损坏（check）；2 出错。",
    ),
    ("Exit status: 0 found; 1 nothing found; 2 an error.", "退出状态：0 找到；1 没有找到；2 出错。"),
    ("Exit status: 0 found; 1 not found; 2 an error.", "退出状态：0 找到；1 没有找到；2 出错。"),
    ("`nwlog help query` has the whole language.", "`nwlog help query` 说明全部写法。"),
    ("what died since boot", "本次启动以来死了什么"),
    ("the same from a file", "同上，读取文件"),
    ("what is kept of it", "其中保存下来的"),
    ("one incident, whole", "完整的一个事件"),
    ("all of these words", "这些词都要有"),
    ("a phrase, in one unit's incidents", "某个单元的事件中的短语"),
    ("fields in the query itself", "在查询中写字段"),
    ("numbers in ranges", "数字范围"),
    ("a field of the unit's lines in the journal", "单元日志在 journal 中带有的字段"),
    ("how many of each unit", "每个单元各有多少"),
    ("for a script", "供脚本使用"),
    ("the last 20 incidents", "最近 20 个事件"),
    ("those of this boot", "本次启动的事件"),
    ("all of some units", "某些单元的全部事件"),
    ("today's, the first one first", "今天的事件，最早的在前"),
    ("the story of one incident", "一个事件的经过"),
    ("with every record that is kept", "连同保存的所有记录"),
    ("which units, in the last 30 days", "最近 30 天里是哪些单元"),
    ("by kind", "按类型"),
    ("is everything as it was written?", "是否都与写入时相符？"),
    ("save what can be read of a damaged store", "救出损坏的存储中可读的内容"),
    ("forget incidents that are over for longer", "清除早已结束的事件"),
    ("how queries are written", "查询的写法"),
    ("the man pages, as files", "手册页文件"),
    // analyze
    ("this machine's journal", "本机的日志"),
    ("journals brought from elsewhere", "从别处拿来的日志"),
    ("the boot before", "上一次启动"),
    ("another machine's", "另一台机器的日志"),
    ("files, also compressed ones", "文件，也可以是压缩的"),
    ("print those of one unit that hurt", "只显示某个单元造成影响的事件"),
    (
        "Exit status: 0 done; 1 with --fail-on, if there was such an incident; 2 an error, also where only some input failed.",
        "退出状态：0 完成；1 使用 --fail-on 且有这样的事件；2 出错，包括只有部分输入失败。",
    ),
    // cat
    ("what a unit said, and what was said of it", "某个单元的日志，以及关于它的日志"),
    ("the kernel's records of the boot before", "上一次启动的内核日志"),
    ("the last five in journals brought from elsewhere", "从别处拿来的日志中的最后五条"),
    ("everything, for another program", "全部字段，供其他程序使用"),
    ("two journals as one", "把两份日志合为一份"),
    (
        "Exit status: 0 done; 1 there is no such entry; 2 an error, also where only some input failed.",
        "退出状态：0 完成；1 没有这样的条目；2 出错，包括只有部分输入失败。",
    ),
    // completions
    ("in ~/.bashrc", "写入 ~/.bashrc"),
    ("in ~/.zshrc", "写入 ~/.zshrc"),
    // follow
    ("this machine's journal, from now on", "从现在起跟踪本机的日志"),
    ("the kernel's own log beside it", "同时跟踪内核自己的日志"),
    ("what hurt in the last hour, and what comes", "最近一小时造成影响的事件，以及此后的"),
    ("journals that are received there", "接收到该目录的日志"),
    ("Exit status: 0 it was told to end; 2 an error.", "退出状态：0 按要求结束；2 出错。"),
    ("how far follow is behind", "follow 落后多少"),
];
