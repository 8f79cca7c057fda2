//! The entries behind such incidents: what journald, the kernel, systemd and the units would have stored of them, in the
//! journal export format. Every occurrence is told whole, as it would be; what else a machine says is left out.

mod record;

use std::io::{self, Write};

use nwlog_correlate::{Incident, Kind};
use nwlog_ingest::event::DiskError;
use nwlog_ingest::event::unit::ExitCode;

use self::record::Record;

/// What the kernel says of the task that asked for memory, before it says of what.
const TRACE: &[&str] = &[
    "Hardware name: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014",
    "Call Trace:",
    " <TASK>",
    " dump_stack_lvl+0x44/0x5c",
    " dump_header+0x4a/0x211",
    " oom_kill_process.cold+0xb/0x10",
    " out_of_memory+0x1fd/0x4c0",
    " mem_cgroup_out_of_memory+0x134/0x150",
    " try_charge_memcg+0x78e/0x840",
    " charge_memcg+0x2f/0x80",
    " __mem_cgroup_charge+0x29/0x80",
    " do_anonymous_page+0xfe/0x400",
    " __handle_mm_fault+0x8d5/0xc60",
    " handle_mm_fault+0xdb/0x2d0",
    " do_user_addr_fault+0x191/0x550",
    " exc_page_fault+0x70/0x170",
    " asm_exc_page_fault+0x22/0x30",
    " </TASK>",
];
/// What it counts of a cgroup (mm/memcontrol.c, memory_stat_format): names, with so many bytes as a share of all.
const COUNTERS: &[(&str, u64)] = &[
    ("anon", 98),
    ("file", 0),
    ("kernel", 2),
    ("kernel_stack", 0),
    ("pagetables", 1),
    ("shmem", 0),
    ("slab", 1),
];

/// Writes the entries of one incident.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, incident: &Incident) -> io::Result<()> {
    let mut record = Record::new(out, incident);
    for line in &incident.context {
        record.unit(&line.text)?;
    }
    let times = incident.occurrences.max(1);
    for n in 0..times {
        record.go_to(n, times);
        match incident.kind {
            Kind::OomKill => killed(&mut record, incident)?,
            Kind::DiskFull => refused(&mut record, incident)?,
            Kind::GoPanic => panicked(&mut record, incident)?,
            Kind::UnitFailure => {}
        }
        ends(&mut record, incident, n + 1)?;
    }
    Ok(())
}

fn killed(record: &mut Record<'_>, incident: &Incident) -> io::Result<()> {
    let Some((oom, victim)) =
        incident.oom.as_ref().and_then(|oom| oom.victim.as_ref().map(|victim| (oom, victim)))
    else {
        return Ok(());
    };
    let (comm, pid) = (&victim.comm, victim.pid);
    let cgroup = record.cgroup();
    let (limit, rss) = (oom.limit_kb.unwrap_or_default(), victim.anon_rss_kb.unwrap_or_default());
    record.kernel(
        4,
        &format!("{comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0"),
    )?;
    record.kernel(
        4,
        &format!("CPU: 1 PID: {pid} Comm: {comm} Not tainted 6.1.0-18-amd64 #1  Debian 6.1.76-1"),
    )?;
    for line in TRACE {
        record.kernel(4, line)?;
    }
    record.kernel(6, &format!("memory: usage {limit}kB, limit {limit}kB, failcnt 1123"))?;
    record.kernel(6, "swap: usage 0kB, limit 9007199254740988kB, failcnt 0")?;
    record.kernel(6, &format!("Memory cgroup stats for {cgroup}:"))?;
    for (name, share) in COUNTERS {
        record.kernel(6, &format!("{name} {}", limit * 1024 * share / 100))?;
    }
    record.kernel(6, "Tasks state (memory values in pages):")?;
    record.kernel(6, "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name")?;
    let (vm, pages) = (rss * 3 / 4, rss / 4);
    record.kernel(
        6,
        &format!("[{pid:7}]     0 {pid:5} {vm:8} {pages:8}   131072        0             0 {comm}"),
    )?;
    record.kernel(
        6,
        &format!(
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg={cgroup},\
             task_memcg={cgroup},task={comm},pid={pid},uid=0"
        ),
    )?;
    record.kernel(
        3,
        &format!(
            "Memory cgroup out of memory: Killed process {pid} ({comm}) total-vm:{}kB, anon-rss:{rss}kB, \
             file-rss:4096kB, shmem-rss:0kB, UID:0 pgtables:128kB oom_score_adj:0",
            rss * 3
        ),
    )?;
    record.systemd(
        "fe6faa94e7774663a0da52717891d8ef",
        "A process of this unit has been killed by the OOM killer.",
        "",
    )
}

fn refused(record: &mut Record<'_>, incident: &Incident) -> io::Result<()> {
    let Some(disk) = &incident.disk else { return Ok(()) };
    let path = disk.path.as_deref().unwrap_or("/");
    let why = match disk.error {
        DiskError::Quota => "disk quota exceeded",
        DiskError::ReadOnly => "read-only file system",
        _ => "no space left on device",
    };
    // Each occurrence has its share of what was refused.
    for _ in 0..(disk.refused / incident.occurrences.max(1)).max(1) {
        record.unit(&format!("write {path}: {why}"))?;
    }
    Ok(())
}

fn panicked(record: &mut Record<'_>, incident: &Incident) -> io::Result<()> {
    let Some(go) = &incident.go else { return Ok(()) };
    record.unit(&format!("panic: {}", go.value))?;
    record.unit("goroutine 1 [running]:")?;
    for frame in &go.frames {
        record.unit(&format!("{}(0xc000012345, 0x10, 0x20)", frame.function))?;
        let file = frame.file.as_deref().unwrap_or("main.go");
        record.unit(&format!("\t{file}:{} +0x1d", frame.line.unwrap_or(1)))?;
    }
    record.unit("exit status 2")
}

/// How systemd tells that a life ended, and the next one began.
fn ends(record: &mut Record<'_>, incident: &Incident, n: u64) -> io::Result<()> {
    let exit = incident.process.as_ref().and_then(|process| process.exit);
    let (code, status) = match exit {
        _ if incident.kind == Kind::OomKill => ("killed", "9/KILL".to_owned()),
        Some(exit) if exit.code != ExitCode::Exited => ("killed", format!("{}/KILL", exit.status)),
        Some(exit) => ("exited", format!("{}/n/a", exit.status)),
        None => ("exited", "1/FAILURE".to_owned()),
    };
    let unit = record.name().to_owned();
    let result = incident.systemd_result.as_deref().unwrap_or("exit-code");
    let text = format!("{unit}: Main process exited, code={code}, status={status}");
    let number = status.split('/').next().unwrap_or_default();
    record.systemd(
        "98e322203f7a4ed290d09fe03c09fe15",
        &text,
        &format!("COMMAND=ExecStart\nEXIT_CODE={code}\nEXIT_STATUS={number}\n"),
    )?;
    let text = format!("{unit}: Failed with result '{result}'.");
    record.systemd("d9b373ed55a64feb8242e02dbe79a49c", &text, &format!("UNIT_RESULT={result}\n"))?;
    let text = format!("{unit}: Scheduled restart job, restart counter is at {n}.");
    record.systemd("5eb03494b6584870a536b337290809b3", &text, &format!("N_RESTARTS={n}\n"))?;
    record.next_life();
    let text = format!("Started {unit} - {unit}.");
    record.systemd("39f53479d3a045ac8e11786248231fbf", &text, "JOB_TYPE=start\nJOB_RESULT=done\n")
}
