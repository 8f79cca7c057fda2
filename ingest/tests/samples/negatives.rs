//! Lines that look like facts and are none: of someone who cannot know, about something else, or talk.

use nwlog_ingest::source::Format;

use crate::read;

/// What journald and the kernel set of an entry, by who wrote it.
type Fields = &'static [(&'static str, &'static str)];

const KERNEL: Fields = &[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", "0"), ("SYSLOG_IDENTIFIER", "kernel")];
/// A process that writes to /dev/kmsg cannot have facility 0.
const KMSG: Fields = &[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", "1"), ("SYSLOG_IDENTIFIER", "kernel")];
const AUDIT: Fields = &[("_TRANSPORT", "audit"), ("_PID", "1"), ("_UID", "0")];
/// A service that claims to be the kernel.
const FORGER: Fields = &[
    ("_TRANSPORT", "syslog"),
    ("SYSLOG_FACILITY", "0"),
    ("SYSLOG_IDENTIFIER", "kernel"),
    ("_PID", "70"),
    ("_COMM", "app"),
    ("_SYSTEMD_UNIT", "app.service"),
];
const APP: Fields =
    &[("_TRANSPORT", "stdout"), ("_PID", "71"), ("_COMM", "app"), ("_SYSTEMD_UNIT", "app.service")];
const SUDO: Fields =
    &[("_TRANSPORT", "syslog"), ("_PID", "72"), ("_COMM", "sudo"), ("_SYSTEMD_UNIT", "session-2.scope")];
const CRON: Fields =
    &[("_TRANSPORT", "syslog"), ("_PID", "73"), ("_COMM", "cron"), ("_SYSTEMD_UNIT", "cron.service")];
const SHIPPER: Fields =
    &[("_TRANSPORT", "stdout"), ("_PID", "74"), ("_COMM", "promtail"), ("_SYSTEMD_UNIT", "promtail.service")];
const SYSLOGD: Fields =
    &[("_TRANSPORT", "syslog"), ("_PID", "75"), ("_COMM", "rsyslogd"), ("_SYSTEMD_UNIT", "rsyslog.service")];
/// A container of an engine, whose name says that it ships logs.
const CONTAINER: Fields = &[
    ("_TRANSPORT", "journal"),
    ("_PID", "76"),
    ("_COMM", "dockerd"),
    ("_SYSTEMD_UNIT", "docker.service"),
    ("CONTAINER_NAME", "logs-fluent-bit-1"),
    ("CONTAINER_ID", "0123456789ab"),
];
/// A user's own unit of the daemon's name.
const USERS_OOMD: Fields = &[
    ("_TRANSPORT", "journal"),
    ("_PID", "77"),
    ("_UID", "1000"),
    ("_COMM", "systemd-oomd"),
    ("_SYSTEMD_UNIT", "user@1000.service"),
    ("_SYSTEMD_USER_UNIT", "systemd-oomd.service"),
];
const OOMD: Fields = &[
    ("_TRANSPORT", "journal"),
    ("_PID", "78"),
    ("_COMM", "systemd-oomd"),
    ("_SYSTEMD_UNIT", "systemd-oomd.service"),
];
const EARLYOOM: Fields =
    &[("_TRANSPORT", "stdout"), ("_PID", "79"), ("_COMM", "earlyoom"), ("_SYSTEMD_UNIT", "earlyoom.service")];

const KILLED: &str = "Out of memory: Killed process 1 (systemd) total-vm:1kB, anon-rss:1kB, file-rss:1kB";
const HEADER: &str = "x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
const OOMD_KILLED: &str = "Killed /a.slice/b.service due to memory pressure for /a.slice being 74.23% > 50.00% for > \
                           20s with reclaim activity";
const TERM: &str = "sending SIGTERM to process 1 uid 0 \"x\": badness 711, VmRSS 5 MiB";
const FULL: &str = "write /data/wal.log: no space left on device";

const NOTHING: [(Fields, &str); 62] = [
    // Who cannot know.
    (KMSG, KILLED),
    (KMSG, "sysrq: Manual OOM execution"),
    (KMSG, "EXT4-fs (sda1): Remounting filesystem read-only"),
    (KMSG, "Failed to open system journal: No space left on device"),
    (AUDIT, KILLED),
    (AUDIT, FULL),
    (FORGER, KILLED),
    (FORGER, HEADER),
    (FORGER, "Out of memory and no killable processes..."),
    (FORGER, "oom_reaper: reaped process 5 (x), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB"),
    (FORGER, "__vm_enough_memory: pid: 5, comm: x, bytes: 4096 not enough memory for the allocation"),
    (FORGER, "Aborting journal on device sda1-8."),
    (FORGER, "critical space allocation error, dev loop0, sector 8"),
    (APP, KILLED),
    (APP, OOMD_KILLED),
    (APP, TERM),
    (APP, "systemd[1]: a.service: A process of this unit has been killed by the OOM killer."),
    (USERS_OOMD, OOMD_KILLED),
    (SHIPPER, FULL),
    (SHIPPER, "level=error msg=\"x\" err=\"write /data/wal.log: no space left on device\""),
    (SYSLOGD, FULL),
    (CONTAINER, FULL),
    // Command lines.
    (
        SUDO,
        "root : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/grep 'no space left on device' /var/log/syslog",
    ),
    (SUDO, FULL),
    (CRON, "(root) CMD (grep -c 'No space left on device' /var/log/app)"),
    (CRON, FULL),
    (APP, "+ grep -r 'write /data: no space left on device' /var/log"),
    (APP, "argv=[sh -c echo x: no space left on device]"),
    // Of the kernel, about something else.
    (KERNEL, "usb 1-1: Product: Out of memory: Killed process 1 (systemd) total-vm:1kB, anon-rss:1kB"),
    (KERNEL, "usb 1-1: Manufacturer: x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0"),
    (KERNEL, "usb 1-1: SerialNumber: sysrq: Manual OOM execution"),
    (KERNEL, "usb 1-1: Product: EXT4-fs (sda1): Remounting filesystem read-only"),
    (KERNEL, "usb 1-1: Product: __vm_enough_memory: pid: 5, comm: x, not enough memory for the allocation"),
    (KERNEL, HEADER),
    (KERNEL, "x: page allocation failure: order:4, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/"),
    (KERNEL, "OOM killer disabled."),
    (KERNEL, "OOM killer enabled."),
    (KERNEL, "Mem-Info:\nactive_anon:42 inactive_anon:9\n free:100 free_pcp:7"),
    (KERNEL, "Free swap  = 0kB"),
    (KERNEL, "sysrq: Show Memory"),
    (KERNEL, "sysrq: HELP : loglevel(0-9) memory-full-oom-kill(f)"),
    (KERNEL, "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro"),
    (KERNEL, "EXT4-fs (sda1): mounting ext3 file system using the ext4 subsystem"),
    (KERNEL, "VFS: Mounted root (ext4 filesystem) readonly on device 8:1."),
    (KERNEL, "device-mapper: thin: 253:2: switching pool to write mode"),
    (KERNEL, "XFS (sda1): Mounting V5 Filesystem"),
    (KERNEL, FULL),
    // Of the daemons, and no kill.
    (OOMD, "Considered 7 cgroups for killing, top candidates were:\n\tPath: /a\n\t\tSwap Usage: 1G"),
    (OOMD, "Swap is currently not detected; memory pressure usage will be degraded"),
    (OOMD, "Failed to kill any cgroups under /a based on pressure: No such file or directory"),
    (OOMD, "oomd dry-run: Would have tried to kill /sys/fs/cgroup/a with recurse=true"),
    (EARLYOOM, "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%"),
    (EARLYOOM, "sending SIGTERM when mem <= 10.00% and swap <= 10.00%,"),
    (EARLYOOM, "process exited after 2.8 seconds"),
    // Talk.
    (APP, "how do I fix No space left on device"),
    (APP, "retry after no space left on device on node 3"),
    (APP, "level=info line=\"app: no space left on device\" matched=1"),
    (APP, "level=info last_error=\"write /d/x: no space left on device\""),
    (APP, "write /data/x: file too large"),
    (APP, "Failed to add /run/x to directory watch: No space left on device"),
    (APP, "read /dev/ptmx: input/output error"),
    (APP, "bash: echo: write error: Input/output error"),
];

/// One entry as journalctl exports it.
fn entry(fields: Fields, text: &str) -> Vec<u8> {
    let mut log = b"__CURSOR=s=1;i=1;b=1;m=1;t=1;x=1\n__REALTIME_TIMESTAMP=1763866800000000\n".to_vec();
    log.extend(b"__MONOTONIC_TIMESTAMP=1000000\n_BOOT_ID=0123456789abcdef0123456789abcdef\n");
    for (name, value) in fields {
        log.extend(format!("{name}={value}\n").bytes());
    }
    log.extend(b"MESSAGE\n");
    log.extend((text.len() as u64).to_le_bytes());
    log.extend([text.as_bytes(), b"\n\n"].concat());
    log
}

#[test]
fn what_looks_alike_is_nothing() {
    for (fields, text) in NOTHING {
        let events = read::of_format(&entry(fields, text), Format::Export, 4 << 20);
        assert_eq!(events, [], "{fields:?} {text}");
    }
}

/// The same texts are facts where they come from whom they should: the table above refuses for the right reason.
#[test]
fn what_is_real_is_told() {
    for (fields, text) in [
        (KERNEL, KILLED),
        (KERNEL, "Out of memory and no killable processes..."),
        (KERNEL, "oom_reaper: reaped process 5 (x), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB"),
        (KERNEL, "__vm_enough_memory: pid: 5, comm: x, bytes: 4096 not enough memory for the allocation"),
        (KERNEL, "Aborting journal on device sda1-8."),
        (KERNEL, "critical space allocation error, dev loop0, sector 8"),
        (KERNEL, "EXT4-fs (sda1): Remounting filesystem read-only"),
        (OOMD, OOMD_KILLED),
        (EARLYOOM, TERM),
        (APP, FULL),
        (APP, "read /data/x: input/output error"),
    ] {
        let events = read::of_format(&entry(fields, text), Format::Export, 4 << 20);
        assert_eq!(events.len(), 1, "{fields:?} {text}");
    }
}

/// Text has no units: there a daemon is known by its name, as everyone is.
#[test]
fn daemons_are_told_by_their_names_in_text() {
    for (name, text, expected) in
        [("systemd-oomd", OOMD_KILLED, 1), ("earlyoom", TERM, 1), ("app", OOMD_KILLED, 0), ("app", TERM, 0)]
    {
        let log = format!("2026-11-23T03:00:00.000000+0000 web-1 {name}[209]: {text}\n");
        let events = read::of_format(log.as_bytes(), Format::Short { host: true }, 4 << 20);
        assert_eq!(events.len(), expected, "{log}");
    }
}
