//! Kills for memory.

use super::Scene;
use crate::soak::record::Record;

const OUT_OF_MEMORY: &str = "MESSAGE_ID=fe6faa94e7774663a0da52717891d8ef\n";

/// Whose limit is reached.
enum Limit {
    Own,
    Slice,
    Machine,
}

/// A block of the kernel's, as Linux 6.1 prints it, stored so long after it was written.
fn block(scene: &mut Scene<'_>, limit: &Limit, pid: u64, comm: &str, lag: u64) {
    let unit = scene.unit.name.clone();
    let (memcg, cgroup, constraint) = match limit {
        Limit::Own => {
            let own = format!("/system.slice/{unit}");
            (Some(own.clone()), own, "CONSTRAINT_MEMCG")
        }
        Limit::Slice => {
            (Some("/tenant.slice".to_owned()), format!("/tenant.slice/{unit}"), "CONSTRAINT_MEMCG")
        }
        Limit::Machine => (None, format!("/system.slice/{unit}"), "CONSTRAINT_NONE"),
    };
    let rss = scene.machine.rng.range(50_000, 900_000);
    let mut lines = vec![
        format!("{comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"),
        format!("CPU: 1 PID: {pid} Comm: {comm} Not tainted 6.1.0-28-amd64 #1  Debian 6.1.119-1"),
    ];
    match &memcg {
        Some(_) => lines.push(format!("memory: usage {rss}kB, limit {rss}kB, failcnt 15")),
        None => lines.extend(["Mem-Info:".to_owned(), "130939 pages RAM".to_owned()]),
    }
    lines.extend([
        "Tasks state (memory values in pages):".to_owned(),
        "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name".to_owned(),
        format!("[{pid:>7}]     0 {pid:>5} {:>8} {:>8}   299008        0             0 {comm}", rss, rss / 4),
    ]);
    let (whose, first) = match &memcg {
        Some(memcg) => (format!("oom_memcg={memcg}"), "Memory cgroup out of memory"),
        None => ("global_oom".to_owned(), "Out of memory"),
    };
    lines.extend([
        format!("oom-kill:constraint={constraint},nodemask=(null),cpuset=/,mems_allowed=0,{whose},task_memcg={cgroup},task={comm},pid={pid},uid=0"),
        format!("{first}: Killed process {pid} ({comm}) total-vm:{}kB, anon-rss:{rss}kB, file-rss:5kB, shmem-rss:0kB, UID:0 pgtables:292kB oom_score_adj:0", rss * 4),
    ]);
    for text in lines {
        let record = Record::kernel(scene.at, &text);
        scene.machine.say_late(record, lag);
        scene.at += 20;
    }
}

fn kill(scene: &mut Scene<'_>, limit: &Limit, result: &str, lag: u64) {
    let (pid, comm) = (scene.unit.pid, scene.unit.comm.clone());
    block(scene, limit, pid, &comm, lag);
    scene.wait(50_000);
    if result == "oom-kill" {
        scene.manager_with("A process of this unit has been killed by the OOM killer.", OUT_OF_MEMORY);
    }
    scene.wait(50_000);
    scene.exit("killed", 9, "KILL", result);
}

pub(super) fn own_limit(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "memcg-limit", 1, "running");
    kill(scene, &Limit::Own, "oom-kill", 1_500);
    scene.restart();
}

/// systemd takes the kill for a signal.
pub(super) fn own_limit_as_signal(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "memcg-limit", 1, "running");
    kill(scene, &Limit::Own, "signal", 1_500);
    scene.restart();
}

/// The slice's own counter is read a minute later.
pub(super) fn slice_limit(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "slice-limit", 1, "down");
    kill(scene, &Limit::Slice, "oom-kill", 1_500);
    let text = "tenant.slice: A process of this unit has been killed by the OOM killer.";
    let record = Record::manager(scene.at + 60_000_000, "tenant.slice", None, text, OUT_OF_MEMORY);
    scene.say(record);
    scene.start_tomorrow();
}

pub(super) fn whole_machine(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "global", 1, "running");
    kill(scene, &Limit::Machine, "oom-kill", 1_500);
    scene.restart();
}

/// A child is killed, and the unit lives on.
pub(super) fn child(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "memcg-limit", 1, "running");
    let pid = scene.unit.pid + 7;
    block(scene, &Limit::Own, pid, "worker", 1_500);
    scene.wait(100_000);
    scene.line("a worker died: signal: killed");
}

pub(super) fn crash_loop(scene: &mut Scene<'_>) {
    let lives = scene.machine.rng.range(2, 9);
    scene.account("oom-kill", "memcg-limit", lives, "running");
    for _ in 0..lives {
        kill(scene, &Limit::Own, "oom-kill", 1_500);
        scene.restart();
        scene.wait(15_000_000);
    }
}

/// journald reads the kernel's block seconds after all that systemd says of it.
pub(super) fn stored_late(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "memcg-limit", 1, "running");
    let lag = scene.machine.rng.range(2_000_000, 20_000_000);
    kill(scene, &Limit::Own, "signal", lag);
    scene.restart();
}

pub(super) fn oomd(scene: &mut Scene<'_>) {
    scene.account("oom-kill", "oomd", 1, "running");
    let text = "systemd-oomd killed 2 process(es) in this unit.";
    scene.manager_with(text, "MESSAGE_ID=d989611b15e44c9dbf31e3c81256e4ed\nN_PROCESSES=2\n");
    scene.wait(50_000);
    scene.exit("killed", 9, "KILL", "oom-kill");
    scene.restart();
}
