#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::event::Identity;
use crate::time::Moment;

const BLOCK: [&str; 24] = [
    "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
    "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0",
    "sysrq: Manual OOM execution",
    "SysRq : Manual OOM execution",
    "Mem-Info:\nactive_anon:42\n free:100 free_pcp:7",
    "Free swap  = 8kB",
    "Memory cgroup stats for /a:",
    "anon 4096",
    "oom_reaper: reaped process 70 (a), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB",
    "CPU: 1 UID: 0 PID: 69 Comm: a Not tainted 6.18.4 #1",
    "Task in /a/b killed as a result of limit of /a",
    "memory: usage 2048kB, limit 1024kB, failcnt 82",
    "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
    "[   70]     0    70       10        5        3        2         0 a",
    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/a,task_memcg=/a/b,task=a,pid=70,uid=0",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/",
    ",mems_allowed=0,global_oom,task_memcg=/a/b,task=a,pid=70,uid=0",
    "Memory cgroup out of memory: Kill process 70 (a) score 919 or sacrifice child",
    "Tasks in /a are going to be killed due to memory.oom.group set",
    "Out of memory: OOM victim 70 (a) is already exiting. Skip killing the task",
    "Out of memory and no killable processes...",
    "Memory cgroup out of memory: Killed process 70 (a) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
    "Out of memory: Killed process 71 (b) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
    "Killed process 72 (c) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
];

/// Lines of blocks in any order, lines of others, and bytes, each so many microseconds after the last.
fn stream() -> impl Strategy<Value = Vec<(Vec<u8>, u64)>> {
    let line = prop_oneof![
        8 => select(&BLOCK[..]).prop_map(|line| line.as_bytes().to_vec()),
        2 => "\\PC{0,40}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..60),
    ];
    vec((line, prop_oneof![4 => 0..1000u64, 1 => 0..20_000_000u64]), 0..60)
}

fn run(stream: &[(Vec<u8>, u64)], prefilter: bool, restart: bool) -> Vec<Assembled<OomFact>> {
    let (mut assembler, mut out, mut now) = (OomAssembler::default(), Vec::new(), 0);
    for (number, (text, wait)) in stream.iter().enumerate() {
        now += wait;
        let at = Moment { realtime: None, monotonic: Some(now) };
        let record = Record { at, received: at, identity: Identity(number as u64), text };
        if !prefilter || assembler.is_open() || OomAssembler::opens(text) {
            assembler.push(&record, &mut out);
        }
        if restart {
            assembler = serde_json::from_slice(&serde_json::to_vec(&assembler).unwrap()).unwrap();
        }
    }
    out
}

fn is_kill_line(text: &[u8]) -> bool {
    BLOCK[BLOCK.len() - 3..].iter().any(|line| line.as_bytes() == text)
}

proptest! {
    #[test]
    fn kills_are_the_kill_lines(stream in stream()) {
        let lines: Vec<_> = (0..).zip(&stream).filter(|(_, (text, _))| is_kill_line(text)).map(|(n, _)| n).collect();
        let out = run(&stream, false, false);
        let kills: Vec<_> = out.iter().filter(|told| matches!(told.fact, OomFact::Kill(_))).map(|told| told.identity.0).collect();
        prop_assert_eq!(kills, lines);
    }

    #[test]
    fn neither_prefilter_nor_restart_changes_anything(stream in stream()) {
        let whole = run(&stream, false, false);
        prop_assert_eq!(&run(&stream, true, false), &whole);
        prop_assert_eq!(&run(&stream, false, true), &whole);
    }

    #[test]
    fn a_line_that_is_read_without_a_block_opens(line in select(&BLOCK[..]), tail in vec(any::<u8>(), 0..40)) {
        let text = [line.as_bytes(), &tail].concat();
        let needs_block = matches!(
            Line::read(&text),
            None | Some(
                Line::Caller(_) | Line::Usage(_) | Line::Columns(_) | Line::Machine(_) | Line::Stats(_)
            )
        );
        prop_assert!(needs_block || OomAssembler::opens(&text));
    }

    #[test]
    fn any_name_comes_back(comm in vec(any::<u8>(), 0..=15), path in "(/[ -.0-~]{1,12}){1,3}", pid: u32, kb: u64) {
        let header = [&comm[..], b" invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0"].concat();
        let start = format!("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg={path},task_memcg={path}/z.service,task=");
        let summary = [start.as_bytes(), &comm, format!(",pid={pid},uid=0").as_bytes()].concat();
        let start = format!("Memory cgroup out of memory: Killed process {pid} (");
        let kill = [start.as_bytes(), &comm, format!(") total-vm:{kb}kB, anon-rss:{kb}kB").as_bytes()].concat();
        let out = run(&[(header, 0), (summary, 0), (kill, 0)], true, true);
        let [Assembled { fact: OomFact::Kill(kill), .. }] = &out[..] else { panic!("{out:?}") };
        let name = excerpt(&comm);
        prop_assert_eq!(&kill.invoker.as_ref().unwrap().comm, &name);
        prop_assert_eq!((kill.victim.pid, &kill.victim.comm), (pid, &name));
        prop_assert_eq!((kill.victim.total_vm_kb, kill.victim.anon_rss_kb), (Some(kb), Some(kb)));
        prop_assert_eq!(kill.oom_memcg.as_deref(), Some(&*path));
        prop_assert_eq!(kill.victim.cgroup.as_deref(), Some(&*format!("{path}/z.service")));
    }

    #[test]
    fn any_cgroup_has_a_subject_at_or_above_it(path in "(/?[a-z_@.\\\\:]{0,4}(\\.slice|\\.service|/ns)?){0,6}") {
        if let Some(subject) = super::super::cgroup::subject_of(&path) {
            prop_assert!(super::super::cgroup::contains(subject.cgroup, &path));
            prop_assert!(!subject.unit.is_empty());
        } else {
            prop_assert!(path.bytes().all(|byte| byte == b'/'));
        }
    }
}
