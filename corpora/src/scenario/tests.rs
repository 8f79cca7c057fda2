#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use super::*;

/// The fields of an entry in the export format.
fn fields(mut bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut fields = Vec::new();
    while bytes[0] != b'\n' {
        let end = bytes.iter().position(|byte| matches!(byte, b'=' | b'\n')).unwrap();
        let name = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let (value, rest) = if bytes[end] == b'=' {
            let rest = &bytes[end + 1..];
            let length = rest.iter().position(|&byte| byte == b'\n').unwrap();
            (&rest[..length], &rest[length..])
        } else {
            let length = u64::from_le_bytes(bytes[end + 1..end + 9].try_into().unwrap());
            bytes[end + 9..].split_at(usize::try_from(length).unwrap())
        };
        assert_eq!(rest[0], b'\n');
        fields.push((name, value.to_vec()));
        bytes = &rest[1..];
    }
    assert_eq!(bytes, b"\n");
    fields
}

fn field(entry: &StoredEntry, name: &str) -> Option<String> {
    let fields = fields(&entry.bytes);
    let value = fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())?;
    Some(String::from_utf8(value).unwrap())
}

/// The one entry that a line tells.
fn one(line: &str) -> StoredEntry {
    let mut story = parse(&format!("machine box\n00:05.000 {line}\n")).unwrap();
    assert_eq!(story.entries.len(), 1, "{line}");
    story.entries.remove(0)
}

fn problem(line: &str) -> String {
    parse(&format!("# about\nmachine box\n{line}\n")).unwrap_err().to_string()
}

#[test]
fn verbs_say_what_systemd_says() {
    let cases = [
        ("starting", "Starting a.service - a of the story...", "JOB_TYPE", Some("start")),
        ("started", "Started a.service - a of the story.", "JOB_RESULT", Some("done")),
        ("finished", "Finished a.service - a of the story.", "JOB_TYPE", Some("start")),
        ("start-failed", "Failed to start a.service - a of the story.", "JOB_RESULT", Some("failed")),
        (
            "start-failed dependency",
            "Dependency failed for a.service - a of the story.",
            "JOB_RESULT",
            Some("dependency"),
        ),
        ("stopping", "Stopping a.service - a of the story...", "JOB_TYPE", Some("stop")),
        ("stopped restart", "Stopped a.service - a of the story.", "JOB_TYPE", Some("restart")),
        ("stopped -", "Stopped a.service - a of the story.", "JOB_TYPE", None),
        (
            "exited killed 9",
            "a.service: Main process exited, code=killed, status=9/KILL",
            "EXIT_CODE",
            Some("killed"),
        ),
        (
            "exited exited 2",
            "a.service: Main process exited, code=exited, status=2/INVALIDARGUMENT",
            "EXIT_STATUS",
            Some("2"),
        ),
        (
            "exited dumped 6",
            "a.service: Main process exited, code=dumped, status=6/ABRT",
            "COMMAND",
            Some("ExecStart"),
        ),
        (
            "exited exited 77",
            "a.service: Main process exited, code=exited, status=77/n/a",
            "EXIT_STATUS",
            Some("77"),
        ),
        (
            "control-exited exited 1",
            "a.service: Control process exited, code=exited, status=1/FAILURE",
            "COMMAND",
            Some("ExecStartPre"),
        ),
        ("failed oom-kill", "a.service: Failed with result 'oom-kill'.", "UNIT_RESULT", Some("oom-kill")),
        ("succeeded", "a.service: Deactivated successfully.", "UNIT_RESULT", None),
        ("restart 3", "a.service: Scheduled restart job, restart counter is at 3.", "N_RESTARTS", Some("3")),
        ("start-limit", "a.service: Start request repeated too quickly.", "MESSAGE_ID", None),
        (
            "oom-kill",
            "a.service: A process of this unit has been killed by the OOM killer.",
            "PRIORITY",
            Some("5"),
        ),
        (
            "oomd-kill 2",
            "a.service: systemd-oomd killed 2 process(es) in this unit.",
            "N_PROCESSES",
            Some("2"),
        ),
        ("watchdog 3s", "a.service: Watchdog timeout (limit 3s)!", "PRIORITY", Some("3")),
        ("timeout start", "a.service: start operation timed out. Terminating.", "MESSAGE_ID", None),
        ("timeout stop-sigterm", "a.service: State 'stop-sigterm' timed out. Killing.", "MESSAGE_ID", None),
        ("killing 7 a SIGABRT", "a.service: Killing process 7 (a) with signal SIGABRT.", "_PID", Some("1")),
        (
            "client-signal SIGKILL 7",
            "a.service: Sent signal SIGKILL to main process 7 (a) on client request.",
            "_UID",
            Some("0"),
        ),
        (
            "spawn-failed EXEC /x 2 pid=9",
            "a.service: Failed at step EXEC spawning /x: No such file or directory",
            "_PID",
            Some("9"),
        ),
    ];
    let known = include_str!("systemd/verb.rs");
    for (verb, message, name, value) in cases {
        let entry = one(&format!("systemd a.service/1 {verb}"));
        assert_eq!(field(&entry, "MESSAGE").as_deref(), Some(message));
        assert_eq!(field(&entry, name).as_deref(), value, "{verb}");
        assert_eq!(field(&entry, "UNIT").as_deref(), Some("a.service"));
        assert_eq!(field(&entry, "INVOCATION_ID").map(|id| id.len()), Some(32));
        assert!(field(&entry, "MESSAGE_ID").is_none_or(|id| known.contains(&id)));
    }
}

