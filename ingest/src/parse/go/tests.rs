#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::event::go::{Goroutine, MAX_FRAMES, MAX_GROUPS, MAX_VALUE};

fn record(number: usize, text: &[u8]) -> Record<'_> {
    let at = Moment::new(1_000_000 + number as u64, number as u64);
    Record { at, received: at, identity: Identity(number as u64), text }
}

/// Reads one writer's lines as a caller does: what a dump does not take is offered to the next.
fn read<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<Assembled<GoFact>> {
    let mut facts = Vec::new();
    let mut current: Option<GoDump> = None;
    for (number, line) in lines.enumerate() {
        let record = record(number, line);
        if let Some(dump) = &mut current {
            if dump.push(&record) == Taken::Yes {
                let stored = serde_json::to_vec(dump).unwrap();
                *dump = serde_json::from_slice(&stored).unwrap();
                continue;
            }
            facts.extend(current.take().and_then(GoDump::finish));
        }
        current = GoDump::open(&record);
        assert!(current.is_none() || GoDump::opens(line));
    }
    facts.extend(current.and_then(GoDump::finish));
    facts
}

/// The facts of a text as it was written; the same as a journal has it, without empty lines; and as journald before
/// v229 has it, without indentation.
fn forms(text: &str) -> [Vec<Assembled<GoFact>>; 3] {
    let lines = || text.lines().map(str::as_bytes);
    let full = |line: &&[u8]| !line.trim_ascii().is_empty();
    [read(lines()), read(lines().filter(full)), read(lines().map(<[u8]>::trim_ascii).filter(full))]
}

fn only(text: &str) -> GoFact {
    let [raw, journal, stripped] = forms(text);
    assert_eq!(raw.len(), 1, "{text}: {raw:?}");
    assert_eq!(raw[0].fact, journal[0].fact, "{text}");
    assert_eq!(journal.len() + stripped.len(), 2, "{text}");
    assert_eq!(
        (raw[0].fact.reason, &raw[0].fact.frames),
        (stripped[0].fact.reason, &stripped[0].fact.frames),
        "{text}"
    );
    raw.into_iter().next().unwrap().fact
}

const MAIN: &str = "goroutine 1 [running]:\nmain.main()\n\t/s/main.go:5 +0x1d\n";

