//! What a crash says of itself.

use super::*;
use crate::event::go::Goroutine;

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
        ("panic: a\n\tpanic: b\n\n", Panic, "a\npanic: b", None),
        ("panic: a\n\tb\n\tpanic: c\n\tpanic: d\n\te\n\n", Panic, "a\nb\npanic: c\npanic: d\ne", None),
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

/// A deferred function that panics stands above the frame of the panic that ran it. Where there is no stack, nothing tells
/// a chain from a value with such a line.
#[test]
fn a_chain_has_the_frame_of_its_first_panic() {
    let deferred = "goroutine 1 [running]:\nmain.f.func1()\n\tx/main.go:4 +0x2c\npanic({0x466d00?, 0x484d30?})\n\t\
        runtime/panic.go:884 +0x212\nmain.f()\n\tx/main.go:5 +0x49\n";
    for stack in [deferred, ""] {
        assert_eq!(&*only(&format!("panic: a\n\tpanic: b\n\n{stack}")).value, "b", "{stack}");
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
fn takes_values_of_every_type_as_they_are_printed() {
    for value in [
        "true",
        "-7",
        "+1.500000e+000",
        "(+1.000000e+000+2.000000e+000i)",
        "",
        "main.MyError(\"typed\")",
        "(main.plain) 0xc000018350",
        "(main.plain) {...}",
        "(main.T) (0x45e0a0,0x4b8cf0)",
        "(*main.T) 0xc00001c0a8",
        "(func()) 0x47d0e0",
        "(unknown type) (0x1,0x2)",
        "&errors.errorString{s:\"boom\"}",
        "panic called with nil argument (use GODEBUG=panicnil=1 to disable)",
        "nil",
        "runtime error: index out of range [5] with length 3",
        "interface conversion: interface {} is string, not int",
        "reflect: call of reflect.Value.Int on string Value",
        "a: b: [c] {d} (e)",
    ] {
        let fact = only(&format!("panic: {value}\n\n{MAIN}"));
        assert_eq!((fact.reason, &*fact.value), (GoReason::Panic, value));
    }
}

#[test]
fn keeps_the_circumstances_of_a_fatal_error() {
    let fact = only(&format!(
        "runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0x1 stack=[0x1, 0x2]\nfatal error: stack overflow\n\n{MAIN}"
    ));
    assert_eq!(fact.circumstance.stack_limit, Some(1_000_000_000));
    let facts = read(std::iter::once(&b"runtime: mmap: too much locked memory (check 'ulimit -l')."[..]));
    assert!(facts[0].fact.circumstance.locked_memory);
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
