#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// Line, errno, operation, path, directory.
type Row = (&'static str, DiskError, Option<&'static str>, Option<&'static str>, Option<&'static str>);

const NO: DiskError = DiskError::NoSpace;
const RO: DiskError = DiskError::ReadOnly;

const TOLD: [Row; 67] = [
    ("write /data/wal.log: no space left on device", NO, Some("write"), Some("/data/wal.log"), Some("/data")),
    (
        "2026/01/02 03:04:05 save: open /data/f9: no space left on device",
        NO,
        Some("open"),
        Some("/data/f9"),
        Some("/data"),
    ),
    (
        "2026/01/02 03:04:05 mkdir /data/x: no space left on device",
        NO,
        Some("mkdir"),
        Some("/data/x"),
        Some("/data"),
    ),
    ("write /data/a b/x: no space left on device", NO, Some("write"), Some("/data/a b/x"), Some("/data/a b")),
    (
        "rename /tmp/new.1 /data/new: no space left on device",
        NO,
        Some("rename"),
        Some("/data/new"),
        Some("/data"),
    ),
    ("sync wal/7.log: disk quota exceeded", DiskError::Quota, Some("sync"), Some("wal/7.log"), Some("wal")),
    ("open wal.log: read-only file system", RO, Some("open"), Some("wal.log"), None),
    ("open /f: read-only file system", RO, Some("open"), Some("/f"), Some("/")),
    ("fallocate wal segment: no space left on device", NO, Some("fallocate"), None, None),
    ("no space left on device", NO, None, None, None),
    ("2026/01/02 03:04:05 no space left on device", NO, None, None, None),
    ("ERROR no space left on device", NO, None, None, None),
    (
        "ERROR save err=\"write /d/g.log: no space left on device\" n=5",
        NO,
        Some("write"),
        Some("/d/g.log"),
        Some("/d"),
    ),
    (
        "{\"msg\":\"save\",\"err\":\"write /d/g.log: no space left on device\"}",
        NO,
        Some("write"),
        Some("/d/g.log"),
        Some("/d"),
    ),
    (
        "{\"error\": {\"message\": \"open /d/g: no space left on device\"}}",
        NO,
        Some("open"),
        Some("/d/g"),
        Some("/d"),
    ),
    (
        "{\"level\":\"error\",\"msg\":\"flush failed: write /d/g: disk quota exceeded\"}",
        DiskError::Quota,
        Some("write"),
        Some("/d/g"),
        Some("/d"),
    ),
    (
        "flush index: write /var/lib/app/x: no space left on device",
        NO,
        Some("write"),
        Some("/var/lib/app/x"),
        Some("/var/lib/app"),
    ),
    (
        "apply layer: write /d/l.tar: no space left on device: unknown",
        NO,
        Some("write"),
        Some("/d/l.tar"),
        Some("/d"),
    ),
    (
        "dd: error writing '/mnt/fill': No space left on device",
        NO,
        Some("write"),
        Some("/mnt/fill"),
        Some("/mnt"),
    ),
    (
        "dd: failed to open '/mnt/fill.7': No space left on device",
        NO,
        Some("open"),
        Some("/mnt/fill.7"),
        Some("/mnt"),
    ),
    (
        "cp: error writing '/mnt/a b': No space left on device",
        NO,
        Some("write"),
        Some("/mnt/a b"),
        Some("/mnt"),
    ),
    (
        "mkdir: cannot create directory ‘/mnt/d’: No space left on device",
        NO,
        Some("create"),
        Some("/mnt/d"),
        Some("/mnt"),
    ),
    ("touch: cannot touch 'x': Read-only file system", RO, Some("touch"), Some("x"), None),
    (
        "tar: /mnt/t.tar: Cannot write: No space left on device",
        NO,
        Some("write"),
        Some("/mnt/t.tar"),
        Some("/mnt"),
    ),
    ("bash: line 7: echo: write error: No space left on device", NO, Some("write"), None, None),
    ("sh: /mnt/x: Read-only file system", RO, None, Some("/mnt/x"), Some("/mnt")),
    (
        "sort: write failed: /tmp/sortA: No space left on device",
        NO,
        Some("write"),
        Some("/tmp/sortA"),
        Some("/tmp"),
    ),
    (
        "rsync: [receiver] write failed on \"/m/f\": No space left on device (28)",
        NO,
        Some("write"),
        Some("/m/f"),
        Some("/m"),
    ),
    ("Failed to open system journal: No space left on device", NO, Some("open"), None, None),
    (
        "/var/log/journal/a: Failed to rotate: Read-only file system",
        RO,
        Some("rotate"),
        Some("/var/log/journal/a"),
        Some("/var/log/journal"),
    ),
    ("OSError: [Errno 28] No space left on device", NO, None, None, None),
    ("OSError: [Errno 28] No space left on device: '/data/x'", NO, None, Some("/data/x"), Some("/data")),
    ("OSError: [Errno 30] Read-only file system: b'/data/x'", RO, None, Some("/data/x"), Some("/data")),
    (
        "OSError: [Errno 28] No space left on device: '/tmp/a' -> '/data/a'",
        NO,
        None,
        Some("/data/a"),
        Some("/data"),
    ),
    (
        "Could not save: [Errno 122] Disk quota exceeded: 'out'",
        DiskError::Quota,
        Some("save"),
        Some("out"),
        None,
    ),
    ("Error: ENOSPC: no space left on device, write", NO, Some("write"), None, None),
    (
        "Error: ENOSPC: no space left on device, open '/data/x'",
        NO,
        Some("open"),
        Some("/data/x"),
        Some("/data"),
    ),
    (
        "[Error: EROFS: read-only file system, mkdir '/data/x'] {",
        RO,
        Some("mkdir"),
        Some("/data/x"),
        Some("/data"),
    ),
    (
        "Error: ENOSPC: no space left on device, copyfile '/a/x' -> '/b/x'",
        NO,
        Some("copyfile"),
        Some("/b/x"),
        Some("/b"),
    ),
    ("append failed: No space left on device (os error 28)", NO, Some("append"), None, None),
    (
        "Error: No space left on device (os error 28) at path \"/tmp/.tmpX\"",
        NO,
        None,
        Some("/tmp/.tmpX"),
        Some("/tmp"),
    ),
    ("ERROR app: flush error=No space left on device (os error 28) n=1", NO, None, None, None),
    ("    0: No space left on device (os error 28)", NO, None, None, None),
    ("Os { code: 28, kind: StorageFull, message: \"No space left on device\" }", NO, None, None, None),
    ("on an `Err` value: Custom { kind: StorageFull, error: \"full\" }", NO, None, None, None),
    ("Exception in thread \"main\" java.io.IOException: No space left on device", NO, None, None, None),
    ("Caused by: java.io.IOException: No space left on device", NO, None, None, None),
    (
        "java.io.FileNotFoundException: /d/x.log (Read-only file system)",
        RO,
        None,
        Some("/d/x.log"),
        Some("/d"),
    ),
    ("print: No space left on device at -e line 1.", NO, Some("print"), None, None),
    ("print: No space left on device at /a/b.pl line 1, <STDIN> line 5.", NO, Some("print"), None, None),
    (
        "unable to close it properly: No space left on device during global destruction.",
        NO,
        Some("close"),
        None,
        None,
    ),
    ("sqlite3.OperationalError: database or disk is full", NO, None, None, None),
    ("database or disk is full (13)", NO, None, None, None),
    (
        "9:M 01 Jan 2026 00:00:00.001 # Write error writing append only file on disk: No space left on device",
        NO,
        Some("write"),
        None,
        None,
    ),
    (
        "PANIC:  could not write to file \"pg_wal/xlogtemp.4\": No space left on device",
        NO,
        Some("write"),
        Some("pg_wal/xlogtemp.4"),
        Some("pg_wal"),
    ),
    (
        "FATAL:  could not write lock file \"postmaster.pid\": No space left on device",
        NO,
        Some("write"),
        Some("postmaster.pid"),
        None,
    ),
    (
        "[crit] 9#0: *5 open() \"/c/x\" failed (28: No space left on device), client: 10.0.0.1",
        NO,
        Some("open"),
        Some("/c/x"),
        Some("/c"),
    ),
    (
        "Error writing file '/d/x' (errno: 28 - No space left on device)",
        NO,
        Some("write"),
        Some("/d/x"),
        Some("/d"),
    ),
    (
        "first line\nwrite /d/x: no space left on device\nthird line",
        NO,
        Some("write"),
        Some("/d/x"),
        Some("/d"),
    ),
    (
        "[crit] 9#0: *5 pwrite() \"/c/1/x\" failed (28: No space left on device) while reading upstream, client: 10.0.0.1",
        NO,
        Some("write"),
        Some("/c/1/x"),
        Some("/c/1"),
    ),
    (
        "2026-01-02T03:04:05.1Z 9 [ERROR] [MY-010045] [Server] Disk is full writing './binlog.7' (OS errno 28 - No space left on device). Waiting for someone to free space... Retry in 60 secs.",
        NO,
        Some("write"),
        Some("./binlog.7"),
        Some("."),
    ),
    (
        "[ERROR] mysqld: Disk full (/tmp/#sql_1.MAI); waiting for someone to free some space... (errno: 28 \"No space left on device\")",
        NO,
        None,
        None,
        None,
    ),
    (
        "[ERROR] mysqld: Error writing file '/d/x' (Errcode: 28 \"No space left on device\")",
        NO,
        Some("write"),
        Some("/d/x"),
        Some("/d"),
    ),
    ("[ERROR] [MY-012640] [InnoDB] Error number 28 means 'No space left on device'", NO, None, None, None),
    ("InnoDB: Error number 28 means 'No space left on device'.", NO, None, None, None),
    (
        "could not extend file \"base/16384/2619\": No space left on device",
        NO,
        Some("extend"),
        Some("base/16384/2619"),
        Some("base/16384"),
    ),
    (
        "time=\"2026-01-02T03:04:05Z\" level=error msg=\"Handler for POST /build returned error: write /var/lib/docker/tmp/b/x: no space left on device\"",
        NO,
        Some("write"),
        Some("/var/lib/docker/tmp/b/x"),
        Some("/var/lib/docker/tmp/b"),
    ),
];