#[test]
fn reads_every_cause() {
    use GoReason::*;
    let signal = "[signal SIGSEGV: segmentation violation code=0x1 addr=0x8 pc=0x65c815]";
    for (head, reason, value, signal) in [
        ("panic: boom\n\n", Panic, "boom", None),
        ("panic: main.text(\"typed\")\n\n", Panic, "main.text(\"typed\")", None),
        (&format!("panic: nil dereference\n{signal}\n\n"), Panic, "nil dereference", Some("SIGSEGV")),
        ("panic: a [recovered]\n\tpanic: b\n\n", Panic, "b", None),
        ("panic: a [recovered]\n\tpanic: b [recovered]\n\tpanic: c\n\n", Panic, "c", None),
        ("panic: a\n\tpanic: b\n\n", Panic, "b", None),
        ("panic: a [recovered, repanicked]\n\n", Panic, "a", None),
        ("panic: one\n\ttwo\n\t\n\tthree\n\n", Panic, "one\ntwo\nthree", None),
        ("panic: one\ntwo\n\nthree\n\n", Panic, "one\ntwo\nthree", None),
        ("panic: one\n\ttwo [recovered, repanicked]\n\n", Panic, "one\ntwo", None),
        (
            "panic: said: goroutine 7 [running]:\nfatal error: no\n\n",
            Panic,
            "said: goroutine 7 [running]:\nfatal error: no",
            None,
        ),
        (
            "panic: said: goroutine 7 [running]:\n\tfatal error: no\n\n",
            Panic,
            "said: goroutine 7 [running]:\nfatal error: no",
            None,
        ),
        ("panic: said\ngoroutine 7 [running]:\nfatal error: no\n\n", Panic, "said\nfatal error: no", None),
        ("panic: of a logger\nanother line\npanic: real\n\n", Panic, "real", None),
        (
            "panic: of a logger\nfatal error: concurrent map writes\n\n",
            ConcurrentMap,
            "concurrent map writes",
            None,
        ),
        (
            "panic: of a logger\nSIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n",
            SignalDump,
            "SIGQUIT: quit",
            Some("SIGQUIT"),
        ),
        (
            "panic: a\n\tfatal error: sync: unlock of unlocked mutex\n\n",
            FatalError,
            "sync: unlock of unlocked mutex",
            None,
        ),
        (
            "fatal error: all goroutines are asleep - deadlock!\n\n",
            Deadlock,
            "all goroutines are asleep - deadlock!",
            None,
        ),
        (
            "\tfatal error: all goroutines are asleep - deadlock!\n\n",
            Deadlock,
            "all goroutines are asleep - deadlock!",
            None,
        ),
        (
            "fatal error: concurrent map writes\nfatal error: concurrent map writes\n\n",
            ConcurrentMap,
            "concurrent map writes",
            None,
        ),
        (
            "fatal error: concurrent map writes\n2026/01/02 a line of another thread\n\n",
            ConcurrentMap,
            "concurrent map writes",
            None,
        ),
        (
            "runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0x1 stack=[0x1, 0x2]\nfatal error: stack overflow\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n\t/r/panic.go:9 +0x1\n\n",
            StackOverflow,
            "stack overflow",
            None,
        ),
        (
            "runtime: out of memory: cannot allocate 9-byte block (5 in use)\nfatal error: out of memory\n\n",
            OutOfMemory,
            "out of memory",
            None,
        ),
        (
            "fatal error: runtime: cannot allocate memory\n\n",
            OutOfMemory,
            "runtime: cannot allocate memory",
            None,
        ),
        (
            "runtime: mmap(0x1, 4096) returned 0x0, 12\nfatal error: runtime: cannot map pages\n\n",
            OutOfMemory,
            "runtime: cannot map pages",
            None,
        ),
        (
            "runtime: program exceeds 10000-thread limit\nfatal error: thread exhaustion\n\n",
            ThreadExhaustion,
            "thread exhaustion",
            None,
        ),
        (
            "runtime: failed to create new OS thread (have 5 already; errno=11)\nruntime: may need to increase max user processes (ulimit -u)\nfatal error: newosproc\n\n",
            ThreadExhaustion,
            "newosproc",
            None,
        ),
        (
            "unexpected fault address 0x7f\nfatal error: fault\n[signal SIGBUS: bus error code=0x2 addr=0x7f pc=0x6]\n\n",
            FatalError,
            "fault",
            Some("SIGBUS"),
        ),
        (
            "SIGABRT: abort\nPC=0x403eae m=0 sigcode=0\nsignal arrived during cgo execution\n\n",
            SignalDump,
            "SIGABRT: abort",
            Some("SIGABRT"),
        ),
        (
            "SIGSEGV: segmentation violation\nPC=0x403eae m=0 sigcode=0 addr=0x716e\n\n",
            SignalDump,
            "SIGSEGV: segmentation violation",
            Some("SIGSEGV"),
        ),
        ("2026/01/02 03:04:05 http: panic serving 10.0.0.1:5: boom\n", HttpPanic, "boom", None),
        ("http2: panic serving 10.0.0.1:5: boom\nand more\n", HttpPanic, "boom\nand more", None),
    ] {
        let text = format!("started\n{head}{MAIN}");
        let [raw, ..] = forms(&text);
        assert_eq!(raw.len(), 1, "{text}");
        let fact = only(&text);
        assert_eq!((fact.reason, &*fact.value, fact.signal.as_deref()), (reason, value, signal), "{head}");
        assert_eq!((fact.goroutines, fact.frames.len(), fact.user_frame), (1, 1, Some(0)), "{head}");
        assert_eq!(fact.goroutine, Some(Goroutine { id: 1, state: "running".into() }), "{head}");
    }
}

