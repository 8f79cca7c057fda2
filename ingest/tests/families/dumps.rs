//! Dumps as journald and loggers leave them.

use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::{Event, Fact, GoFact};

use crate::read::{entries, entry, line};

fn crashes(events: &[Event]) -> Vec<&GoFact> {
    events
        .iter()
        .filter_map(|event| match &event.fact {
            Fact::Go(crash) => Some(&**crash),
            _ => None,
        })
        .collect()
}

const DUMP: [&str; 7] = [
    "panic: boom",
    "goroutine 1 [running]:",
    "main.work(0x1)",
    "\t/src/main.go:59 +0x15ee",
    "main.main()",
    "\t/src/main.go:9 +0x1d",
    "created by main.init.0 in goroutine 1",
];

#[test]
fn a_loggers_prefix_is_taken_off_and_told() {
    let stamped =
        DUMP.iter().enumerate().map(|(n, text)| line(&format!("2026-11-23T03:00:{:02}.{n}Z {text}", n + 9)));
    let events = entries(stamped);
    let [crash] = crashes(&events)[..] else { panic!("{events:?}") };
    assert_eq!((crash.reason, &*crash.value, crash.prefixed), (GoReason::Panic, "boom", true));
    assert_eq!((crash.frames.len(), crash.goroutines), (2, 1));
    let events = entries(DUMP.iter().map(|text| line(text)));
    assert!(!crashes(&events)[0].prefixed);
}

#[test]
fn a_prefix_without_a_stack_is_nothing() {
    for second in
        ["2026-11-23T03:00:10Z carrying on", "goroutine 1 [running]:", "web | goroutine 1 [running]:"]
    {
        assert!(entries(["2026-11-23T03:00:09Z panic: boom", second].map(line)).is_empty(), "{second}");
    }
}

#[test]
fn what_journald_drops_meanwhile_is_counted() {
    let suppressed = entry(&[
        ("_TRANSPORT", "driver"),
        ("MESSAGE_ID", "a596d6fe7bfa4994828e72309e95d61e"),
        ("MESSAGE", "Suppressed 40 messages from /system.slice/app.service"),
    ]);
    let mut told: Vec<_> = DUMP.iter().map(|text| line(text)).collect();
    told.insert(4, suppressed);
    let events = entries(told);
    assert_eq!(crashes(&events)[0].lines_dropped, 40);
    let gap = events.iter().find(|event| matches!(event.fact, Fact::Gap(_))).unwrap();
    assert_eq!(gap.origin.unit.as_deref(), Some("app.service"));
}

#[test]
fn a_line_that_was_cut_ends_no_dump() {
    let long = format!("main.wide({})", "0x1234567890, ".repeat(400));
    let (first, rest) = long.split_at(2_048);
    let (second, third) = rest.split_at(2_048);
    let mut told: Vec<_> = DUMP.iter().take(4).map(|text| line(text)).collect();
    told.extend(
        [first, second, third, "\t/src/main.go:3 +0x1", "goroutine 7 [select]:", "main.wait()"].map(line),
    );
    let events = entries(told);
    let [crash] = crashes(&events)[..] else { panic!("{events:?}") };
    assert_eq!((crash.goroutines, crash.frames.len()), (2, 1));
    assert_eq!(crash.lines_dropped, 3);
}

/// A long line of a log is no piece of a dump, and hides no crash behind it.
#[test]
fn a_long_line_of_a_log_ends_a_dump() {
    let long = format!("{{\"message\":\"{}\"}}", "x".repeat(3_000));
    let told = DUMP.iter().copied().chain([&*long]).chain(DUMP);
    let events = entries(told.map(line));
    assert_eq!(crashes(&events).len(), 2, "{events:?}");
}

/// Race reports are read as a whole, and nothing in them opens a dump.
#[test]
fn a_race_is_one_fact() {
    let report = [
        "==================",
        "WARNING: DATA RACE",
        "Write at 0x00c000014100 by goroutine 8:",
        "  runtime.mapassign_faststr()",
        "      /usr/lib/go/src/runtime/map_faststr.go:203 +0x0",
        "  main.count()",
        "      /src/main.go:137 +0x3a",
        "",
        "Previous read at 0x00c000014100 by main goroutine:",
        "  main.show()",
        "      /src/main.go:132 +0x41",
        "",
        "Goroutine 8 (running) created at:",
        "  main.main()",
        "      /src/main.go:153 +0xa1",
        "==================",
        "2026/11/23 03:00:00 serving",
    ];
    for stripped in [false, true] {
        let told = report.iter().filter(|text| !text.is_empty());
        let told = told.map(|text| line(if stripped { text.trim() } else { text }));
        let events = entries(told.collect::<Vec<_>>());
        assert_eq!(events.len(), 1, "{events:?}");
        let crash = crashes(&events)[0];
        assert_eq!(crash.reason, GoReason::DataRace);
        assert_eq!(&*crash.value, "Write at 0x00c000014100 by goroutine 8");
        assert_eq!(crash.goroutine.as_ref().map(|goroutine| goroutine.id), Some(8));
        let names: Vec<_> = crash.frames.iter().map(|frame| &*frame.function).collect();
        assert_eq!((names, crash.user_frame), (vec!["runtime.mapassign_faststr", "main.count"], Some(1)));
        assert_eq!(crash.frames[1].line, Some(137));
    }
}

#[test]
fn two_races_are_two_facts_and_a_panic_between_is_its_own() {
    let race = ["WARNING: DATA RACE", "Read at 0x00c0 by goroutine 8:", "  main.f()", "      /s/a.go:1 +0x1"];
    let told = race.iter().chain(&DUMP).chain(&race).map(|text| line(text));
    let events = entries(told.collect::<Vec<_>>());
    let reasons: Vec<_> = crashes(&events).iter().map(|crash| crash.reason).collect();
    assert_eq!(reasons, [GoReason::DataRace, GoReason::Panic, GoReason::DataRace]);
}

/// 300 that wait at one place are one group; another way to the same place is another.
#[test]
fn a_leak_is_one_group() {
    let mut told = vec!["SIGQUIT: quit".to_owned(), "PC=0x403eae m=0 sigcode=0".to_owned()];
    for n in 0..300 {
        told.push(format!("goroutine {} [chan send, {} minutes]:", n + 10, n % 6));
        if n % 2 == 0 {
            // GOTRACEBACK=system shows the runtime's own frames.
            told.extend(["runtime.gopark(0x1)".into(), "\t/r/proc.go:402 +0xce".into()]);
        }
        told.extend(["main.(*Pool).put(0xc000012345)".into(), "\t/src/pool.go:33 +0x1d".into()]);
        let (caller, place) = if n < 280 { ("main.serve", 12) } else { ("main.retry", 80) };
        told.extend([format!("{caller}(0x1)"), format!("\t/src/main.go:{place} +0x2")]);
    }
    let events = entries(told.iter().map(|text| line(text)));
    let crash = crashes(&events)[0];
    let shown: Vec<_> =
        crash.groups.iter().map(|group| (group.count, group.minutes, group.frame.as_deref())).collect();
    let put = Some("main.(*Pool).put");
    assert_eq!(shown, [(280, Some(5), put), (20, Some(5), put)]);
    let stack: Vec<_> = crash.groups[0].stack.iter().map(|frame| (&*frame.function, frame.line)).collect();
    assert_eq!(stack, [("main.(*Pool).put", Some(33)), ("main.serve", Some(12))]);
}
