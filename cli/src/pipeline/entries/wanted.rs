//! Which entries are wanted.

use nwlog_ingest::Id128;
use regex::bytes::Regex;

use super::matches::{Matches, OneOf};
use crate::output::entry::Record;

/// Which entries are wanted. An entry has to satisfy every part that is there.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// It has these fields.
    pub matches: Matches,
    /// It was not stored before this, in microseconds since 1970.
    pub since: Option<u64>,
    /// It was not stored after this, in microseconds since 1970.
    pub until: Option<u64>,
    /// Its first message holds this.
    pub pattern: Option<Regex>,
}

impl Wanted {
    /// Whether an entry is wanted.
    pub fn wants(&self, record: &Record) -> bool {
        self.in_time(record.head.realtime)
            && self.matches.hold(|field| has(record, field))
            && self.pattern.as_ref().is_none_or(|pattern| {
                record.all(b"MESSAGE").next().is_some_and(|message| pattern.is_match(message))
            })
    }

    /// Whether a time is within the bounds. What has no time is within any: it cannot be said that it is not.
    pub fn in_time(&self, realtime: Option<u64>) -> bool {
        let Some(realtime) = realtime else { return true };
        self.since.is_none_or(|since| realtime >= since) && self.until.is_none_or(|until| realtime <= until)
    }
}

/// Whether an entry has one of the values. Its boot stands in the head.
pub fn has(record: &Record, field: &OneOf) -> bool {
    let is_wanted = |value: &[u8]| field.values.iter().any(|wanted| wanted.is(value));
    let boot = record.head.boot_id.filter(|_| field.name == "_BOOT_ID");
    boot.is_some_and(|boot| is_wanted(hex(boot).as_bytes()))
        || record.all(field.name.as_bytes()).any(is_wanted)
}

/// A boot as a field has it.
pub fn hex(boot: Id128) -> String {
    boot.to_string()
}
