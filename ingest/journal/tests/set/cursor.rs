use std::process::Command;

use nwlog_journal::{Cursor, write_cursor};

use crate::made;

const LINES: [made::Line<'_>; 3] = [
    (0x98e3_2220_3f7a_4ed2_90d0_9fe0_3c09_fe15, 0, 1_700_000_000_000_000, "a"),
    (0x98e3_2220_3f7a_4ed2_90d0_9fe0_3c09_fe15, 1_000_000, 1_700_000_001_000_000, "b"),
    (0x0000_0000_3f7a_4ed2_90d0_9fe0_3c09_fe15, 15, 1_700_000_002_000_000, "c"),
];

#[test]
fn cursors_are_journalctls() {
    if !made::can_be_made() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = made::make(dir.path(), "one", &LINES);
    let expected = made::cursors(&[&path]);
    let keys = made::keys(&path);
    assert_eq!(keys.len(), LINES.len());
    let mut written = Vec::new();
    for (key, cursor) in keys.iter().zip(&expected) {
        written.clear();
        write_cursor(key, &mut written);
        assert_eq!(str::from_utf8(&written).unwrap(), cursor);
        assert_eq!(Cursor::parse(cursor.as_bytes()).unwrap(), Cursor::from(key));
    }
}

#[test]
fn positions_are_where_journalctl_seeks_to() {
    if !made::can_be_made() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = made::make(dir.path(), "one", &LINES);
    let keys = made::keys(&path);
    let (id, boot) = (keys[0].seqnum_id, keys[0].head.boot_id);
    for text in [
        format!("s={id};i=2"),
        format!("s={boot};i=1;t={:x}", LINES[1].2),
        format!("b={boot};m=1"),
        format!("b={id};m=1;t={:x}", LINES[2].2),
        format!("t={:x}", LINES[0].2 + 1),
        "t=1;q=4".to_owned(),
    ] {
        let cursor = Cursor::parse(text.as_bytes()).unwrap();
        let from = keys.iter().position(|key| cursor.order_of(key).is_ge()).unwrap();
        let mut command = Command::new("journalctl");
        command.args(["-q", "-o", "cat", "--cursor", &text, "--file"]).arg(&path);
        let messages: String = LINES[from..].iter().map(|line| format!("{}\n", line.3)).collect();
        assert_eq!(str::from_utf8(&command.output().unwrap().stdout).unwrap(), messages, "{text}");
    }
}

#[test]
fn what_is_no_cursor_is_none_for_journalctl() {
    if !made::can_be_made() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = made::make(dir.path(), "one", &LINES);
    for text in ["T", "t=6;", ";t=6", "t=", "s=4;t=6", "T=6", "i=6;x=1", "m=1;x=1"] {
        assert!(Cursor::parse(text.as_bytes()).is_err(), "{text}");
        let mut command = Command::new("journalctl");
        command.args(["-q", "--cursor", text, "--file"]).arg(&path);
        assert!(!command.output().unwrap().status.success(), "{text}");
    }
}
