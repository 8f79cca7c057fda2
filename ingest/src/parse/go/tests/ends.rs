//! Where a dump begins and ends among a process's lines.

use super::*;

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
fn a_dump_ends_no_earlier_than_it_began() {
    let mut dump = GoDump::open(&record(5, b"panic: boom")).unwrap();
    for (number, line) in
        [(3, &b"goroutine 1 [running]:"[..]), (7, b"main.main()"), (6, b"\t/s/main.go:5 +0x1d")]
    {
        assert_eq!(dump.push(&record(number, line)), Taken::Yes);
    }
    let told = dump.finish().unwrap();
    assert_eq!((told.at.monotonic, told.received.monotonic), (Some(5), Some(7)));
}
