//! 时间线上 nwlog 自己的措辞；日志原文不翻译。

use std::borrow::Cow;

use crate::words::wording::{Wordings, said};

/// What nwlog words itself of the records of the kernel and of systemd, and how that is said here.
const WORDINGS: Wordings = &[
    (
        "{} invoked the OOM killer in {}, for {} pages in one piece",
        "{} 触发了 OOM killer，位于 {}，需要 {} 个连续页",
    ),
    ("{} invoked the OOM killer in {}", "{} 触发了 OOM killer，位于 {}"),
    ("{} invoked the OOM killer, for {} pages in one piece", "{} 触发了 OOM killer，需要 {} 个连续页"),
    ("{} invoked the OOM killer", "{} 触发了 OOM killer"),
    ("usage {} of limit {}; {}", "已用 {}，上限 {}；{}"),
    ("usage {} of limit {}", "已用 {}，上限 {}"),
    ("killed process {} ({}), anon-rss {}", "杀死了进程 {}（{}），anon-rss {}"),
    ("killed process {} ({})", "杀死了进程 {}（{}）"),
    ("earlyoom ends process {} ({}), rss {}", "earlyoom 结束进程 {}（{}），rss {}"),
    ("earlyoom ends process {} ({})", "earlyoom 结束进程 {}（{}）"),
    ("memory {} free of {}, no swap", "内存空闲 {}，共 {}；没有交换区"),
    ("memory {} free of {}, swap {} free of {}", "内存空闲 {}，共 {}；交换区空闲 {}，共 {}"),
    ("a person asked for a kill with sysrq", "有人用 sysrq 要求杀死进程"),
    ("the memory of process {} ({}) was taken back", "已收回进程 {}（{}）的内存"),
    ("the memory of process {} ({}) could not be taken back", "未能收回进程 {}（{}）的内存"),
    ("process {} ({}) is gone", "进程 {}（{}）已不在"),
    ("systemd-oomd killed {} process(es)", "systemd-oomd 杀死了 {} 个进程"),
    ("systemd-oomd killed some processes", "systemd-oomd 杀死了若干进程"),
    ("systemd-oomd killed {}: {}", "systemd-oomd 杀死了 {}：{}"),
    ("systemd-oomd killed {}", "systemd-oomd 杀死了 {}"),
    ("a process of this unit was killed by the OOM killer", "本单元的一个进程被 OOM killer 杀死"),
    ("main process exited with status {}", "主进程以状态 {} 退出"),
    ("main process killed by signal {}, core dumped", "主进程被信号 {} 杀死，留下了核心转储"),
    ("main process killed by signal {}", "主进程被信号 {} 杀死"),
    ("{} process exited with status {}", "{} 进程以状态 {} 退出"),
    ("{} process killed by signal {}", "{} 进程被信号 {} 杀死"),
    ("process {} ({}) left a core after {}", "进程 {}（{}）因 {} 留下了核心转储"),
    ("process {} ({}) of an earlier run is still there", "上一次运行的进程 {}（{}）仍在"),
    ("process {} ({}) remains after the unit stopped", "单元停止后进程 {}（{}）仍在"),
    ("systemd sends {} to process {} ({})", "systemd 向进程 {1}（{2}）发送 {0}"),
    ("systemd sends {} to process {}", "systemd 向进程 {1} 发送 {0}"),
    ("{} sent to process {} on a client's request", "应客户端请求向进程 {1} 发送了 {0}"),
    ("{} sent on a client's request", "应客户端请求发送了 {}"),
    ("{} failed, which it needs", "它所需要的 {} 失败了"),
    ("{} was not started, for it needs {}", "{} 没有启动，因为它需要 {}"),
    ("result {}", "结果 {}"),
    ("failed", "失败"),
    ("restart {} scheduled", "已安排第 {} 次重启"),
    ("restart scheduled", "已安排重启"),
    ("starting", "正在启动"),
    ("started", "已启动"),
    ("finished", "已完成"),
    ("start job failed: {}", "启动任务失败：{}"),
    ("start request repeated too quickly", "启动请求过于频繁"),
    ("stop requested", "收到停止请求"),
    ("stopped", "已停止"),
    ("deactivated successfully", "正常结束"),
    ("start timed out", "启动超时"),
    ("stop timed out", "停止超时"),
    ("runtime timed out", "运行超时"),
    ("reload timed out", "重新加载超时"),
    ("watchdog timeout, limit {}", "看门狗超时，时限 {}"),
    ("watchdog timeout", "看门狗超时"),
    ("activated by D-Bus", "由 D-Bus 激活"),
    ("failed at step {} of {}", "在 {} 步骤失败：{}"),
    ("failed at step {}", "在 {} 步骤失败"),
    ("reloaded", "已重新加载"),
    ("reload job failed: {}", "重新加载失败：{}"),
    ("memory peak {}, {} of CPU", "内存峰值 {}，CPU 用时 {}"),
    ("memory peak {}", "内存峰值 {}"),
];

/// An item's text, here: one of the wordings above, or as it is.
pub(super) fn item(text: &str) -> Cow<'_, str> {
    said(&[WORDINGS], text).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_said_and_other_text_is_left() {
        for (text, want) in [
            ("main process killed by signal 9 (KILL)", "主进程被信号 9 (KILL) 杀死"),
            (
                "main process killed by signal 6 (ABRT), core dumped",
                "主进程被信号 6 (ABRT) 杀死，留下了核心转储",
            ),
            (
                "killed process 249 (my {} app), anon-rss 95.4 MiB",
                "杀死了进程 249（my {} app），anon-rss 95.4 MiB",
            ),
            ("systemd sends SIGABRT to process 7 (mode)", "systemd 向进程 7（mode）发送 SIGABRT"),
            ("SIGKILL sent to process 8 on a client's request", "应客户端请求向进程 8 发送了 SIGKILL"),
            (
                "app invoked the OOM killer in /system.slice/a.service",
                "app 触发了 OOM killer，位于 /system.slice/a.service",
            ),
            ("failed", "失败"),
            ("failed to do it", "failed to do it"),
            ("", ""),
        ] {
            assert_eq!(item(text), want, "{text}");
        }
    }

    #[test]
    fn every_gap_is_filled() {
        for (english, here) in WORDINGS {
            assert_eq!(english.matches("{}").count(), here.matches('{').count(), "{english}");
        }
    }
}
