//! What the made journals say: lists of entries, each with something that a reader can get wrong.

use super::entry::Entry;

/// A boot that many entries are of.
pub const FIRST_BOOT: u128 = 0x1b00_7000_0000_4000_8000_0000_0000_0001;
/// The boot after it.
pub const SECOND_BOOT: u128 = 0x2b00_7000_0000_4000_8000_0000_0000_0002;
/// A machine's id.
pub const MACHINE: u128 = 0x3a3a_3a3a_0000_4000_8000_0000_0000_0003;
/// Another machine's.
pub const OTHER_MACHINE: u128 = 0x4b4b_4b4b_0000_4000_8000_0000_0000_0004;

const START: u64 = 1_700_000_000_000_000;
const HOUR: u64 = 3_600_000_000;

fn at(n: u64) -> Entry {
    Entry {
        realtime: START + n * 1_000_003,
        monotonic: 5_000_000 + n * 1_000_003,
        boot_id: FIRST_BOOT,
        fields: Vec::new(),
    }
}

fn id(n: u128) -> String {
    format!("{n:032x}")
}

/// What services say all day: many fields with few values, and messages most of which come once, some of them long.
pub fn everyday(count: u64) -> Vec<Entry> {
    (0..count).map(|n| told(at(n), n)).collect()
}

fn told(entry: Entry, n: u64) -> Entry {
    const UNITS: [&str; 4] = ["nginx.service", "postgresql.service", "cron.service", "myapp.service"];
    let unit = UNITS.into_iter().cycle().nth(usize::try_from(n * n % 7).unwrap_or(0)).unwrap_or_default();
    let message = match n % 10 {
        0 => "Started Session 1 of User root.".to_owned(),
        3 => format!("request {n} took long: {}", "GET /api/v1/things?page=2&size=100 ".repeat(20)),
        _ => format!("request {n} answered in {} us", n * 7919 % 10_007),
    };
    let entry = entry
        .with("PRIORITY", (n % 8).to_string())
        .with("_TRANSPORT", "stdout")
        .with("_PID", (400 + n % 13).to_string())
        .with("_UID", "0")
        .with("_COMM", unit.split('.').next().unwrap_or_default())
        .with("_SYSTEMD_UNIT", unit)
        .with("_MACHINE_ID", id(MACHINE))
        .with("_HOSTNAME", "zoo")
        .with("MESSAGE", message);
    if n.is_multiple_of(5) { entry.with("SYSLOG_IDENTIFIER", unit) } else { entry }
}

/// A clock that is set back by an hour after a third of the entries, and forward by two after another.
pub fn clock_step(count: u64) -> Vec<Entry> {
    everyday(count)
        .into_iter()
        .enumerate()
        .map(|(n, entry)| match (n as u64) * 3 / count.max(1) {
            0 => entry,
            1 => Entry { realtime: entry.realtime - HOUR, ..entry },
            _ => Entry { realtime: entry.realtime + HOUR, ..entry },
        })
        .collect()
}

/// Half of the entries in one boot, half in the next, whose clock began before the end of the first.
pub fn two_boots(count: u64) -> Vec<Entry> {
    (0..count)
        .map(|n| {
            let entry = told(at(n), n);
            if n < count / 2 {
                return entry;
            }
            Entry {
                boot_id: SECOND_BOOT,
                monotonic: 1_000_000 + (n - count / 2) * 1_000,
                realtime: entry.realtime - 10_000_000,
                ..entry
            }
        })
        .collect()
}

/// Two machines by turns.
pub fn two_machines(count: u64) -> Vec<Entry> {
    (0..count)
        .map(|n| {
            let (machine, boot_id) =
                if n % 2 == 0 { (MACHINE, FIRST_BOOT) } else { (OTHER_MACHINE, SECOND_BOOT) };
            Entry { boot_id, ..at(n) }
                .with("MESSAGE", format!("word {n} of machine {}", n % 2))
                .with("_MACHINE_ID", id(machine))
        })
        .collect()
}

/// Fields that come more than once, with several values and with the same.
pub fn multi_valued() -> Vec<Entry> {
    vec![
        at(0)
            .with("MESSAGE", "one")
            .with("TAG", "red")
            .with("TAG", "green")
            .with("TAG", "blue")
            .with("_MACHINE_ID", id(MACHINE)),
        at(1).with("MESSAGE", "two").with("TAG", "green").with("TAG", "green").with("TAG", "red"),
        at(2).with("MESSAGE", "a").with("MESSAGE", "b").with("MESSAGE", "c"),
        at(3).with("TAG", "").with("TAG", "blue").with("MESSAGE", ""),
    ]
}

/// Values that are no text, or no plain text.
pub fn binary() -> Vec<Entry> {
    let every: Vec<u8> = (0..=255).collect();
    vec![
        at(0).with("MESSAGE", b"line one\nline two\n"),
        at(1).with("MESSAGE", every.as_slice()).with("BLOB", [0_u8; 600]),
        at(2).with("MESSAGE", b"\xff\xfe\x80 not utf-8"),
        at(3).with("MESSAGE", "\x1b[31mred\x1b[0m\ttab"),
        at(4).with("MESSAGE", "größer, 磁盘空间不足, \u{1f980}"),
        at(5).with("MESSAGE", b"ends with a newline\n").with("BLOB", b"\n").with("EQUALS", "a=b=c="),
        at(6).with("MESSAGE", b"nul\0inside"),
        at(7).with("MESSAGE", "c1 control \u{85} and bidi \u{202e}"),
    ]
}

/// An entry with `fields` fields among plain ones.
pub fn wide(fields: usize) -> Vec<Entry> {
    let plain = |n: u64| at(n).with("MESSAGE", format!("plain {n}"));
    let wide = (0..fields.saturating_sub(1))
        .fold(at(1).with("MESSAGE", "wide"), |entry, n| entry.with(&format!("F{n}"), format!("value {n}")));
    vec![plain(0), wide, plain(2), plain(3)]
}

/// A field of `bytes` bytes that compress badly, and one that compresses well, among plain ones.
pub fn large(bytes: usize) -> Vec<Entry> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let noise: Vec<u8> = (0..bytes)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .collect();
    let plain = |n: u64| at(n).with("MESSAGE", format!("plain {n}"));
    vec![
        plain(0),
        at(1).with("MESSAGE", "a core").with("COREDUMP", noise),
        plain(2),
        at(3).with("MESSAGE", "a long text").with("TEXT", "all work and no play ".repeat(bytes / 21)),
        plain(4),
    ]
}

/// Names as long as journald lets them be, one letter long, and with a value that is the name.
pub fn odd_names() -> Vec<Entry> {
    vec![
        at(0).with(&"N".repeat(64), "the longest name").with("MESSAGE", "x"),
        at(1).with("A", "B").with("B", "A").with("MESSAGE", "MESSAGE"),
        at(2).with("_UNDER", "score").with("MESSAGE", "__CURSOR=none"),
    ]
}