const FAILED: [(&str, Option<&str>, Option<&str>); 17] = [
    ("read /data/x: input/output error", Some("read"), Some("/data/x")),
    ("2026/01/02 03:04:05 load: open /data/f9: input/output error", Some("open"), Some("/data/f9")),
    ("level=ERROR msg=save err=\"sync /d/g.log: input/output error\"", Some("sync"), Some("/d/g.log")),
    ("cat: /mnt/x: Input/output error", None, Some("/mnt/x")),
    ("dd: error reading '/dev/sdb': Input/output error", Some("read"), Some("/dev/sdb")),
    ("could not read block 5 in file \"base/1/2\": Input/output error", Some("read"), Some("base/1/2")),
    ("OSError: [Errno 5] Input/output error: '/data/x'", None, Some("/data/x")),
    ("Error: EIO: i/o error, open '/data/x'", Some("open"), Some("/data/x")),
    ("failed to read /a/b: Input/output error (os error 5)", Some("read"), Some("/a/b")),
    ("java.io.IOException: Input/output error", None, None),
    ("Caused by: java.io.FileNotFoundException: /d/x (Input/output error)", None, Some("/d/x")),
    ("sqlite3.OperationalError: disk I/O error", None, None),
    (
        "[crit] 9#0: *5 open() \"/c/x\" failed (5: Input/output error), client: 10.0.0.1",
        Some("open"),
        Some("/c/x"),
    ),
    ("write /var/log/app.log: input/output error", Some("write"), Some("/var/log/app.log")),
    ("tar: /mnt/t.tar: Cannot read: Input/output error", Some("read"), Some("/mnt/t.tar")),
    ("cp: error reading '/mnt/a b': Input/output error", Some("read"), Some("/mnt/a b")),
    ("dd: failed to open '/mnt/x.7': Input/output error", Some("open"), Some("/mnt/x.7")),
];

