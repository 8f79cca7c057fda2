//! 一句话说清楚发生了什么。

use nwlog_correlate::{Cause, Gap, Incident, Kind, Outcome, signal, size};
use nwlog_ingest::event::gap::GapKind;
use nwlog_ingest::event::unit::{Exit, ExitCode};

use super::duration;

/// The longest part of a log line that a headline quotes, in characters.
const MAX_QUOTE: usize = 120;

/// Says what an incident is, in one sentence, from all else that is known of it.
pub(super) fn headline(incident: &Incident) -> String {
    let process = incident.process.as_ref().and_then(|process| process.comm.as_deref());
    let name = incident.unit.as_deref().or(process).unwrap_or("某个进程");
    let what = match incident.kind {
        Kind::OomKill => oom_kill(incident),
        Kind::DiskFull => disk_full(incident),
        Kind::GoPanic => go_panic(incident),
        Kind::UnitFailure => unit_failure(incident),
    };
    let times = match incident.occurrences {
        0 | 1 => String::new(),
        n => format!("，{}内共 {n} 次", duration(incident.last.since(&incident.first))),
    };
    let others = match incident.units.len() {
        0 | 1 => String::new(),
        n => format!("，另涉及 {} 个单元", n - 1),
    };
    let waited = incident.timeline.iter().filter(|item| &*item.event == "waited").count();
    let waited = match waited {
        0 => String::new(),
        n => format!("；{n} 个需要它的单元没有启动"),
    };
    format!("{name} {what}{times}{others}{waited}{}{}", end(incident), missing(incident))
}

/// What is known to be missing near it.
fn missing(incident: &Incident) -> String {
    let lost = |gap: &&Gap| !matches!(gap.what, GapKind::Suspended | GapKind::ClockSet);
    let mut lost = incident.gaps.iter().filter(lost).peekable();
    if lost.peek().is_none() {
        return String::new();
    }
    match lost.map(|gap| gap.count).try_fold(0_u64, |sum, count| Some(sum.saturating_add(count?))) {
        Some(n) if n > 0 => format!("；附近缺少 {n} 行日志"),
        _ => "；附近缺少日志".into(),
    }
}

/// The process that a unit lost, where the unit went on without it, or ended by itself for want of it.
fn lost(incident: &Incident) -> Option<String> {
    let exit = incident.process.as_ref().and_then(|process| process.exit);
    let went_on = incident.invocations.is_empty()
        && matches!(incident.outcome, Outcome::Running | Outcome::Stopped)
        && incident.unit.is_some();
    let is_sigkill = |exit: Exit| exit.code == ExitCode::Killed && exit.status == 9;
    if !went_on && exit.is_none_or(is_sigkill) {
        return None;
    }
    let victim = incident.oom.as_ref().and_then(|oom| oom.victim.as_ref());
    Some(victim.map_or_else(
        || "一个进程".into(),
        |victim| format!("进程 {}（{}）", victim.pid, quote(&victim.comm)),
    ))
}

fn says(incident: &Incident, event: &str) -> bool {
    incident.timeline.iter().any(|item| &*item.event == event)
}

fn oom_kill(incident: &Incident) -> String {
    let oom = incident.oom.as_ref();
    let limit = oom.and_then(|oom| oom.limit_kb).map_or_else(String::new, |kb| format!("（{}）", size(kb)));
    let lost = lost(incident);
    let by = |killer: &str| match &lost {
        Some(process) => format!("的{process}被{killer}杀死"),
        None => format!("被{killer}杀死"),
    };
    match incident.cause {
        Some(Cause::Global) if says(incident, "oom-asked") => {
            format!("{}：有人用 sysrq 要求这样做", by("内核"))
        }
        None if says(incident, "earlyoom-kill") => "因内存不足被 earlyoom 结束".into(),
        Some(Cause::MemcgLimit) => {
            format!("达到自身的内存上限{limit}，{}", by("内核").trim_start_matches('的'))
        }
        Some(Cause::SliceLimit) => {
            let slice = oom.and_then(|oom| oom.oom_memcg.as_deref()).unwrap_or("所属 slice");
            format!("因 {} 达到内存上限{limit}，{}", quote(slice), by("内核").trim_start_matches('的'))
        }
        Some(Cause::Global) => {
            let used = oom.and_then(|oom| oom.victim.as_ref()).and_then(|victim| victim.anon_rss_kb);
            let used = used.map_or_else(String::new, |kb| format!("，当时占用匿名内存 {}", size(kb)));
            let invoker = oom.and_then(|oom| oom.invoker.as_ref());
            let asked =
                invoker.map_or_else(String::new, |task| format!("（{} 申请内存时）", quote(&task.comm)));
            format!("因整机内存耗尽{asked}，{}{used}", by("内核").trim_start_matches('的'))
        }
        Some(Cause::Oomd) => by(" systemd-oomd "),
        _ => format!("{}；没有内核记录说明是哪一级的上限", by(" OOM killer ")),
    }
}

