//! 简体中文。

mod headline;
mod help;
mod item;
mod message;
mod screen;
mod status;

use nwlog_correlate::{Kind, Link, Outcome, Severity};
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::gap::GapKind;

use super::Words;

pub(super) static WORDS: Words = Words {
    help: help::help,
    screen: screen::screen,
    usage: screen::usage,
    message: message::message,
    error: "错误：",
    warning: "警告：",
    caused_by: "原因：",
    hint: "提示：",
    progress: "{bar:30} {percent:>3}%  {bytes} / {total_bytes}  {bytes_per_sec}  还需 {eta}",
    change: |change| match change {
        "opened" => "新发生",
        "updated" => "有更新",
        "closed" => "已结束",
        "withdrawn" => "已撤回",
        other => other,
    },
    part_of: |id| format!("并入 {id}"),
    headline: headline::headline,
    item: item::item,
    kind: |kind| match kind {
        Kind::OomKill => "内存不足",
        Kind::DiskFull => "磁盘写满",
        Kind::GoPanic => "Go 崩溃",
        Kind::UnitFailure => "单元失败",
    },
    severity: |severity| match severity {
        Severity::Notice => "提示",
        Severity::Warning => "警告",
        Severity::Critical => "严重",
    },
    outcome: |outcome| match outcome {
        Outcome::Running => "运行中",
        Outcome::Down => "未恢复",
        Outcome::StartLimitHit => "达到启动上限",
        Outcome::Stopped => "已停止",
        Outcome::Unknown => "不明",
    },
    writer: |writer| match writer {
        Writer::Kernel => "内核",
        Writer::Systemd => "systemd",
        Writer::Unit => "单元",
    },
    link: |link| match link {
        Link::KernelCgroup => "控制组",
        Link::Pid => "进程号",
        Link::Invocation => "同一次运行",
        Link::Stream => "同一日志流",
        Link::Container => "同一容器",
        Link::Directory => "同一目录",
        Link::Mount => "同一挂载点",
        Link::Counter => "重启计数",
        Link::Name => "弱：仅名称",
        Link::Near => "弱：仅时间",
    },
    gap,
    at_host: |whom, host| format!("{host} 上的 {whom}"),
    unknown_process: "某个进程",
    process: |pid| format!("进程 {pid}"),
    times: |n| format!("共 {n} 次"),
    duration,
    earlier_lines: |n| format!("此前还有 {n} 行"),
    more_occurrences: |n| format!("又发生 {n} 次"),
    more_records: |n| format!("还有 {n} 条记录"),
    more_frames: |n| format!("还有 {n} 个栈帧"),
    more_groups: |n| format!("还有 {n} 组"),
    goroutines: |n| format!("{n} 个 goroutine"),
    goroutine: "goroutine",
    minutes: |n| format!("{n} 分钟"),
    stack: "调用栈",
    created_by: "创建者",
    largest_tasks: "占用内存最多的进程",
    largest_tasks_at_last: "最后一次被杀时占用内存最多的进程",
    refused: "被拒绝",
    refused_first: |n, first| format!("{n} 次操作，首次为 {first}"),
    see_also: "相关事件",
    fields: "字段",
    nothing_kept: "还没有保存任何事件：`nwlog analyze` 会保存它发现的事件",
    no_such_boot: "该次启动没有事件",
    nothing_found: "没有找到",
    some_of: |some, all| format!("共 {all} 个事件，显示了 {some} 个；用 -n all 显示全部"),
    no_such_id: |id| format!("没有编号以 {id} 开头的事件"),
    by: |name| match name {
        "kind" => "类型",
        "cause" => "原因",
        "unit" => "单元",
        "host" => "主机",
        "day" => "日期",
        "week" => "周",
        "month" => "月份",
        other => other,
    },
    unknown: "（不明）",
    more_values: |n| format!("… 还有 {n} 项；用 -n all 显示全部"),
    total: "合计",
    incidents: "事件",
    failures: "失败次数",
    down: "停机",
    longest: "最长停机",
    detect: "发现",
    recover: "恢复",
    when: "分布",
    medians: "停机：总时长；最长停机：单个事件；发现、恢复：中位数",
    status: status::STATUS,
    help_query: include_str!("zh/query.txt"),
};

fn gap(what: GapKind, count: Option<u64>) -> String {
    let why = match what {
        GapKind::RateLimited => "journald 限速",
        GapKind::KernelOverrun => "内核环形缓冲区被覆盖",
        GapKind::KernelRateLimited => "内核限速",
        GapKind::Sequence => "日志文件中都没有",
        GapKind::KmsgSequence => "/dev/kmsg 中没有这些编号",
        GapKind::Suspended => return "机器曾休眠：期间没有程序运行".to_owned(),
        GapKind::ClockSet => return "时钟被调整".to_owned(),
    };
    match count {
        Some(n) => format!("缺少 {n} 行：{why}"),
        None => format!("缺少若干行：{why}"),
    }
}

pub(super) fn duration(us: u64) -> String {
    let seconds = us / 1_000_000;
    match seconds {
        0 => format!("{} 毫秒", us / 1_000),
        1..10 => format!("{seconds}.{} 秒", us / 100_000 % 10),
        10..120 => format!("{seconds} 秒"),
        120..7_200 => format!("{} 分钟", seconds / 60),
        7_200..172_800 => format!("{} 小时 {} 分", seconds / 3_600, seconds / 60 % 60),
        _ => format!("{} 天 {} 小时", seconds / 86_400, seconds / 3_600 % 24),
    }
}
