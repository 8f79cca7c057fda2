//! Laws of dumps: any lines in any order.

use proptest::prelude::*;

use super::*;

const PIECES: [&str; 30] = [
    "WARNING: DATA RACE",
    "Write at 0x1 by goroutine 7:",
    "Goroutine 7 (running) created at:",
    "==================",
    "2026-11-23T03:00:00Z panic: boom",
    "2026-11-23T03:00:01Z goroutine 1 [running]:",
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