#[test]
fn a_users_manager_speaks_with_its_own_fields() {
    let entry = one("systemd user@1000/a.service/1 succeeded");
    for (name, value) in [
        ("USER_UNIT", Some("a.service")),
        ("UNIT", None),
        ("_SYSTEMD_UNIT", Some("user@1000.service")),
        ("_SYSTEMD_USER_UNIT", Some("init.scope")),
        ("_UID", Some("1000")),
    ] {
        assert_eq!(field(&entry, name).as_deref(), value, "{name}");
    }
    let line = one("unit user@1000/a.service/1 | x");
    assert_eq!(field(&line, "_SYSTEMD_INVOCATION_ID"), field(&entry, "USER_INVOCATION_ID"));
    assert_eq!(field(&line, "_SYSTEMD_USER_UNIT").as_deref(), Some("a.service"));
}

#[test]
fn lives_machines_and_boots_have_ids_of_their_own() {
    let story = "machine a boot 2 since=-00:10\nmachine b\nmachine a\n\
        00:01 systemd u.service/1 succeeded\n00:02 systemd u.service/2 succeeded\n\
        00:03 systemd u.service/1 succeeded machine=b\n00:04 systemd u.service/1 succeeded boot=2\n\
        00:05 unit u.service/1 | x\n";
    let story = parse(story).unwrap();
    let id = |at: usize, name: &str| field(&story.entries[at], name);
    let lives: BTreeSet<_> = (0..4).map(|at| id(at, "INVOCATION_ID")).collect();
    assert_eq!(lives.len(), 4);
    assert_eq!(id(4, "_SYSTEMD_INVOCATION_ID"), id(0, "INVOCATION_ID"));
    assert_eq!(id(0, "_MACHINE_ID"), id(3, "_MACHINE_ID"));
    assert_ne!(id(0, "_MACHINE_ID"), id(2, "_MACHINE_ID"));
    assert_ne!(id(0, "_BOOT_ID"), id(3, "_BOOT_ID"));
    assert_eq!(id(3, "__MONOTONIC_TIMESTAMP").as_deref(), Some("14000400"));
}

#[test]
fn what_is_stored_later_stands_later() {
    let story = "machine box\n00:01 unit u.service/1 stored=+13 | panic: x\n00:02 systemd u.service/1 exited exited 2\n";
    let story = parse(story).unwrap();
    assert_eq!(field(&story.entries[1], "MESSAGE").as_deref(), Some("panic: x"));
    assert_eq!(story.entries[1].stored - story.entries[0].stored, 11_999_600);
    assert_eq!(field(&story.entries[1], "_SOURCE_REALTIME_TIMESTAMP"), None);
    let told: u64 = field(&story.entries[0], "_SOURCE_REALTIME_TIMESTAMP").unwrap().parse().unwrap();
    assert_eq!(story.entries[0].stored - told, 400);
}

#[test]
fn processes_speak_through_each_transport() {
    let cases = [
        ("unit a@1.service/1 pid=7 | x", "_SYSTEMD_CGROUP", Some("/system.slice/system-a.slice/a@1.service")),
        ("unit a.service/1 bare | x", "_SYSTEMD_UNIT", None),
        ("unit a.service/1 bare pid=7 | x", "_PID", Some("7")),
        ("unit a.service/1 syslog pid=7 | x", "SYSLOG_PID", Some("7")),
        ("unit a.service/1 native UNIT=b.service | x", "UNIT", Some("b.service")),
        ("unit a.service/1 kmsg | x", "SYSLOG_FACILITY", Some("1")),
        ("kernel | x", "SYSLOG_FACILITY", Some("0")),
        ("journald suppressed a.service 9", "N_DROPPED", Some("9")),
    ];
    for (line, name, value) in cases {
        assert_eq!(field(&one(line), name).as_deref(), value, "{line}");
    }
}

#[test]
fn text_can_hold_anything_and_goes_on() {
    let story = parse("machine box\n00:01 unit a.service/1 | a\\nb\\t\\x1b\\\\ | c\n| \\xff\n").unwrap();
    let message =
        |at: usize| fields(&story.entries[at].bytes).into_iter().find(|(name, _)| name == "MESSAGE");
    assert_eq!(message(0).unwrap().1, b"a\nb\t\x1b\\ | c");
    assert_eq!(message(1).unwrap().1, b"\xff");
    assert_eq!(story.entries[1].stored - story.entries[0].stored, 20);
}

