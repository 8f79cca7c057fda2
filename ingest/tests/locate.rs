//! Finding logs in directories.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

use std::fs;
use std::os::unix::fs::symlink;

use nwlog_ingest::source::{SourceError, Stream, locate};

#[test]
fn logs_are_found_and_the_rest_is_counted() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    fs::create_dir_all(root.join("host/deeper")).unwrap();
    fs::write(root.join("b.export"), "__CURSOR=x\nMESSAGE=a\n\n").unwrap();
    fs::write(root.join("a.journal"), "LPKSHHRH\0\0").unwrap();
    fs::write(root.join("empty"), "").unwrap();
    fs::write(root.join("binary"), [0; 100]).unwrap();
    fs::write(root.join("host/deeper/c.txt"), "text\n").unwrap();
    symlink(root, root.join("host/loop")).unwrap();
    symlink(root.join("b.export"), root.join("same")).unwrap();
    symlink(root.join("nowhere"), root.join("dangling")).unwrap();
    let found = locate(root).unwrap();
    assert_eq!(found.logs, [root.join("b.export"), root.join("host/deeper/c.txt")]);
    assert_eq!(found.journals, [root.join("a.journal")]);
    assert_eq!((found.others, found.unreadable.len(), found.truncated), (2, 1, false));
}

#[test]
fn what_is_called_a_journal_is_one_also_behind_a_link() {
    let (directory, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = directory.path();
    for (name, bytes) in
        [("system.journal", &b""[..]), ("user-1000@1.journal~", b"torn"), ("copy", b"LPKSHHRH")]
    {
        fs::write(root.join(name), bytes).unwrap();
        fs::write(other.path().join(name), bytes).unwrap();
    }
    fs::write(other.path().join("x.log"), "text\n").unwrap();
    symlink(other.path(), root.join("host")).unwrap();
    symlink(root, other.path().join("loop")).unwrap();
    fs::create_dir(root.join("real")).unwrap();
    fs::write(root.join("real/x.log"), "text\n").unwrap();
    symlink(root.join("real"), root.join("a-link")).unwrap();
    symlink(other.path().join("nowhere"), other.path().join("dangling")).unwrap();
    let found = locate(root).unwrap();
    let named = [
        "copy",
        "host/system.journal",
        "host/user-1000@1.journal~",
        "system.journal",
        "user-1000@1.journal~",
    ];
    assert_eq!(found.journals, named.map(|name| root.join(name)));
    assert_eq!(found.logs, [root.join("real/x.log")]);
    assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
}

#[test]
fn what_cannot_be_read_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    assert!(matches!(locate(root), Err(SourceError::NoLogs(_))));
    assert!(matches!(locate(&root.join("none")), Err(SourceError::NotFound(_))));
    assert!(matches!(Stream::open(root), Err(SourceError::IsDirectory(_))));
    fs::write(root.join("a.journal"), "LPKSHHRH").unwrap();
    assert_eq!(locate(root).unwrap().journals, [root.join("a.journal")]);
    assert!(matches!(Stream::open(&root.join("a.journal")), Err(SourceError::JournalFile)));
    fs::write(root.join("binary"), [0; 100]).unwrap();
    assert!(matches!(Stream::open(&root.join("binary")), Err(SourceError::NotALog)));
}
