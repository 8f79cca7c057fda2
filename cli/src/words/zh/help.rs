//! 命令行帮助。

use clap::{Arg, ArgAction, Command};

/// How a screen of help is laid out.
const LAYOUT: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What the help says, by what it says in English: the whole of it, and the first line of what is longer.
const TEXTS: &[(&str, &str)] = &[
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
    ("Tell what is kept, and where", "说明保存了什么、在哪里"),
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
];

/// What stands below the options, piece by piece.
const BELOW: &[(&str, &str)] = &[
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
];

fn text(english: impl ToString) -> Option<&'static str> {
    let english = english.to_string();
    TEXTS.iter().find(|(known, _)| *known == english).map(|(_, here)| *here)
}

/// A command with its help in Chinese, as far as it is known.
pub(super) fn help(mut command: Command) -> Command {
    if let Some(about) = command.get_about().and_then(text) {
        command = command.about(about).long_about(about);
    }
    if let Some(below) = command.get_after_help().map(ToString::to_string) {
        let below = BELOW.iter().fold(below, |below, (english, here)| below.replace(english, here));
        command = command.after_help(below);
    }
    let own = |arg: Arg| {
        let heading = match arg.get_help_heading() {
            Some(heading) => text(heading).unwrap_or_default(),
            None if arg.is_positional() => "参数",
            None => "选项",
        };
        let said = arg.get_help().and_then(text);
        let arg = if heading.is_empty() { arg } else { arg.help_heading(heading) };
        match said {
            Some(said) => arg.help(said).long_help(said),
            None => arg,
        }
    };
    command = command.mut_args(own);
    let asks = Arg::new("help").short('h').long("help").action(ArgAction::Help).help_heading("选项");
    command = command.disable_help_flag(true).arg(asks.help("显示帮助"));
    if command.get_version().is_some() {
        let asks = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(asks.help_heading("选项").help("显示版本"));
    }
    command = command.help_template(LAYOUT).subcommand_help_heading("命令");
    command.mut_subcommands(help)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    /// The verbs all of whose help is translated.
    const WHOLE: &[&str] = &["completions", "help", "list", "search", "show", "stats", "store"];

    fn untold(command: &Command) -> Vec<String> {
        let about = command.get_about().filter(|about| text(about).is_none()).map(ToString::to_string);
        let helps = command.get_arguments().filter_map(Arg::get_help);
        let mut all: Vec<_> = helps.filter(|help| text(help).is_none()).map(ToString::to_string).collect();
        all.extend(about);
        all.extend(command.get_subcommands().flat_map(untold));
        all
    }

    #[test]
    fn the_asking_side_is_translated_whole() {
        let command = Cli::command();
        for verb in command.get_subcommands().filter(|verb| WHOLE.contains(&verb.get_name())) {
            assert_eq!(untold(verb), [] as [String; 0], "{}", verb.get_name());
        }
    }

    #[test]
    fn the_definition_still_holds_together() {
        help(Cli::command()).debug_assert();
    }
}