#[test]
fn a_kill_is_a_whole_block() {
    let last_two = |line: &str| {
        let story = parse(&format!("machine box\n00:01 kernel oomkill {line}\n")).unwrap();
        let texts: Vec<_> = story.entries.iter().filter_map(|entry| field(entry, "MESSAGE")).collect();
        assert!(texts[0].contains(" invoked oom-killer: "));
        texts[texts.len() - 2..].join("\n")
    };
    let own = last_two("a.service/1 pid=7 limit=96M");
    assert!(
        own.contains(
            "oom_memcg=/system.slice/a.service,task_memcg=/system.slice/a.service,task=a,pid=7,uid=0"
        )
    );
    assert!(own.contains("Memory cgroup out of memory: Killed process 7 (a) total-vm:"));
    let slice = last_two("a.service/1 pid=7 limit=1G slice=/big.slice below=worker");
    assert!(slice.contains("oom_memcg=/big.slice,task_memcg=/big.slice/a.service/worker,"));
    let global = last_two("/docker/abc pid=7 comm=x global");
    assert!(global.contains("CONSTRAINT_NONE") && global.contains(",global_oom,task_memcg=/docker/abc,"));
    assert!(global.contains("\nOut of memory: Killed process 7 (x) "));
}

#[test]
fn errors_name_the_line_and_the_reason() {
    let cases = [
        ("00:01 systemd a.service/1 dies", "systemd has no verb \"dies\""),
        (
            "00:01 systemd a/1 started",
            "\"a/1\" is no unit; write NAME.service/LIFE or user@UID/NAME.service/LIFE",
        ),
        ("00:01 systemd a.service/1 started twice", "\"twice\" means nothing here"),
        ("00:01 systemd a.service/1 started x=1", "\"x=1\" means nothing here"),
        ("00:01 systemd a.service/1 exited killed", "exit status is missing"),
        ("00:01 systemd a.service/1 exited gone 9", "\"gone\" is not exited, killed or dumped"),
        ("1 kernel | x", "\"1\" is no time; write MM:SS.mmm or HH:MM:SS.mmm"),
        ("+x kernel | x", "\"+x\" is no delay; write +SECONDS.mmm"),
        ("00:01 moon | x", "\"moon\" cannot speak; systemd, unit, kernel and journald can"),
        ("00:01 kernel", "a text is missing; write | TEXT"),
        ("00:01 kernel | \\q", "behind \\ stands n, t, xNN or \\"),
        ("00:01 kernel oomkill a.service/1 limit=96M", "say pid="),
        ("00:01 kernel oomkill a.service/1 pid=1", "say limit=SIZE or global"),
        ("00:01 kernel machine=moon | x", "no line tells of machine \"moon\" with that boot"),
        ("00:01 unit a.service/1 UNIT=b | x", "only a native record can bring fields"),
        ("machine b boot 2", "say since= for a later boot"),
        ("| x", "nobody speaks that could say more"),
    ];
    for (line, why) in cases {
        assert_eq!(problem(line), format!("line 3: {why}"));
    }
    let early = parse("00:01 kernel | x").unwrap_err();
    assert_eq!(early.to_string(), "line 1: no machine yet; begin with \"machine NAME\"");
}

#[test]
fn every_story_is_told_says_what_comes_out_and_is_stored_in_order() {
    let stories = all().unwrap();
    assert!(!stories.is_empty());
    for (name, story) in stories {
        assert!(story.about.contains("\nOut: "), "{name} does not say what must come out");
        assert!(story.entries.is_sorted_by_key(|entry| entry.stored), "{name}");
        let cursors: BTreeSet<_> = story.entries.iter().map(|entry| field(entry, "__CURSOR")).collect();
        assert_eq!(cursors.len(), story.entries.len(), "{name}");
        assert!(story.export().len() > 200, "{name}");
    }
}

#[test]
fn the_tables_name_every_story_and_nothing_else() {
    let readme = read_text(&root().join("scenarios/README.md")).unwrap();
    let (_, tables) = readme.split_once("## What each story is for").unwrap();
    let rows = tables.lines().filter(|line| line.starts_with("| "));
    let last_cells = rows.filter_map(|row| row.trim_end_matches(" |").rsplit('|').next());
    let named: BTreeSet<&str> = last_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let stories = all().unwrap();
    let there: BTreeSet<&str> = stories.iter().map(|(name, _)| name.as_str()).collect();
    let of = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| -> Vec<String> {
        one.difference(other).map(|name| (*name).to_owned()).collect()
    };
    assert_eq!((of(&there, &named), of(&named, &there)), (Vec::new(), Vec::new()));
}

#[test]
fn other_tasks_of_a_block_are_rows_of_its_table() {
    let story = parse("machine a\n00:01 kernel oomkill a.service/1 pid=1 limit=96M tasks=7:sort:8M,8:cat:4K")
        .unwrap();
    let text = String::from_utf8_lossy(&story.export()).into_owned();
    assert!(text.contains("[      7]") && text.contains(" sort\n") && text.contains("[      8]"), "{text}");
    let wrong =
        parse("machine a\n00:01 kernel oomkill a.service/1 pid=1 limit=96M tasks=7:sort").unwrap_err();
    assert_eq!(wrong.problem, "\"7:sort\" is no task; write PID:NAME:SIZE");
}
