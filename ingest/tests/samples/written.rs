//! Entries, written as each tool writes them.

use std::io::Write as _;

use nwlog_ingest::source::Format;
use serde_json::Value;

/// The fields of one entry.
pub(crate) type Entry = Vec<(Vec<u8>, Vec<u8>)>;

/// A line that a process wrote to its journal stream, so many microseconds after the boot.
pub(crate) fn line(at: u64, pid: u32, comm: &str, text: &[u8]) -> Entry {
    let field = |name: &str, value: &[u8]| (name.into(), value.into());
    vec![
        field("__REALTIME_TIMESTAMP", (1_700_000_000_000_000 + at).to_string().as_bytes()),
        field("__MONOTONIC_TIMESTAMP", at.to_string().as_bytes()),
        field("_BOOT_ID", b"0123456789abcdef0123456789abcdef"),
        field("_MACHINE_ID", b"fedcba9876543210fedcba9876543210"),
        field("_HOSTNAME", b"host"),
        field("_TRANSPORT", b"stdout"),
        field("_PID", pid.to_string().as_bytes()),
        field("_COMM", comm.as_bytes()),
        field("SYSLOG_IDENTIFIER", comm.as_bytes()),
        field("MESSAGE", text),
    ]
}

/// The entries of a log.
pub(crate) fn entries(log: &[u8], format: Format) -> Vec<Entry> {
    let mut entries = Vec::new();
    for chunk in crate::read::chunks(log, format, 4 << 20) {
        chunk.visit(&mut Default::default(), &mut |_, entry| {
            entries.push(
                entry.fields().iter().map(|field| (field.name.to_vec(), field.value.to_vec())).collect(),
            );
        });
    }
    entries
}

/// The first value of a field.
pub(crate) fn get<'a>(entry: &'a Entry, name: &str) -> Option<&'a [u8]> {
    entry.iter().find(|(own, _)| own == name.as_bytes()).map(|(_, value)| &**value)
}

/// Entries as a log: the kernel's alone, where a format has no others.
pub(crate) fn log(entries: &[Entry], format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in entries {
        let kernel = get(entry, "_TRANSPORT") == Some(b"kernel");
        match format {
            Format::Export => export(entry, &mut out),
            Format::Json => json(entry, &mut out),
            Format::Short { .. } => short_iso(entry, &mut out),
            Format::Kmsg if kernel => kmsg(entry, &mut out),
            Format::Dmesg if kernel => dmesg(entry, &mut out),
            Format::Kmsg | Format::Dmesg | Format::ShortMonotonic { .. } | Format::Syslog => {}
            Format::Bare => {
                out.extend_from_slice(get(entry, "MESSAGE").unwrap_or_default());
                out.push(b'\n');
            }
        }
    }
    out
}

fn export(entry: &Entry, out: &mut Vec<u8>) {
    for (name, value) in entry {
        out.extend_from_slice(name);
        if value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
            out.push(b'\n');
            out.extend_from_slice(&(value.len() as u64).to_le_bytes());
        } else {
            out.push(b'=');
        }
        out.extend_from_slice(value);
        out.push(b'\n');
    }
    out.push(b'\n');
}

fn json(entry: &Entry, out: &mut Vec<u8>) {
    let value = |value: &[u8]| str::from_utf8(value).map_or_else(|_| Value::from(value), Value::from);
    let name = |name: &[u8]| str::from_utf8(name).unwrap().to_owned();
    let object: Value = entry.iter().map(|(own, text)| (name(own), value(text))).collect();
    writeln!(out, "{object}").unwrap();
}

/// systemd, src/shared/logs-show.c: output_short. Further lines are indented to the text's column.
fn short_iso(entry: &Entry, out: &mut Vec<u8>) {
    let (Some(at), Some(message)) = (get(entry, "__REALTIME_TIMESTAMP"), get(entry, "MESSAGE")) else {
        return;
    };
    let at: i64 = str::from_utf8(at).unwrap().parse().unwrap();
    let at = chrono::DateTime::from_timestamp_micros(at).unwrap().format("%Y-%m-%dT%H:%M:%S%.6f+0000");
    let host = get(entry, "_HOSTNAME").unwrap_or(b"host");
    let name = get(entry, "SYSLOG_IDENTIFIER").or(get(entry, "_COMM")).unwrap_or(b"unknown");
    let mut head = format!("{at} ").into_bytes();
    head.extend_from_slice(&[host, b" ", name].concat());
    if let Some(pid) = get(entry, "_PID").or(get(entry, "SYSLOG_PID")) {
        head.extend_from_slice(&[b"[", pid, b"]"].concat());
    }
    head.extend_from_slice(b": ");
    for (number, line) in message.split(|&byte| byte == b'\n').enumerate() {
        match number {
            0 => out.extend_from_slice(&head),
            _ => out.resize(out.len() + head.len(), b' '),
        }
        out.extend_from_slice(line);
        out.push(b'\n');
    }
}

/// Linux, kernel/printk/printk.c: info_print_ext_header and msg_add_ext_text.
fn kmsg(entry: &Entry, out: &mut Vec<u8>) {
    let (facility, level) = (number(entry, "SYSLOG_FACILITY"), number(entry, "PRIORITY"));
    let at = number(entry, "_SOURCE_MONOTONIC_TIMESTAMP");
    write!(out, "{},{},{at},-;", facility * 8 + level, out.len()).unwrap();
    tag(entry, out);
    for &byte in get(entry, "MESSAGE").unwrap_or_default() {
        match byte {
            b'\\' | 0..0x20 | 0x7f.. => write!(out, "\\x{byte:02x}").unwrap(),
            _ => out.push(byte),
        }
    }
    out.push(b'\n');
}

/// `dmesg -r`: Linux, kernel/printk/printk.c: print_syslog and print_time.
fn dmesg(entry: &Entry, out: &mut Vec<u8>) {
    let priority = number(entry, "SYSLOG_FACILITY") * 8 + number(entry, "PRIORITY");
    let at = number(entry, "_SOURCE_MONOTONIC_TIMESTAMP");
    write!(out, "<{priority}>[{:5}.{:06}] ", at / 1_000_000, at % 1_000_000).unwrap();
    tag(entry, out);
    out.extend_from_slice(get(entry, "MESSAGE").unwrap_or_default());
    out.push(b'\n');
}

/// What a program that writes to the kernel's log puts before its text.
fn tag(entry: &Entry, out: &mut Vec<u8>) {
    if number(entry, "SYSLOG_FACILITY") == 0 {
        return;
    }
    out.extend_from_slice(get(entry, "SYSLOG_IDENTIFIER").unwrap_or_default());
    if let Some(pid) = get(entry, "SYSLOG_PID") {
        out.extend_from_slice(&[b"[", pid, b"]"].concat());
    }
    out.extend_from_slice(b": ");
}

fn number(entry: &Entry, name: &str) -> u64 {
    get(entry, name).and_then(nwlog_ingest::decimal).unwrap_or_default()
}
