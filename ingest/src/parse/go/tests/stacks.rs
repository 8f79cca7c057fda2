//! The goroutines and frames of a dump.

use super::*;
use crate::event::go::{MAX_FRAMES, MAX_GROUPS, MAX_VALUE};

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
fn frames_that_no_symbolizer_knows_are_frames() {
    let fact = only(&format!(
        "SIGSEGV: segmentation violation\nPC=0x403eae m=0 sigcode=1\nsignal arrived during cgo execution\n\n{MAIN}??\n\t??:0 pc=0x5\nmain._Cfunc_crash()\n\t_cgo_gotypes.go:41 +0x3f\n"
    ));
    let names: Vec<_> = fact.frames.iter().map(|frame| &*frame.function).collect();
    assert_eq!(names, ["main.main", "??", "main._Cfunc_crash"]);
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