#[test]
fn tells_crashes_from_what_looks_like_one() {
    for text in [
        "runtime: goroutine stack exceeds 1000000000-byte limit\nand then nothing",
        "SIGQUIT: quit\nreceived, going down",
        "SIGTERM: ignored",
        "http: panic serving 10.0.0.1:5: boom\nnext request\n",
        "goroutine 1 [running]:\nmain.main()\n\t/s/main.go:5 +0x1d",
        "{\"level\":\"error\",\"stacktrace\":\"goroutine 1 [running]:\\nmain.main()\"}",
        "2026/01/02 03:04:05 cannot bind: address in use",
    ] {
        for facts in forms(text) {
            assert!(facts.is_empty(), "{text}: {facts:?}");
        }
    }
}

#[test]
fn an_unconfirmed_crash_has_no_goroutines_and_only_its_own_line() {
    for (text, reason, value) in [
        ("panic: boom", GoReason::Panic, "boom"),
        ("panic: boom\na line of the log\nanother", GoReason::Panic, "boom"),
        (
            "fatal error: no goroutines (main called runtime.Goexit) - deadlock!",
            GoReason::Deadlock,
            "no goroutines (main called runtime.Goexit) - deadlock!",
        ),
        (
            "runtime: mmap: too much locked memory (check 'ulimit -l').",
            GoReason::OutOfMemory,
            "mmap: too much locked memory (check 'ulimit -l').",
        ),
        ("panic: boom\nexit status 2", GoReason::Panic, "boom"),
    ] {
        let facts = read(text.lines().map(str::as_bytes));
        assert_eq!(facts.len(), 1, "{text}");
        let fact = &facts[0].fact;
        assert_eq!((fact.reason, &*fact.value, fact.goroutines), (reason, value, 0), "{text}");
        assert_eq!(facts[0].identity, Identity(0));
    }
    let facts = read(b"panic: boom\nlog\nlog".split(|byte| *byte == b'\n'));
    assert_eq!(facts[0].received, facts[0].at);
}

#[test]
fn the_cause_names_the_text_and_the_first_line_the_time() {
    let text =
        "started\nunexpected fault address 0x7f\nfatal error: fault\ngoroutine 1 [running]:\nmain.main()";
    let facts = read(text.lines().map(str::as_bytes));
    assert_eq!((facts[0].identity, &*facts[0].text), (Identity(1), "fatal error: fault"));
    assert_eq!((facts[0].at.monotonic, facts[0].received.monotonic), (Some(1), Some(4)));
}

#[test]
fn a_file_of_several_runs_has_a_crash_for_each() {
    let run = format!("panic: boom\n\n{MAIN}exit status 2\nstarted\n");
    let bare = format!("panic: boom\n\n{MAIN}");
    for text in [run.repeat(3), bare.repeat(3)] {
        for facts in forms(&text) {
            assert_eq!(facts.len(), 3, "{text}");
        }
    }
}

#[test]
fn a_process_that_recovered_logs_on() {
    let panic = format!(
        "x http: panic serving 10.0.0.1:5: boom\n{MAIN}created by net/http.(*Server).Serve in goroutine 1\n\t/n/server.go:1 +0x1\n"
    );
    let text = format!("{panic}done\n{panic}2026/01/02 done\ngoroutine 9 [running]:\n");
    for facts in forms(&text) {
        assert_eq!(facts.len(), 2);
        assert_eq!(facts[0].fact.created_by.as_deref(), Some("net/http.(*Server).Serve"));
    }
    let mut dump = GoDump::open(&record(0, b"http: panic serving 10.0.0.1:5: boom")).unwrap();
    for line in [&b"goroutine 9 [running]:"[..], b"main.f()", b"\t/s/main.go:5 +0x1"] {
        assert_eq!(dump.push(&record(1, line)), Taken::Yes);
    }
    assert_eq!(dump.push(&record(2, b"done")), Taken::No);
}

#[test]
fn one_record_can_hold_a_whole_dump() {
    let text = format!("panic: boom\n\n{MAIN}");
    let dump = GoDump::open(&record(0, text.as_bytes())).unwrap();
    assert_eq!(dump.finish().unwrap().fact.frames[0].line, Some(5));
    let json = br#"{"msg":"http: panic serving 10.0.0.1:5: boom\ngoroutine 7 [running]:\nmain.f()\n\t/s/main.go:5 +0x1\n","n":1}"#;
    let mut dump = GoDump::open(&record(0, json)).unwrap();
    assert_eq!(dump.push(&record(1, b"\tat home")), Taken::No);
    let fact = dump.finish().unwrap().fact;
    assert_eq!((fact.reason, &*fact.value, fact.frames.len()), (GoReason::HttpPanic, "boom", 1));
}

