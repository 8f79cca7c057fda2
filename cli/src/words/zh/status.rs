//! `nwlog status` 的说法。

use super::WORDS;
use crate::words::Status;

pub(super) const STATUS: Status = Status {
    store: "存储",
    size: "大小",
    incidents: "事件",
    kinds: "类型",
    oldest: "最早",
    newest: "最近",
    followed: "跟踪",
    read: "已读",
    gaps: "缺失",
    waiting: "待存",
    trouble: "故障",
    counts: |all, open, withdrawn| match withdrawn {
        0 => format!("{all} 个，{open} 个未结束"),
        n => format!("{all} 个，{open} 个未结束；另有 {n} 个已撤回"),
    },
    between: "，",
    of_kind: |n, kind| format!("{} {n}", (WORDS.kind)(kind)),
    to: |to, by, behind| match (by, behind) {
        (Some(pid), None) => format!("到 {to}，进程 {pid}，没有落后"),
        (Some(pid), Some(behind)) => format!("到 {to}，进程 {pid}，落后 {behind}"),
        (None, Some(behind)) => format!("到 {to}，现在没有进程在跟踪，落后 {behind}"),
        (None, None) => format!("到 {to}，现在没有进程在跟踪"),
    },
    rate: |rate| format!("，近来每秒 {rate} 个条目"),
    entries: |n| format!("{n} 个条目"),
    no_gaps: "无",
    missing: |gaps, n| format!("{gaps} 处，已知缺少 {n} 个条目"),
    held: |held, dropped| format!("{held} 个事件，丢弃了 {dropped} 个"),
    unknown_time: "时间不明",
};