#[test]
fn reads_what_a_device_failed() {
    for (line, operation, path) in FAILED {
        let fact = told(line.as_bytes()).unwrap_or_else(|| panic!("{line}"));
        let read = (fact.error, fact.operation.as_deref(), fact.path.as_deref());
        assert_eq!(read, (DiskError::Io, operation, path), "{line}");
        assert_eq!(refused(line.as_bytes()), None, "{line}");
        assert!(mentions(line.as_bytes()), "{line}");
    }
}

#[test]
fn a_terminal_that_is_gone_is_no_disk() {
    for line in [
        "read /dev/ptmx: input/output error",
        "write /dev/tty1: input/output error",
        "bash: echo: write error: Input/output error",
        "read from tty: Input/output error",
        "Error: EIO: i/o error, read",
        "rpc: i/o error",
        "i/o error",
        "read /dev/bus/usb/001/002: input/output error",
        "modem0: Input/output error",
        "open /proc/5/mem: input/output error",
        "why do I get Input/output error",
        "(root) CMD (grep -c 'Input/output error' /var/log/app)",
        "Buffer I/O error on dev sda, logical block 0",
    ] {
        assert_eq!(told(line.as_bytes()), None, "{line}");
    }
}

#[test]
fn reads_every_form() {
    for (line, error, operation, path, directory) in TOLD {
        let fact = refused(line.as_bytes());
        let expected = DiskFact {
            error,
            operation: operation.map(Into::into),
            path: path.map(Into::into),
            directory: directory.map(Into::into),
            device: None,
        };
        assert_eq!(fact, Some(expected), "{line}");
        assert!(mentions(line.as_bytes()), "{line}");
    }
}

