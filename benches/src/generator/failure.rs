//! What it says when something breaks, and when services come and go.

use std::io::{self, Write};

use super::export::Export;
use super::rng::Rng;
use super::service::Service;

const STARTED: &str = "39f53479d3a045ac8e11786248231fbf";
const PROCESS_EXIT: &str = "98e322203f7a4ed290d09fe03c09fe15";
const FAILED: &str = "d9b373ed55a64feb8242e02dbe79a49c";
const SUCCEEDED: &str = "7ad2d189f7e94e70a38c781354912448";
const RELOADED: &str = "7b05ebc668384222baa8881179cfda54";
const RESTART: &str = "5eb03494b6584870a536b337290809b3";
const OUT_OF_MEMORY: &str = "fe6faa94e7774663a0da52717891d8ef";

/// A kill at the unit's own limit, and a restart.
pub(super) fn oom_kill<W: Write>(
    export: &mut Export<W>,
    service: &mut Service,
    rng: &mut Rng,
) -> io::Result<()> {
    let (unit, pid, comm, uid) = (service.unit.clone(), service.pid, service.comm().to_owned(), service.uid);
    let cgroup = service.cgroup();
    let rss = rng.range(100_000, 1_000_000);
    let total = rss * 4;
    for (priority, text) in [
        (
            4,
            format!(
                "{comm} invoked oom-killer: gfp_mask=0x1100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0"
            ),
        ),
        (
            4,
            format!(
                "CPU: {} PID: {pid} Comm: {comm} Not tainted 6.1.0-18-amd64 #1  Debian 6.1.76-1",
                rng.below(16)
            ),
        ),
        (6, format!("memory: usage {rss}kB, limit {rss}kB, failcnt {}", rng.range(1, 9999))),
        (
            6,
            format!(
                "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg={cgroup},task_memcg={cgroup},task={comm},pid={pid},uid={uid}"
            ),
        ),
        (
            3,
            format!(
                "Memory cgroup out of memory: Killed process {pid} ({comm}) total-vm:{total}kB, anon-rss:{rss}kB, file-rss:{}kB, shmem-rss:0kB, UID:{uid} pgtables:{}kB oom_score_adj:0",
                rng.below(9999),
                rng.range(100, 9000)
            ),
        ),
    ] {
        export.kernel(rng, priority, &text)?;
    }
    let text = format!("{unit}: A process of this unit has been killed by the OOM killer.");
    export.systemd(rng, service, OUT_OF_MEMORY, &text, "")?;
    fail(export, service, rng, ("killed", 9, "KILL"), "oom-kill")
}

/// A refused write. The service lives on.
pub(super) fn refused_write<W: Write>(
    export: &mut Export<W>,
    service: &Service,
    rng: &mut Rng,
) -> io::Result<()> {
    let text =
        format!("write /var/lib/{}/data.{}: no space left on device", service.name, rng.range(1, 9999));
    export.stdout(rng, service, &text)
}

/// A panic, line by line, and a restart.
pub(super) fn go_panic<W: Write>(
    export: &mut Export<W>,
    service: &mut Service,
    rng: &mut Rng,
) -> io::Result<()> {
    let (goroutine, heap, line) = (rng.range(1, 9999), rng.below(1 << 24), rng.range(10, 999));
    for text in [
        "panic: runtime error: invalid memory address or nil pointer dereference".to_owned(),
        format!(
            "[signal SIGSEGV: segmentation violation code=0x1 addr=0x{:x} pc=0x{heap:x}]",
            rng.below(1 << 16)
        ),
        format!("goroutine {goroutine} [running]:"),
        format!("main.(*Server).handle(0x0, {{0xc000{heap:06x}, 0x{:x}}})", rng.below(256)),
        format!("\t/src/{}/server.go:{line} +0x{:x}", service.name, rng.below(256)),
        "main.main.func1()".to_owned(),
        format!("\t/src/{}/main.go:{} +0x5c", service.name, rng.range(10, 99)),
        "created by main.main in goroutine 1".to_owned(),
        format!("\t/src/{}/main.go:{} +0x1e5", service.name, rng.range(10, 99)),
    ] {
        export.stdout(rng, service, &text)?;
    }
    fail(export, service, rng, ("exited", 2, "INVALIDARGUMENT"), "exit-code")
}

/// A service reloads, fails by itself, or ends well and comes again.
pub(super) fn life<W: Write>(export: &mut Export<W>, service: &mut Service, rng: &mut Rng) -> io::Result<()> {
    match rng.below(12) {
        0 => {
            let status = rng.word(&["1", "3"]).parse().unwrap_or(1);
            let name = if status == 1 { "FAILURE" } else { "NOTIMPLEMENTED" };
            fail(export, service, rng, ("exited", status, name), "exit-code")
        }
        1 => {
            let text = format!("{}: Deactivated successfully.", service.unit);
            export.systemd(rng, service, SUCCEEDED, &text, "")?;
            restart(export, service, rng)
        }
        _ => {
            let text = format!("Reloaded {} - {} daemon.", service.unit, service.name);
            let fields = format!("JOB_ID={}\nJOB_TYPE=reload\nJOB_RESULT=done\n", rng.range(1, 99_999));
            export.systemd(rng, service, RELOADED, &text, &fields)
        }
    }
}

fn fail<W: Write>(
    export: &mut Export<W>,
    service: &mut Service,
    rng: &mut Rng,
    (code, status, name): (&str, u32, &str),
    result: &str,
) -> io::Result<()> {
    let text = format!("{}: Main process exited, code={code}, status={status}/{name}", service.unit);
    let fields = format!("EXIT_CODE={code}\nEXIT_STATUS={status}\nCOMMAND=ExecStart\n");
    export.systemd(rng, service, PROCESS_EXIT, &text, &fields)?;
    let text = format!("{}: Failed with result '{result}'.", service.unit);
    export.systemd(rng, service, FAILED, &text, &format!("UNIT_RESULT={result}\n"))?;
    restart(export, service, rng)
}

fn restart<W: Write>(export: &mut Export<W>, service: &mut Service, rng: &mut Rng) -> io::Result<()> {
    service.restarts += 1;
    let n = service.restarts;
    let text = format!("{}: Scheduled restart job, restart counter is at {n}.", service.unit);
    export.systemd(rng, service, RESTART, &text, &format!("N_RESTARTS={n}\n"))?;
    service.begin(rng);
    let text = format!("Started {} - {} daemon.", service.unit, service.name);
    let fields = format!("JOB_ID={}\nJOB_TYPE=start\nJOB_RESULT=done\n", rng.range(1, 99_999));
    export.systemd(rng, service, STARTED, &text, &fields)
}
