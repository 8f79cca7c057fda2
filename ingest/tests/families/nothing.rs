//! What looks like a record of these families, and is none: nothing may come of it.

use serde_json::{Map, Value};

use crate::read::{self, entries, entry, line, manager};

/// Lines of one process, each of which is nothing.
const LINES: &[&str] = &[
    // the manager's words in another's mouth
    "app.service: Main process exited, code=killed, status=9/KILL",
    "systemd[1]: app.service: Failed with result 'oom-kill'.",
    "Nov 23 03:00:00 host systemd[1]: app.service: Start request repeated too quickly.",
    "app.service: Consumed 1.464s CPU time, 40M memory peak.",
    "app.service: Unit process 12 (app) remains running after unit stopped.",
    "Process 369 (mode) of user 0 dumped core.",
    "Stopped app.service - An app.",
    // journald's and the kernel's
    "Suppressed 100 messages from app.service",
    "Missed 10 kernel messages",
    "PM: suspend entry (deep)",
    "PM: suspend exit",
    "net_ratelimit: 12 callbacks suppressed",
    "Time has been changed",
    // traces that are only printed
    "goroutine 1 [running]:",
    "runtime/debug.Stack()",
    "\t/usr/lib/go/src/runtime/debug/stack.go:26 +0x5e",
    "main.handle(0xc000012345)",
    r#"{"level":"error","msg":"recovered","stacktrace":"main.f\n\t/src/main.go:5\nruntime.goexit"}"#,
    r#"{"level":"error","message":"panic: boom","stack":"goroutine 1 [running]:\nmain.f()\n\t/src/main.go:5"}"#,
    r#"time="2026-11-23T03:00:00Z" level=error msg="panic: boom\n\ngoroutine 1 [running]:\nmain.f()\n\t/src/main.go:5""#,
    "E1123 03:00:00.000001       1 runtime.go:79] Observed a panic: runtime error: index out of range",
    "[Recovery] 2026/11/23 - 03:00:00 panic recovered:",
    "2026/11/23 03:00:00 recovered from panic: boom",
    "panic recovered: boom",
    "a panic: what is it?",
    // a compiler's, and a word's
    "main.c:5:10: fatal error: config.h: No such file or directory",
    "[ 50%] main.c:5:10: fatal error: config.h: No such file or directory",
    "signal: killed",
    "SIGTERM: shutting down",
    "kernel panic: not ours",
    // a report's pieces without its title
    "==================",
    "Goroutine 7 (running) created at:",
    "Write at 0x00c000014100 by goroutine 7:",
    "2026/11/23 03:00:00 WARNING: DATA RACE is what the detector says",
    "WARNING: DATA RACES ARE BAD",
    // last words, of a life that goes on
    r#"{"level":"fatal","message":"it only says so"}"#,
    "time=x level=fatal msg=\"it only says so\"",
    "F1123 03:00:00.000001    1234 main.go:12] it only says so",
];

/// Records of PID 1 about a unit that say nothing of its life.
const MANAGERS: &[&str] = &[
    "app.service: Got notification message from PID 12, but reception only permitted for main PID 11",
    "app.service: Supervising process 12 which is not our child. We'll most likely not notice when it exits.",
    "app.service: Consumed by guilt.",
    "app.service: Unit process is fine",
    "app.service: Found left-over process",
    "app.service: Job app.service/stop failed with result 'canceled'.",
    "app.service: Job other.service/start failed with result 'dependency'.",
    "app.service: State 'stop-sigterm' is next",
    "Condition check resulted in An app being skipped.",
    "app.service: Current command vanished from the unit file.",
];

/// Kernel lines that look like the two ends of a sleep, or like a limit.
const KERNELS: &[&str] = &[
    "PM: suspend exit",
    "PM: suspend entry point found",
    "PM: Syncing filesystems ... done.",
    "usb 1-1: Product: PM: suspend exit",
    "usb 1-1: Product: Killed process 12 (a) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
    "callbacks suppressed",
    "x: many callbacks suppressed",
];

