#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::event::Identity;
use crate::event::oom::{AftermathKind, Constraint, NoVictim, OomKill, OomNoteKind};
use crate::time::Moment;

/// Pushes lines that are a millisecond apart, unless they begin with `+N ` for N milliseconds more. A record's
/// identity is its number.
fn facts(lines: &[&str]) -> Vec<Assembled<OomFact>> {
    let (mut assembler, mut out, mut now) = (OomAssembler::default(), Vec::new(), 0);
    for (number, line) in lines.iter().enumerate() {
        let (wait, text) =
            line.strip_prefix('+').and_then(|rest| rest.split_once(' ')).unwrap_or(("0", line));
        now += 1000 * (1 + wait.parse::<u64>().unwrap());
        let at = Moment { realtime: None, monotonic: Some(now) };
        let identity = Identity(number as u64);
        assembler.push(&Record { at, received: at, identity, text: text.as_bytes() }, &mut out);
        assembler = serde_json::from_slice(&serde_json::to_vec(&assembler).unwrap()).unwrap();
    }
    assembler.finish(&mut out);
    assert!(!assembler.is_open());
    out
}

fn kills(lines: &[&str]) -> Vec<OomKill> {
    let kill = |assembled: Assembled<OomFact>| match assembled.fact {
        OomFact::Kill(kill) => Some(*kill),
        OomFact::NoVictim { why: NoVictim::Exiting } | OomFact::Aftermath(_) => None,
        other => panic!("{other:?}"),
    };
    facts(lines).into_iter().filter_map(kill).collect()
}

fn one(lines: &[&str]) -> OomKill {
    let mut kills = kills(lines);
    assert_eq!(kills.len(), 1, "{lines:?}");
    kills.remove(0)
}

const HEADER: &str = "first invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
const USAGE: &str = "memory: usage 2048kB, limit 1024kB, failcnt 82";
const SUMMARY: &str = "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/s.slice,\
                       task_memcg=/s.slice/a.service,task=victim,pid=70,uid=33";
const GLOBAL: &str = "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,\
                      task_memcg=/s.slice/a.service,task=victim,pid=70,uid=33";
const KILL: &str = "Memory cgroup out of memory: Killed process 70 (victim) total-vm:4000kB, anon-rss:900kB, \
                    file-rss:8kB, shmem-rss:0kB, UID:33 pgtables:96kB oom_score_adj:5";
const KILL_GLOBAL: &str =
    "Out of memory: Killed process 70 (victim) total-vm:4000kB, anon-rss:900kB, file-rss:8kB";
const OTHER: &str =
    "Memory cgroup out of memory: Killed process 71 (other) total-vm:40kB, anon-rss:9kB, file-rss:8kB";
const GROUP: &str = "Tasks in /s.slice/a.service are going to be killed due to memory.oom.group set";
const SPARED: &str =
    "Memory cgroup out of memory: OOM victim 72 (x) is already exiting. Skip killing the task";

#[test]
fn a_block_of_a_new_kernel() {
    let lines = [
        "usb 1-1: new device",
        HEADER,
        "CPU: 0 UID: 0 PID: 8 Comm: third Not tainted 6.18.4 #1",
        "CPU: 1 UID: 0 PID: 69 Comm: first Not tainted 6.18.4 #1",
        "Call Trace:",
        USAGE,
        "swap: usage 0kB, limit 9007199254740988kB, failcnt 0",
        "Memory cgroup stats for /s.slice:\nanon 1\nfile 2",
        "Tasks state (memory values in pages):",
        "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
        "[     71]     0    71       10        5        3        2         0    57344        0             0 other",
        "audit: type=1400",
        "[     70]    33    70     1000      227      225        2         0    57344        0             5 victim",
        SUMMARY,
        KILL,
        "oom_reaper: reaped process 70 (victim), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
    ];
    let told = facts(&lines);
    assert_eq!((told.len(), told[0].identity, &*told[0].text), (2, Identity(14), KILL));
    let kill = one(&lines);
    assert_eq!((kill.block, kill.constraint, kill.by_memcg), (1, Some(Constraint::Memcg), Some(true)));
    let invoker = kill.invoker.unwrap();
    assert_eq!((invoker.pid, &*invoker.comm), (Some(69), "first"));
    assert_eq!((kill.usage_kb, kill.limit_kb), (Some(2048), Some(1024)));
    assert_eq!(kill.oom_memcg.as_deref(), Some("/s.slice"));
    assert_eq!((kill.victim.pid, &*kill.victim.comm, kill.victim.uid), (70, "victim", Some(33)));
    assert_eq!(kill.victim.cgroup.as_deref(), Some("/s.slice/a.service"));
    assert_eq!(
        kill.top.iter().map(|task| (task.pid, task.rss_kb)).collect::<Vec<_>>(),
        [(70, 908), (71, 20)]
    );
    let notes: Vec<_> = kill.notes.iter().map(|note| (note.at.monotonic, note.kind, &*note.text)).collect();
    assert_eq!(notes, [(Some(2000), OomNoteKind::Invoked, HEADER), (Some(6000), OomNoteKind::Usage, USAGE)]);
    assert!(!kill.group);
}