#[test]
fn a_long_silence_ends_a_dump() {
    let mut dump = GoDump::open(&record(0, b"panic: boom")).unwrap();
    assert_eq!(dump.push(&record(MAX_PAUSE as usize, b"goroutine 1 [running]:")), Taken::Yes);
    assert_eq!(dump.push(&record(2 * MAX_PAUSE as usize + 1, b"main.main()")), Taken::No);
}

#[test]
fn the_users_frame_is_below_the_panic() {
    let frames =
        |names: &[&str]| names.iter().map(|name| format!("{name}()\n\t/s/a.go:1 +0x1\n")).collect::<String>();
    for (names, panic, fatal) in [
        (&["main.deferred", "panic", "main.cause", "main.main"][..], Some(2), Some(0)),
        (
            &["main.second", "panic", "main.first", "panic", "runtime.panicmem", "app/db.Put"],
            Some(5),
            Some(0),
        ),
        (&["net/http.(*conn).serve.func1", "panic", "main.handle"], Some(2), Some(2)),
        (&["main.deferred", "panic", "net/http.(*conn).serve"], Some(0), Some(0)),
        (&["runtime.gopark", "sync.(*Mutex).Lock", "myapp/db.Put"], Some(2), Some(2)),
        (&["runtime.gopark", "os.Open"], None, None),
    ] {
        let header = "goroutine 1 [running]:\n";
        assert_eq!(only(&format!("panic: x\n\n{header}{}", frames(names))).user_frame, panic, "{names:?}");
        assert_eq!(
            only(&format!("fatal error: x\n\n{header}{}", frames(names))).user_frame,
            fatal,
            "{names:?}"
        );
    }
}

#[test]
fn finds_the_goroutine_at_fault() {
    let stack = |id: u32, state: &str, name: &str| {
        format!("goroutine {id} [{state}]:\n{name}()\n\t/s/a.go:1 +0x1\n\n")
    };
    let parked =
        stack(2, "GC sweep wait", "runtime.gopark") + &stack(3, "chan receive, 5 minutes", "main.wait");
    for (text, id) in [
        (format!("panic: x\n\n{}{parked}", stack(7, "running", "main.f")), 7),
        (
            format!(
                "fatal error: x\n\n{}{}{parked}",
                stack(0, "running", "runtime.mcall"),
                stack(8, "running, locked to thread", "main.f")
            ),
            8,
        ),
        (format!("SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n{}{parked}", stack(0, "idle", "runtime.futex")), 3),
        (format!("fatal error: all goroutines are asleep - deadlock!\n\n{parked}"), 3),
        (
            format!(
                "fatal error: thread exhaustion\n\nruntime stack:\nmain.f()\n\t/s/a.go:1 +0x1\n\n{parked}"
            ),
            2,
        ),
        (
            format!(
                "panic: x\n\ngoroutine 9 [running]:\n\tgoroutine running on other thread; stack unavailable\n\n{parked}{}",
                stack(4, "running", "main.f")
            ),
            4,
        ),
        (
            format!(
                "SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n{}-----\n\nSIGQUIT: quit\nPC=0x2 m=1 sigcode=0\n\n{parked}rax    0x0\n",
                stack(5, "running", "main.f")
            ),
            5,
        ),
    ] {
        assert_eq!(only(&text).goroutine.map(|goroutine| goroutine.id), Some(id), "{text}");
    }
}