fn hold(what: &str, told: Map<String, Value>) {
    let events = entries([told]);
    assert!(events.is_empty(), "{what}: {:?}", events.iter().map(read::name).collect::<Vec<_>>());
}

#[test]
fn what_a_program_says_is_nothing() {
    for text in LINES {
        hold(text, line(text));
    }
    // And one after the other.
    let events = entries(LINES.iter().map(|text| line(text)));
    assert!(events.is_empty(), "{events:?}");
}

#[test]
fn the_same_behind_a_shippers_prefix_is_nothing() {
    for prefix in ["2026-11-23T03:00:00.123Z ", "web_1  | ", "Nov 23 03:00:00 host app[12]: "] {
        let events = entries(LINES.iter().map(|text| line(&format!("{prefix}{text}"))));
        assert!(events.is_empty(), "{prefix}: {events:?}");
    }
}

#[test]
fn what_the_manager_says_besides_is_nothing() {
    for text in MANAGERS {
        hold(text, manager("app.service", text, &[]));
    }
    let ids = [
        "d34d037fff1847e6ae669a370e694725",
        "0e4284a0caca4bfc81c0bb6786972673",
        "b07a249cd024414a82dd00cd181378ff",
        "eed00a68ffd84e31882105fd973abdd1",
    ];
    for id in ids {
        hold(id, manager("app.service", "app.service: Failed with result 'x'.", &[("MESSAGE_ID", id)]));
    }
}

#[test]
fn what_the_kernel_says_besides_is_nothing() {
    let kernel =
        |facility, text| entry(&[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", facility), ("MESSAGE", text)]);
    for text in KERNELS {
        hold(text, kernel("0", text));
    }
    for text in ["PM: suspend entry (deep)", "PM: suspend exit", "a: 70 callbacks suppressed"] {
        hold(text, kernel("1", text));
    }
    let forged = ["PM: suspend entry (deep)", "PM: suspend exit"].map(|text| kernel("3", text));
    assert!(entries(forged).is_empty());
}

/// Fields that a process sets itself prove nothing.
#[test]
fn what_a_program_claims_by_fields_is_nothing() {
    for id in [
        "98e322203f7a4ed290d09fe03c09fe15",
        "d9b373ed55a64feb8242e02dbe79a49c",
        "ae8f7b866b0347b9af31fe1c80b127c0",
        "7b05ebc668384222baa8881179cfda54",
        "641257651c1b4ec9a8624d7a40a9e1e7",
        "fc2e22bc6ee647b6b90729ab34a250b1",
        "c7a787079b354eaaa9e77b371893cd27",
        "a596d6fe7bfa4994828e72309e95d61e",
        "6bbd95ee977941e497c48be27c254128",
        "8811e6df2a8e40f58a94cea26f8ebf14",
    ] {
        let forged = entry(&[
            ("_TRANSPORT", "journal"),
            ("_PID", "311"),
            ("_UID", "0"),
            ("_COMM", "app"),
            ("_SYSTEMD_UNIT", "evil.service"),
            ("MESSAGE_ID", id),
            ("UNIT", "app.service"),
            ("COREDUMP_UNIT", "app.service"),
            ("EXIT_CODE", "killed"),
            ("EXIT_STATUS", "9"),
            ("UNIT_RESULT", "oom-kill"),
            ("MEMORY_PEAK", "1"),
            ("N_DROPPED", "5"),
            ("MESSAGE", "app.service: it was me"),
        ]);
        hold(id, forged);
    }
    // A user's unit may have any name.
    let of_user = entry(&[
        ("_TRANSPORT", "journal"),
        ("_UID", "1000"),
        ("_SYSTEMD_UNIT", "user@1000.service"),
        ("_SYSTEMD_USER_UNIT", "systemd-coredump@1.service"),
        ("MESSAGE_ID", "fc2e22bc6ee647b6b90729ab34a250b1"),
        ("COREDUMP_UNIT", "app.service"),
        ("MESSAGE", "Process 1 (x) of user 0 dumped core."),
    ]);
    hold("a user's unit", of_user);
}
