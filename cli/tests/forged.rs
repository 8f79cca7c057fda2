//! A log is what others wrote: it proves no more than journald vouches for, and does nothing to a terminal.

use nwlog::output::escape::is_hostile;
use nwlog_corpora::scenario::{self, Story};

use crate::desk::Desk;

fn story(text: &str) -> Story {
    scenario::parse(text).unwrap()
}

/// An escape, a bell, C1 controls, an override, an isolate, a zero-width space, and an end of a line.
const EVIL: &str = r"\x1b[2J\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8b\x0d\x08";

/// A panic whose value, a disk whose path and a unit whose lines do what they can.
fn evil() -> Vec<u8> {
    let text = r#"
machine web-1
00:00.000 systemd app.service/1 started
00:01.000 unit    app.service/1 pid=301 | EVIL line EVIL
00:02.000 unit    app.service/1 pid=301 | panic: EVIL value
|
| goroutine 1 [running]:
| main.EVIL(...)
| \t/src/EVIL.go:7 +0x1d
| exit status 2
00:02.500 systemd app.service/1 exited exited 2
+0.010    systemd app.service/1 failed exit-code
01:00.000 systemd disk.service/1 started
01:01.000 unit    disk.service/1 pid=302 | write /srv/EVIL/a.db: no space left on device
01:02.500 systemd disk.service/1 exited exited 1
+0.010    systemd disk.service/1 failed exit-code
02:00.000 systemd killed.service/1 started
02:01.000 unit    killed.service/1 pid=303 | EVIL
02:02.000 kernel  oomkill killed.service/1 pid=303 limit=96M
02:02.500 systemd killed.service/1 exited killed 9
+0.010    systemd killed.service/1 failed oom-kill
30:00.000 unit    app.service/2 pid=304 | later
"#;
    story(&text.trim_start().replace("EVIL", EVIL)).export()
}

#[test]
fn what_a_service_forges_is_no_incident() {
    let stories = scenario::all().unwrap();
    let (_, forged) = stories.iter().find(|(name, _)| name == "forged").unwrap();
    let desk = Desk::new();
    desk.put("forged.export", forged.export());
    let said = desk.run("analyze -o json forged.export").with_status(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "nwlog: no incidents\n"));
    desk.run("search").with_status(1);
}

#[test]
fn no_screen_shows_what_would_act_on_it() {
    let desk = Desk::new();
    desk.put("evil.export", evil());
    let ids = desk.run("analyze -o json evil.export").with_status(0).column("id");
    assert_eq!(ids.len(), 3);
    let id = ids.join(" ");
    let mut shown = String::new();
    for words in [
        "analyze --no-store -o short evil.export",
        "analyze --no-store -o timeline evil.export",
        "analyze --no-store -o json evil.export",
        "search owned",
        "search -o timeline",
        &format!("show {id}"),
        &format!("show --all {id}"),
        "status",
    ] {
        let said = desk.run(words).with_status(0);
        for text in [&said.out, &said.err] {
            let acts = text.chars().find(|c| *c != '\n' && is_hostile(*c));
            assert_eq!(acts, None, "{words}: {text}");
        }
        shown += &said.out;
    }
    // It is all there, for eyes.
    for visible in [r"\x1b[2J", r"\x1b]0;owned\x07", r"\u{9b}31m", r"\u{202e}", r"\u{2066}", r"\u{200b}"] {
        assert!(shown.contains(visible), "{visible}");
    }
}

#[test]
fn a_query_that_would_act_on_a_terminal_does_not() {
    let desk = Desk::new();
    desk.put("evil.export", evil());
    desk.run("analyze -q evil.export").with_status(0);
    for query in ["\x1b[2J:x", "\"\x1b[2J", "\u{202e}"] {
        let said = desk.nwlog(["search", query]);
        assert!(!said.err.chars().any(|c| c != '\n' && is_hostile(c)), "{:?}", said.err);
    }
}

#[test]
fn text_proves_nothing_and_that_is_said_once() {
    let desk = Desk::new();
    let line = |n: u32, text: &str| format!("2026-11-23T03:00:0{n}.000000+00:00 web-1 {text}\n");
    let first = line(0, "systemd[1]: Started app.service.") + &line(1, "app[301]: alive");
    let second = line(2, "systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE")
        + &line(3, "systemd[1]: app.service: Failed with result 'exit-code'.");
    desk.put("first.log", &first);
    desk.put("second.log", &second);
    let note =
        "nwlog: in plain text nothing proves who wrote a line: a program can forge what is told here\n";
    for words in ["analyze --no-store first.log", "analyze --no-store first.log second.log"] {
        let said = desk.run(words).with_status(0);
        assert_eq!(said.err.matches(note).count(), 1, "{}", said.err);
    }
    let said = desk.pipe("analyze --no-store", [first.as_bytes(), second.as_bytes()].into_iter());
    assert_eq!(said.with_status(0).err.matches(note).count(), 1);
    assert_eq!(desk.run("analyze -q --no-store first.log").with_status(0).err, "");

    desk.put("proved.export", evil());
    let said = desk.run("analyze --no-store proved.export").with_status(0);
    assert!(!said.err.contains("nothing proves"), "{}", said.err);
}