#[test]
fn blocks_of_old_kernels() {
    let limited = "Task in /a/b killed as a result of limit of /a";
    let own = "Task in /a killed as a result of limit of /a";
    let choice = "Memory cgroup out of memory: Kill process 70 (victim) score 919 or sacrifice child";
    let killed = "Killed process 70 (victim) total-vm:4000kB, anon-rss:900kB, file-rss:8kB";
    let child = "Killed process 75, UID 27, (child) total-vm:4000kB, anon-rss:900kB, file-rss:8kB";
    let global = "Out of memory: Kill process 70 (victim) score 919 or sacrifice child";
    let bound = "No available memory (MPOL_BIND): kill process 70 (victim) score 9 or a child";
    let memcg = (Some(Constraint::Memcg), Some(true));
    for (lines, (constraint, by_memcg), oom_memcg, cgroup) in [
        (&[HEADER, limited, USAGE, choice, killed][..], memcg, Some("/a"), Some("/a/b")),
        (&[HEADER, limited, USAGE, choice, child], memcg, Some("/a"), None),
        (&[HEADER, own, USAGE, choice, child], memcg, Some("/a"), Some("/a")),
        (&[limited, choice, killed], memcg, Some("/a"), Some("/a/b")),
        (&[choice, killed], memcg, None, None),
        (&[HEADER, global, killed], (None, Some(false)), None, None),
        (&[HEADER, limited, global, killed], (None, Some(false)), None, None),
        (&[HEADER, bound, killed], (Some(Constraint::MemoryPolicy), Some(false)), None, None),
        (&[HEADER, killed], (None, None), None, None),
    ] {
        let kill = one(lines);
        assert_eq!(
            (kill.constraint, kill.by_memcg, kill.oom_memcg.as_deref(), kill.victim.cgroup.as_deref()),
            (constraint, by_memcg, oom_memcg, cgroup),
            "{lines:?}"
        );
    }
}

/// What each kill has: block, pid, whether it has an invoker, its cgroup's presence, and the group flag.
fn rows(lines: &[&str]) -> Vec<(u64, u32, bool, bool, bool)> {
    let row = |kill: OomKill| {
        (kill.block, kill.victim.pid, kill.invoker.is_some(), kill.victim.cgroup.is_some(), kill.group)
    };
    kills(lines).into_iter().map(row).collect()
}

#[test]
fn blocks_are_never_merged() {
    let second = "second invoked oom-killer: gfp_mask=0xcc0";
    for (lines, expected) in [
        (&[KILL][..], &[(0, 70, false, false, false)][..]),
        (&[KILL, OTHER], &[(0, 70, false, false, false), (1, 71, false, false, false)]),
        (&[HEADER, SUMMARY, KILL, OTHER], &[(0, 70, true, true, false), (3, 71, false, false, false)]),
        (&[HEADER, HEADER, SUMMARY, KILL], &[(1, 70, true, true, false)]),
        (&[HEADER, SUMMARY, second, OTHER], &[(2, 71, true, false, false)]),
        (&[HEADER, SUMMARY, OTHER, KILL], &[(2, 71, false, false, false), (3, 70, false, false, false)]),
        (&[HEADER, SUMMARY, KILL_GLOBAL], &[(2, 70, false, false, false)]),
        (&[HEADER, USAGE, KILL_GLOBAL], &[(2, 70, false, false, false)]),
        (&[SUMMARY, KILL], &[(1, 70, false, true, false)]),
        (&[HEADER, SPARED, KILL], &[(2, 70, false, false, false)]),
        (&[HEADER, "+9998 x", KILL], &[(0, 70, true, false, false)]),
        (&[HEADER, "+9999 x", KILL], &[(2, 70, false, false, false)]),
        (&[HEADER, SUMMARY], &[]),
        (&[SPARED, GROUP], &[]),
    ] {
        assert_eq!(rows(lines), expected, "{lines:?}");
    }
}