#[test]
fn leaves_ancestors_and_c_apart() {
    let text = format!(
        "panic: x\n\n{MAIN}...20 frames elided...\npthread_wait\n\t/c/wait.c:7 pc=0x5\nnon-Go function at pc=0x5\ncreated by main.a in goroutine 4\n\t/s/a.go:1 +0x1\n[originating from goroutine 4]:\nmain.b(...)\n\t/s/b.go:1 +0x1\ncreated by main.c\n\t/s/c.go:1 +0x1\n"
    );
    let fact = only(&text);
    let names: Vec<_> = fact.frames.iter().map(|frame| &*frame.function).collect();
    assert_eq!((names, fact.created_by.as_deref()), (vec!["main.main", "pthread_wait"], Some("main.a")));
}

#[test]
fn bounds_what_it_keeps_and_counts_the_rest() {
    let deep =
        format!("goroutine 1 [running]:\n{}", "main.f(0x1)\n\t/s/a.go:1 +0x1\n".repeat(MAX_FRAMES + 7));
    let others: String = (0..200u32)
        .map(|n| format!("goroutine {} [select, {n} minutes]:\nmain.f{}()\n\t/s/a.go:1\n", n + 2, n % 100))
        .collect();
    let fact = only(&format!("panic: x\n\n{deep}{others}"));
    assert_eq!((fact.frames.len(), fact.goroutines, fact.groups.len()), (MAX_FRAMES, 201, MAX_GROUPS));
    let shown: u64 = fact.groups.iter().map(|group| u64::from(group.count)).sum();
    assert_eq!(fact.lines_dropped, 7 + 201 - shown);
    assert_eq!(
        (fact.groups[0].count, fact.groups[0].minutes, fact.groups[0].frame.as_deref()),
        (2, Some(100), Some("main.f0"))
    );
    let fact = only(&format!("panic: {}\n\n{MAIN}", "x".repeat(5000)));
    assert_eq!(fact.value.len(), MAX_VALUE);
}

const PIECES: [&str; 24] = [
    "panic: boom",
    "panic: a [recovered]",
    "\tpanic: b",
    "fatal error: concurrent map writes",
    "fatal error: odd",
    "\tfatal error: sync: x",
    "SIGQUIT: quit",
    "PC=0x1 m=0 sigcode=0",
    "[signal SIGBUS: x]",
    "runtime: mmap: x",
    "runtime: x",
    "http: panic serving a: b",
    "goroutine 1 [running]:",
    "goroutine 0 [idle]:",
    "main.f(0x1)",
    "\t/s/a.go:1 +0x1",
    "created by main.g",
    "runtime stack:",
    "-----",
    "exit status 2",
    "",
    "\ttext",
    "text",
    "rax    0x1",
];

proptest! {
    #[test]
    fn any_bytes_are_read(lines in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..20)) {
        let facts = read(lines.iter().map(Vec::as_slice));
        prop_assert!(facts.len() <= lines.len());
    }

    #[test]
    fn any_order_of_lines_is_read(order in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let facts = read(order.iter().map(|at| PIECES[*at].as_bytes()));
        for fact in facts {
            prop_assert!(fact.fact.user_frame.is_none_or(|at| at < fact.fact.frames.len()));
            prop_assert!(fact.at.order(&fact.received).is_le());
            prop_assert_eq!(fact.fact.goroutine.is_some(), fact.fact.goroutines > 0);
        }
    }

    #[test]
    fn a_cut_changes_nothing_of_the_cause(
        cause in prop_oneof![
            Just("panic: a [recovered]\n\tpanic: b"), Just("panic: one\ntwo"), Just("fatal error: stack overflow"),
            Just("fatal error: all goroutines are asleep - deadlock!"), Just("SIGQUIT: quit\nPC=0x1 m=0 sigcode=0"),
            Just("unexpected fault address 0x1\nfatal error: fault\n[signal SIGBUS: x]"),
        ],
        cut in 0..12usize,
    ) {
        let known = cause.lines().count();
        let text = format!("{cause}\n\n{MAIN}created by main.x\n\t/s/a.go:1 +0x1\n\n{MAIN}");
        let whole = read(text.lines().map(str::as_bytes));
        let part = read(text.lines().map(str::as_bytes).take(known + cut));
        prop_assert_eq!((whole.len(), part.len()), (1, 1));
        prop_assert_eq!(whole[0].fact.reason, part[0].fact.reason);
        prop_assert_eq!(whole[0].identity, part[0].identity);
    }
}
