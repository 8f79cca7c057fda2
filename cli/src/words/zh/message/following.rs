//! 跟踪日志时，和配置有误时。

use crate::words::wording::Wordings;

pub(super) const TABLE: Wordings = &[
    ("following from now on; ^C ends it", "从现在起跟踪；按 ^C 结束"),
    ("following from where it stood; ^C ends it", "从上次的位置继续跟踪；按 ^C 结束"),
    ("following; ^C ends it", "正在跟踪；按 ^C 结束"),
    (
        "the store was kept up with other journals: following from now on",
        "此存储原先跟踪的是别的日志：从现在开始跟踪",
    ),
    ("the last hour is read again: {}", "重新读取最近一小时：{!}"),
    ("the last incidents were not kept: the store takes too long", "最后的事件没有保存：写入存储耗时过长"),
    ("incidents are held in memory until they can be kept: {}", "事件暂存于内存，待可保存时写入：{!}"),
    ("incidents are kept again", "事件已恢复保存"),
    (
        "incidents are kept again; {} had to be dropped, for there was no more room in memory",
        "事件已恢复保存；内存不够，丢弃了 {} 个",
    ),
    ("the configuration stays as it was", "配置保持原样"),
    ("reading ended", "读取意外结束"),
    ("cannot wait for journals", "无法等待日志"),
    ("cannot listen to signals", "无法接收信号"),
    ("cannot start a thread", "无法启动线程"),
    ("cannot start threads", "无法启动线程"),
    (
        "the kernel's log needs root, or CAP_SYSLOG and a device that may be read",
        "读取内核日志需要 root，或 CAP_SYSLOG 和可读的设备",
    ),
    ("its state has version {}, this program reads {}", "其状态的版本为 {}，本程序读取 {}"),
    ("its state is too large", "其状态过大"),
    (
        "the reader's state has version {}, this program reads {}: read the log again",
        "读取状态的版本为 {}，本程序读取 {}：请重新读取日志",
    ),
    ("the reader's state cannot be read: read the log again", "读取状态无法读取：请重新读取日志"),
    (
        "the correlator's state has version {}, this program reads {}: read the log again",
        "关联状态的版本为 {}，本程序读取 {}：请重新读取日志",
    ),
    ("the correlator's state cannot be read: read the log again", "关联状态无法读取：请重新读取日志"),
    ("not a position of a follower of journals", "不是跟踪日志的位置"),
    (
        "cannot watch directories (fs.inotify.max_user_instances says how often a user can): {}",
        "无法监视目录（上限见 fs.inotify.max_user_instances）：{!}",
    ),
    ("{}: {} of its entries cannot be read", "{}：其中 {} 个条目无法读取"),
    ("{}: was deleted before all of it was read", "{}：还没读完就被删除了"),
    ("{}: cannot be watched: {}", "{}：无法监视：{!}"),
    (": {} files are left out: no more than {} are followed", "有 {} 个文件没有跟踪：最多跟踪 {} 个"),
    ("run as root", "请以 root 运行"),
    ("run as root or as a member of {}", "请以 root 或 {} 组的成员运行"),
    ("see to it that it can be read", "请确保它可读"),
    ("use a later version of this program", "请使用更新版本的本程序"),
    ("move it out of the directory, if it is no journal", "如果它不是日志，请把它移出该目录"),
    ("follow fewer directories, or vacuum them", "请少跟踪一些目录，或清理它们"),
    (
        "let journald keep more, see SystemMaxUse= and RuntimeMaxUse= in journald.conf",
        "请让 journald 多保留一些，见 journald.conf 的 SystemMaxUse= 和 RuntimeMaxUse=",
    ),
    ("journalctl --verify says what is damaged", "journalctl --verify 会说明哪里损坏"),
    (
        "raise fs.inotify.max_user_watches; until then it is looked at by the timer alone",
        "请调高 fs.inotify.max_user_watches；在此之前只会定时查看",
    ),
    ("{}: can be read no more: {}", "{}：不能再读取：{!}"),
    (
        "the journal is followed still; start nwlog again for the kernel's own log",
        "日志仍在跟踪；要跟踪内核自己的日志，请重新启动 nwlog",
    ),
    ("writing to it failed by a fault of this program", "因本程序的错误而写入失败"),
    // 配置
    ("{}: no such file", "{}：没有这个文件"),
    (
        "without --config, nwlog reads ~/.config/nwlog/config.toml and /etc/nwlog/config.toml",
        "不写 --config 时，nwlog 读取 ~/.config/nwlog/config.toml 和 /etc/nwlog/config.toml",
    ),
    ("the variable {} makes no sense", "环境变量 {} 无法理解"),
    ("exclude: {}: {}", "exclude：{}：{!}"),
    ("TOML parse error at line {}, column {}", "TOML 有误：第 {} 行，第 {} 列"),
    ("unknown field `{}`, expected one of {}", "没有 `{}` 这个设置，可用的有 {}"),
    ("invalid type: {}, expected {}", "类型不对：写的是 {}，应为 {}"),
    ("`{}` is no time: 30s, 5min, 2h, 90d", "`{}` 不是时长：可写 30s、5min、2h、90d"),
    ("`{}` is no size: 200K, 500M, 2G", "`{}` 不是大小：可写 200K、500M、2G"),
];