#[test]
fn groups() {
    let of_others = "Tasks in /s.slice/b.service are going to be killed due to memory.oom.group set";
    let late = format!("+100 {OTHER}");
    let other_global = "Out of memory: Killed process 71 (other) total-vm:40kB";
    for (lines, expected) in [
        (
            &[HEADER, SUMMARY, KILL, GROUP, KILL, SPARED, "x", OTHER][..],
            &[(0, 70, true, true, false), (0, 70, true, true, true), (0, 71, true, false, true)][..],
        ),
        (&[KILL, GROUP, OTHER], &[(0, 70, false, false, false), (0, 71, false, false, true)]),
        (&[GROUP, KILL, OTHER], &[(1, 70, false, false, true), (1, 71, false, false, true)]),
        (
            &[HEADER, GLOBAL, KILL_GLOBAL, GROUP, other_global],
            &[(0, 70, true, true, false), (0, 71, true, false, true)],
        ),
        (&[KILL, GROUP, other_global], &[(0, 70, false, false, false), (2, 71, false, false, false)]),
        (&[KILL, GROUP, &late], &[(0, 70, false, false, false), (2, 71, false, false, false)]),
        (&[KILL, GROUP, HEADER, OTHER], &[(0, 70, false, false, false), (2, 71, true, false, false)]),
        (
            &[HEADER, SUMMARY, KILL, of_others, OTHER],
            &[(0, 70, true, true, false), (4, 71, false, false, true)],
        ),
        (&[HEADER, SUMMARY, GROUP, OTHER], &[(0, 71, true, false, true)]),
    ] {
        assert_eq!(rows(lines), expected, "{lines:?}");
    }
}