#[test]
fn refuses_talk_and_other_limits() {
    for line in [
        "write /data/x: file too large",
        "rename /a /b: invalid cross-device link",
        "why: no space left on device?",
        "how do I fix No space left on device",
        "there was no space left on device",
        "write /d/x: no space left on device is what it said",
        "no space left on device errors: 5",
        "retry after no space left on device on node 3",
        "search query: No space left on device",
        "level=info query=\"write /d/x: no space left on device\"",
        "level=info last_error=\"write /d/x: no space left on device\"",
        "level=info line=\"app: no space left on device\" matched=1",
        "it said \"write /d/x: no space left on device\"",
        "it said 'write /d/x: no space left on device'",
        "root : PWD=/ ; USER=root ; COMMAND=/usr/bin/grep x: no space left on device",
        "(root) CMD (grep -c 'No space left on device' /var/log/app)",
        "+ echo write: No space left on device",
        "> write /d/x: no space left on device",
        "GET https://host/search?q=x: no space left on device",
        "GET /search?q=no+space+left+on+device",
        "Failed to add /run/x to directory watch: No space left on device",
        "inotify_add_watch /d/x: no space left on device",
        "could not create semaphores: No space left on device",
        "write /sys/fs/cgroup/cpuset/x/cgroup.procs: no space left on device",
        "open /proc/sys/vm/overcommit_memory: read-only file system",
        "VFS: Mounted root (ext4 filesystem) readonly",
        "mounted a read-only file system",
        "Check also that the disk is not full or a disk quota exceeded.",
        "Error number 28 means 'No space left on device' in most cases",
        "number 28 means 'No space left on device'",
        "he asked what (errno: 28 \"No space left on device\") is",
        "pwrite() failed (28: No space left on device) is what I saw",
        "type=EXECVE msg=audit(1:2): argc=2 a0=\"echo\" a1=\"x: No space left on device\"",
        "root : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh -c echo a: No space left on device",
        "found 3 lines like 'write /a: no space left on device'",
        "warning: volume has no space left on device soon",
        "test enospc ... no space left on device (expected)",
        "docs: https://host/x: no space left on device",
        "see: \"cp: No space left on device\"",
        "",
    ] {
        assert_eq!(refused(line.as_bytes()), None, "{line}");
    }
}

#[test]
fn a_path_is_bounded() {
    let line = format!("write /{}/x: no space left on device", "d".repeat(5000));
    let path = refused(line.as_bytes()).unwrap().path.unwrap();
    assert!(path.len() <= MAX_PATH);
}

proptest! {
    #[test]
    fn any_bytes_are_read(
        before in proptest::collection::vec(any::<u8>(), 0..60),
        phrase in "(No space left on device|disk quota exceeded|Read-only file system|kind: StorageFull|)",
        after in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let text = [&before[..], phrase.as_bytes(), &after].concat();
        let fact = refused(&text);
        prop_assert!(fact.is_none() || mentions(&text));
    }

    #[test]
    fn the_words_around_an_error_decide(
        before in "([a-z]{1,8} ){0,3}[\"'\\(\\[={:]{0,3}([A-Z]{3,8}: )?(write /a/b: )?",
        after in "[\"'\\)\\]}]{0,2}( \\(os error 28\\))?(, write)?( [a-z]{1,8}){0,3}[.?]?",
    ) {
        let text = format!("{before}no space left on device{after}");
        let fact = refused(text.as_bytes());
        if text.ends_with('?') {
            prop_assert_eq!(fact, None);
        } else if let Some(fact) = fact {
            prop_assert_eq!(fact.error, DiskError::NoSpace);
        }
    }
}
