//! One entry of a story, on its way to the journal export format (systemd, docs/JOURNAL_EXPORT_FORMATS.md).

use super::StoredEntry;
use super::ids::{hash, id};

/// 2026-11-23 03:00:00 UTC in microseconds: the story's time zero.
pub(super) const ZERO: i64 = 1_795_402_800_000_000;

/// Where an entry is told: a machine and one of its boots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The machine's name.
    pub(super) machine: String,
    /// The number of the boot.
    pub(super) boot: u32,
    /// When that boot began, on the story's clock, in microseconds.
    pub(super) since: i64,
}

/// The time that the writer itself told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// `_SOURCE_MONOTONIC_TIMESTAMP`: the kernel.
    Kernel,
    /// `_SOURCE_REALTIME_TIMESTAMP`: native and syslog records.
    Realtime,
    /// None: stdout, and journald itself.
    None,
}

/// What one line of a story told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// When it happened, on the story's clock, in microseconds.
    pub(super) at: i64,
    /// How much later it was stored.
    pub(super) lag: i64,
    /// Where.
    pub(super) place: Place,
    /// The time that the writer told.
    pub(super) clock: Clock,
    /// Its fields, without those of time and place.
    pub(super) fields: Vec<(String, Vec<u8>)>,
}

/// Makes a field.
pub(super) fn field(name: &str, value: impl AsRef<[u8]>) -> (String, Vec<u8>) {
    (name.to_owned(), value.as_ref().to_vec())
}

impl Told {
    /// When it was stored, on the story's clock.
    pub(super) fn stored(&self) -> i64 {
        self.at + self.lag
    }

    /// The entry as it is exported. `number` counts the entries of its machine.
    pub(super) fn store(self, number: usize) -> StoredEntry {
        let Place { machine, boot, since } = &self.place;
        let realtime = clamp(ZERO + self.stored());
        let monotonic = clamp(self.stored() - since);
        let machine_id = id(&["machine", machine]);
        let boot_id = id(&["boot", machine, &boot.to_string()]);
        let mut fields = vec![
            field("__REALTIME_TIMESTAMP", realtime.to_string()),
            field("__MONOTONIC_TIMESTAMP", monotonic.to_string()),
            field("_BOOT_ID", &boot_id),
            field("_MACHINE_ID", machine_id),
            field("_HOSTNAME", machine),
            field("_RUNTIME_SCOPE", "system"),
        ];
        match self.clock {
            Clock::Kernel => {
                fields.push(field("_SOURCE_MONOTONIC_TIMESTAMP", clamp(self.at - since).to_string()));
            }
            Clock::Realtime => {
                fields.push(field("_SOURCE_REALTIME_TIMESTAMP", clamp(ZERO + self.at).to_string()));
            }
            Clock::None => {}
        }
        fields.extend(self.fields);
        let mut body = Vec::new();
        for (name, value) in &fields {
            encode(&mut body, name, value);
        }
        let sequence = id(&["sequence", machine]);
        let x = u64::try_from(hash(&body) >> 64).unwrap_or_default();
        let cursor = format!("s={sequence};i={number:x};b={boot_id};m={monotonic:x};t={realtime:x};x={x:x}");
        let mut bytes = Vec::new();
        encode(&mut bytes, "__CURSOR", cursor.as_bytes());
        bytes.append(&mut body);
        bytes.push(b'\n');
        StoredEntry { machine: machine.clone(), boot: *boot, stored: realtime, bytes }
    }
}

fn clamp(micros: i64) -> u64 {
    u64::try_from(micros).unwrap_or_default()
}

/// `NAME=value`, or the form with a length where the value holds a newline or is not UTF-8.
fn encode(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(name.as_bytes());
    if value.contains(&b'\n') || std::str::from_utf8(value).is_err() {
        out.push(b'\n');
        out.extend_from_slice(&(value.len() as u64).to_le_bytes());
    } else {
        out.push(b'=');
    }
    out.extend_from_slice(value);
    out.push(b'\n');
}