#[test]
fn members_of_a_group_share_the_limit_but_not_the_notes() {
    let kills = kills(&[HEADER, USAGE, SUMMARY, KILL, GROUP, OTHER]);
    for kill in &kills {
        assert_eq!((kill.oom_memcg.as_deref(), kill.limit_kb), (Some("/s.slice"), Some(1024)));
    }
    assert_eq!(kills.iter().map(|kill| kill.notes.len()).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn a_summary_in_pieces() {
    let (start, end) = SUMMARY.split_at(SUMMARY.find(",task_memcg=").unwrap());
    let (middle, end) = end.split_at(",task_memcg=".len());
    let kill = one(&[HEADER, start, middle, "e1000: link is up", end, KILL]);
    assert_eq!(kill.victim.cgroup.as_deref(), Some("/s.slice/a.service"));
    let cut = one(&[HEADER, start, KILL]);
    assert_eq!((cut.block, cut.victim.cgroup), (0, None));
}

#[test]
fn nobody_to_kill() {
    let none = "Out of memory and no killable processes...";
    let told = facts(&[HEADER, none, "Kernel panic - not syncing: System is deadlocked on memory", KILL]);
    let none = |why| OomFact::NoVictim { why };
    assert_eq!((&told[0].fact, told[0].identity), (&none(NoVictim::NobodyKillable), Identity(1)));
    assert_eq!((&told[1].fact, told[1].identity), (&none(NoVictim::Deadlocked), Identity(2)));
    assert!(matches!(&told[2].fact, OomFact::Kill(kill) if kill.block == 3));
    assert_eq!(told.len(), 3);
}

const SYSRQ: &str = "sysrq: Manual OOM execution";
const SYSRQ_HEADER: &str =
    "kworker/1:2 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0";

#[test]
fn a_person_asked() {
    let old = "SysRq : Manual OOM execution";
    let order = "first invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=2, oom_score_adj=0";
    for (lines, asked, notes) in [
        (&[SYSRQ, SYSRQ_HEADER, GLOBAL, KILL_GLOBAL][..], true, 2),
        (&[SYSRQ_HEADER, GLOBAL, KILL_GLOBAL], true, 2),
        (&[old, HEADER, KILL_GLOBAL], true, 2),
        (&[old, "e1000: link is up", "+9000 x", KILL_GLOBAL], true, 1),
        (&[old, "+11000 x", HEADER, KILL_GLOBAL], false, 1),
        (&[old, order, KILL_GLOBAL], false, 1),
        (&[old, HEADER, USAGE, SUMMARY, KILL], false, 2),
        (&[old, KILL], false, 0),
        (&[HEADER, GLOBAL, KILL_GLOBAL, old], false, 1),
    ] {
        let kill = one(lines);
        assert_eq!((kill.asked, kill.notes.len()), (asked, notes), "{lines:?}");
    }
    let ignored = facts(&[SYSRQ, "sysrq: OOM request ignored. No task eligible", KILL_GLOBAL]);
    assert_eq!(ignored[0].fact, OomFact::NoVictim { why: NoVictim::Ignored });
    assert!(matches!(&ignored[1].fact, OomFact::Kill(kill) if !kill.asked), "{ignored:?}");
}

#[test]
fn what_the_memory_was_used_for() {
    let stats = ["Memory cgroup stats for /s.slice:", "anon 2097152", "file 0", "kernel 4096", "shmem 0"];
    let info =
        ["Mem-Info:\nactive_anon:42 inactive_anon:9\n free:100 free_pcp:7 free_cma:0", "Free swap  = 0kB"];
    let rest = ["Total swap = 8kB", "1000 pages RAM", "[ pid ]   uid  tgid total_vm      rss name"];
    let memcg = one(&[&[HEADER, USAGE][..], &stats, &info, &rest, &[SUMMARY, KILL]].concat());
    let sizes = memcg.stats.unwrap();
    assert_eq!((sizes.anon_kb, sizes.file_kb, sizes.kernel_kb), (Some(2048), Some(0), Some(4)));
    assert_eq!((memcg.machine, memcg.notes.len()), (None, 2));
    let global = one(&[&[HEADER][..], &info, &rest, &[GLOBAL, KILL_GLOBAL]].concat());
    let memory = global.machine.unwrap();
    assert_eq!((memory.free_kb, memory.total_kb), (Some(400), Some(4000)));
    assert_eq!((memory.swap_free_kb, memory.swap_total_kb), (Some(0), Some(8)));
    assert_eq!((global.stats, global.notes.len()), (None, 2));
    let request = global.request.unwrap();
    assert_eq!((&*request.gfp, request.order), ("0xcc0(GFP_KERNEL)", Some(0)));
}

#[test]
fn the_reaper_interrupts_nothing() {
    let reaped = "oom_reaper: reaped process 69 (victim), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB";
    let told = facts(&[HEADER, USAGE, reaped, SUMMARY, KILL, GROUP, reaped, OTHER]);
    let of = |fact: &OomFact| match fact {
        OomFact::Kill(kill) => (kill.block, kill.victim.pid, kill.group),
        OomFact::Aftermath(told) => (0, told.pid, told.kind != AftermathKind::Reaped),
        other => panic!("{other:?}"),
    };
    let told: Vec<_> = told.iter().map(|told| of(&told.fact)).collect();
    assert_eq!(told, [(0, 69, false), (0, 70, false), (0, 69, false), (0, 71, true)]);
}

#[test]
fn three_kills_in_a_second() {
    let third = "Out of memory: Killed process 72 (a, b: (c)) total-vm:40kB, anon-rss:9kB, file-rss:8kB";
    let header = "third: x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
    let kills = kills(&[HEADER, SUMMARY, KILL, HEADER, USAGE, OTHER, header, third]);
    let told: Vec<_> = kills.iter().map(|kill| (kill.block, kill.victim.pid, kill.usage_kb)).collect();
    assert_eq!(told, [(0, 70, None), (3, 71, Some(2048)), (6, 72, None)]);
    assert_eq!(&*kills[2].victim.comm, "a, b: (c)");
}

#[test]
fn a_block_without_end_is_given_up() {
    let mut lines = vec![HEADER];
    lines.resize(20_002, "+0 e1000: link is up");
    for (others, block) in [(20_000, 0), (20_001, 20_002)] {
        let mut lines = lines.get(..=others).unwrap().to_vec();
        lines.push(KILL);
        let (mut assembler, mut out) = (OomAssembler::default(), Vec::new());
        for (number, line) in lines.iter().enumerate() {
            let (at, identity) = (Moment::default(), Identity(number as u64));
            assembler.push(&Record { at, received: at, identity, text: line.as_bytes() }, &mut out);
        }
        assert!(matches!(&out[0].fact, OomFact::Kill(kill) if kill.block == block), "{out:?}");
    }
}
