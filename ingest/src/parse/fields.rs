//! Which fields of an entry are read at all.

/// Whether anything here asks for a field. The others of an entry need not be decoded.
pub fn is_read(name: &[u8]) -> bool {
    matches!(
        name,
        b"ERRNO"
            | b"EXECUTABLE"
            | b"EXIT_CODE"
            | b"EXIT_STATUS"
            | b"INVOCATION_ID"
            | b"JOB_RESULT"
            | b"JOB_TYPE"
            | b"MESSAGE"
            | b"MESSAGE_ID"
            | b"N_DROPPED"
            | b"N_PROCESSES"
            | b"N_RESTARTS"
            | b"SYSLOG_FACILITY"
            | b"SYSLOG_IDENTIFIER"
            | b"UID"
            | b"UNIT"
            | b"UNIT_RESULT"
            | b"USER_INVOCATION_ID"
            | b"USER_UNIT"
            | b"_BOOT_ID"
            | b"_COMM"
            | b"_HOSTNAME"
            | b"_MACHINE_ID"
            | b"_PID"
            | b"_SOURCE_MONOTONIC_TIMESTAMP"
            | b"_SOURCE_REALTIME_TIMESTAMP"
            | b"_STREAM_ID"
            | b"_SYSTEMD_CGROUP"
            | b"_SYSTEMD_INVOCATION_ID"
            | b"_SYSTEMD_UNIT"
            | b"_SYSTEMD_USER_UNIT"
            | b"_TRANSPORT"
            | b"_UID"
    )
}
