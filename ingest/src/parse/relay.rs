//! Programs whose lines are what others wrote.

use crate::entry::Known;

/// Units that ship or keep logs, without `.service`. What they print repeats lines of any origin.
const SHIPPERS: [&[u8]; 25] = [
    b"alloy",
    b"auditd",
    b"datadog-agent",
    b"filebeat",
    b"fluent-bit",
    b"fluentbit",
    b"fluentd",
    b"grafana-agent",
    b"journalbeat",
    b"journalctl",
    b"logstash",
    b"nxlog",
    b"opentelemetry-collector",
    b"otelcol",
    b"otelcol-contrib",
    b"promtail",
    b"rsyslog",
    b"rsyslogd",
    b"splunkd",
    b"syslog-ng",
    b"systemd-journal",
    b"td-agent",
    b"td-agent-bit",
    b"vector",
    b"vlagent",
];
/// Programs that log the command lines that others asked for.
const WITNESSES: [&[u8]; 9] =
    [b"CRON", b"anacron", b"atd", b"cron", b"crond", b"doas", b"su", b"sudo", b"sudo-rs"];

/// Whether an entry's text may be someone else's: by the unit and the name that journald saw, never by what it says of
/// itself.
pub(super) fn is_relay(known: &Known<'_>) -> bool {
    let unit = known.systemd_unit.unwrap_or_default();
    let unit = unit.strip_suffix(b".service").unwrap_or(unit);
    // A template's instances all do the same.
    let stem = unit.split(|byte| *byte == b'@').next().unwrap_or_default();
    let comm = known.comm.unwrap_or_default();
    let name = known.container_name.unwrap_or_default();
    SHIPPERS.contains(&stem)
        || SHIPPERS.iter().any(|shipper| has_word(name, shipper))
        || stem.starts_with(b"systemd-journal-")
        || SHIPPERS.contains(&comm)
        || WITNESSES.contains(&comm)
}

/// Whether a container's name, `logs-promtail-1`, holds another as a whole word.
fn has_word(name: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find_iter(name, word).any(|at| {
        let (before, rest) = name.split_at_checked(at).unwrap_or_default();
        let after = rest.get(word.len()..).unwrap_or_default();
        let ends = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphabetic());
        ends(before.last()) && ends(after.first())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_them_by_unit_and_name() {
        for (unit, comm, expected) in [
            ("rsyslog.service", "rs:main Q:Reg", true),
            ("session-2.scope", "sudo", true),
            ("cron.service", "cron", true),
            ("cron.service", "backup.sh", false),
            ("fluent-bit@west.service", "flb-pipeline", true),
            ("systemd-journal-upload.service", "systemd-journal", true),
            ("app.service", "vectors", false),
            ("app.service", "app", false),
            ("", "", false),
        ] {
            let known = Known {
                systemd_unit: Some(unit.as_bytes()),
                comm: Some(comm.as_bytes()),
                ..Known::default()
            };
            assert_eq!(is_relay(&known), expected, "{unit} {comm}");
        }
        for (name, expected) in
            [("logs-promtail-1", true), ("vector", true), ("vectordb", false), ("web-1", false)]
        {
            let known = Known { container_name: Some(name.as_bytes()), ..Known::default() };
            assert_eq!(is_relay(&known), expected, "{name}");
        }
    }
}