fn disk_full(incident: &Incident) -> String {
    let disk = incident.disk.as_ref();
    let place = disk.and_then(|disk| disk.directory.as_deref().or(disk.path.as_deref()));
    let place = place.map_or_else(String::new, |place| format!("在 {} ", quote(place)));
    let why = match incident.cause {
        Some(Cause::Quota) => "磁盘配额已用尽",
        Some(Cause::ReadOnly) => "文件系统为只读",
        Some(Cause::NoInodes) => "inode 已用尽",
        _ => "磁盘空间已用尽",
    };
    let count = disk.map_or(1, |disk| disk.refused.max(1));
    format!("{place}有 {count} 次操作被拒绝：{why}")
}

fn go_panic(incident: &Incident) -> String {
    let go = incident.go.as_ref();
    let value = go.map(|go| quote(&go.value)).filter(|value| !value.is_empty());
    let said = value.map_or_else(String::new, |value| format!("：{value}"));
    let what = match incident.cause {
        Some(Cause::HttpPanic) => "在 HTTP 处理函数中发生 panic，进程仍在运行",
        Some(Cause::SignalDump) => "收到信号，转储了所有 goroutine",
        Some(Cause::Panic) | None => "发生 panic",
        Some(Cause::Deadlock) => "因死锁退出",
        Some(Cause::OutOfMemory) => "因 Go 申请不到内存而退出",
        Some(Cause::StackOverflow) => "因栈溢出退出",
        Some(Cause::ThreadExhaustion) => "因线程过多退出",
        Some(Cause::ConcurrentMap) => "因并发读写 map 退出",
        Some(_) => "因致命错误退出",
    };
    let waiting = go.and_then(|go| go.groups.first()).filter(|group| group.count > 10).map(|group| {
        let long = group.minutes.map_or_else(String::new, |minutes| format!("已 {minutes} 分钟"));
        let place =
            group.frame.as_deref().map_or_else(String::new, |frame| format!("，位于 {}", quote(frame)));
        format!("；{} 个 goroutine 处于 {} 状态{long}{place}", group.count, quote(&group.state))
    });
    format!("{what}{said}{}", waiting.unwrap_or_default())
}

fn unit_failure(incident: &Incident) -> String {
    let exit = incident.process.as_ref().and_then(|process| process.exit);
    let says = |event| says(incident, event);
    match incident.cause {
        Some(Cause::SilentExit) => "以状态 0 自行退出，没有人要求它停止".into(),
        Some(Cause::RestartLoop) => "反复自行退出又被重启".into(),
        Some(Cause::StartTimeout) => "未能按时启动".into(),
        Some(Cause::StopTimeout) => "未能按时停止".into(),
        Some(Cause::RuntimeTimeout) => "运行超出允许的时长，被结束".into(),
        Some(Cause::Watchdog) => "未响应看门狗，被 systemd 中止".into(),
        Some(Cause::ExecFailed) => {
            format!("无法执行{}", exit.map_or_else(String::new, |exit| format!("（状态 {}）", exit.status)))
        }
        Some(Cause::Protocol) => "没有遵守其服务类型的约定".into(),
        Some(Cause::Resources) => "因系统资源不足无法启动".into(),
        Some(Cause::Dependency) => "因所依赖的单元失败而没有启动".into(),
        Some(Cause::MountFailed) if incident.unit.as_deref().is_some_and(|unit| unit.ends_with(".swap")) => {
            "无法启用".into()
        }
        Some(Cause::MountFailed) => "挂载失败".into(),
        Some(Cause::StartLimit) => "启动过于频繁".into(),
        Some(Cause::Killed) if says("client-signal") => "应客户端的请求被 SIGKILL 杀死".into(),
        Some(Cause::Killed) if sent_by_systemd(incident) => "被 systemd 用 SIGKILL 杀死".into(),
        Some(Cause::Killed) => "被 SIGKILL 杀死，没有记录说明是谁发的".into(),
        _ => {
            let whose = if says("control-exit") && !says("main-exit") { "控制进程" } else { "主进程" };
            let how = exit.map_or_else(String::new, |exit| format!("：{whose}{}", ended(&exit)));
            let word = incident.last_word.as_deref().map(quote).filter(|word| !word.is_empty());
            format!("失败{how}{}", word.map_or_else(String::new, |word| format!("：{word}")))
        }
    }
}

fn sent_by_systemd(incident: &Incident) -> bool {
    let mut items = incident.timeline.iter();
    items.any(|item| &*item.event == "killing" && item.text.contains("sends SIGKILL"))
}

fn ended(exit: &Exit) -> String {
    let number = || signal(exit.status).replace("signal ", "信号 ");
    match exit.code {
        ExitCode::Exited => format!("以状态 {} 退出", exit.status),
        ExitCode::Killed => format!("被{}杀死", number()),
        ExitCode::Dumped => format!("被{}杀死，留下了核心转储", number()),
    }
}

fn end(incident: &Incident) -> String {
    let down = incident.down_us.filter(|down| *down > 0).map(duration);
    match (incident.outcome, down) {
        (Outcome::Running, Some(down)) => format!("；共停机 {down}，已恢复运行"),
        (Outcome::Running, None) | (Outcome::Unknown, _) => String::new(),
        (Outcome::Down, _) => "；尚未恢复".into(),
        (Outcome::StartLimitHit, _) => "；systemd 已放弃重启".into(),
        (Outcome::Stopped, _) => "；随后按请求停止".into(),
    }
}

/// A piece of a log line, in one line and not too long. What it holds is escaped on output.
fn quote(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
