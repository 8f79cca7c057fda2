//! Where a follower stands, in a form that outlives it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use thiserror::Error;

use crate::{EntryHead, EntryKey, Id128};

/// The most counters that are told apart. A machine has one for each journald that ever wrote to its directories, and one
/// for each sender whose journal it receives.
const MAX_COUNTERS: usize = 256;

/// More than any position that can be read has, in bytes.
const MAX_TEXT: usize = 64 << 10;

const VERSION: &str = "nwlog1";

/// A place between entries: all that a follower gave is before it, and everything else behind it.
///
/// It is the last entry of each counter. As text it has at most 64 KiB, and mostly less than 1 KiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub(super) counters: BTreeMap<Id128, Mark>,
    /// Entries of counters that are not among these are before it up to this time, in microseconds since 1970.
    pub(super) floor: u64,
}

/// How far a counter was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The last number.
    pub(super) seqnum: u64,
    /// The newest entry of the last boot; mostly that of the last number. Those that were moved from /run are older.
    pub(super) boot_id: Id128,
    pub(super) monotonic: u64,
    pub(super) realtime: u64,
    pub(super) xor_hash: u64,
    /// When the first entry of that boot was stored that is before the position, in microseconds since the boot.
    pub(super) since: u64,
    /// Whether the last entry is older than the newest one.
    pub(super) is_back: bool,
}

impl Mark {
    /// Whether an entry of this counter may belong to a part of it that repeats times, as what is moved to it does.
    /// `previous` is the number before it in its file. Entries of one moment that are alike are told from copies by
    /// following each other.
    pub(super) fn goes_back_to(&self, head: &EntryHead, previous: Option<u64>) -> bool {
        let follows = previous.unwrap_or(head.seqnum.saturating_sub(1)) == self.seqnum;
        let order = head.monotonic.cmp(&self.monotonic);
        head.boot_id == self.boot_id && (order.is_lt() || order.is_eq() && (self.is_back || !follows))
    }

    /// The entry; where it lies is not known.
    pub(super) fn head(&self) -> EntryHead {
        let Self { seqnum, boot_id, monotonic, realtime, xor_hash, .. } = *self;
        EntryHead { at: 0, seqnum, realtime, monotonic, boot_id, xor_hash }
    }
}

/// Why a text is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a position of a follower of journals")]
pub struct PositionError;

impl Position {
    /// The position as a line of ASCII without spaces.
    pub fn to_text(&self) -> String {
        let mut text = format!("{VERSION};{:x}", self.floor);
        for (id, mark) in &self.counters {
            let Mark { seqnum, boot_id, monotonic, realtime, xor_hash, since, is_back } = mark;
            let is_back = u8::from(*is_back);
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                ";{id},{seqnum:x},{boot_id},{monotonic:x},{realtime:x},{xor_hash:x},{since:x},{is_back}"
            );
        }
        text
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    ///
    /// # Errors
    /// It is something else.
    pub fn parse(text: &str) -> Result<Self, PositionError> {
        let mut parts = text.split(';');
        if text.len() > MAX_TEXT || parts.next() != Some(VERSION) {
            return Err(PositionError);
        }
        let floor = hex(parts.next()).ok_or(PositionError)?;
        let counters = parts.map(counter).collect::<Option<BTreeMap<_, _>>>().ok_or(PositionError)?;
        if counters.len() > MAX_COUNTERS {
            return Err(PositionError);
        }
        Ok(Self { counters, floor })
    }

    /// The number of the last entry of a counter that is before the position.
    pub fn seqnum(&self, seqnum_id: Id128) -> Option<u64> {
        self.counters.get(&seqnum_id).map(|mark| mark.seqnum)
    }

    /// The time of the newest entry that is before the position, in microseconds since 1970.
    pub(super) fn newest(&self) -> u64 {
        self.counters.values().map(|mark| mark.realtime).max().unwrap_or(0)
    }

    /// Puts an entry, and all of its counter that come before it, before the position.
    pub(super) fn note(&mut self, key: &EntryKey) {
        let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = key.head;
        let since = monotonic;
        let mut mark = Mark { seqnum, boot_id, monotonic, realtime, xor_hash, since, is_back: false };
        match self.counters.get_mut(&key.seqnum_id) {
            Some(known) if known.seqnum >= seqnum => {}
            Some(known) if known.boot_id == boot_id && known.monotonic > monotonic => {
                (known.seqnum, known.is_back) = (seqnum, true);
                known.since = known.since.min(monotonic);
            }
            Some(known) => {
                if known.boot_id == boot_id {
                    mark.since = known.since;
                }
                *known = mark;
            }
            None => {
                self.counters.insert(key.seqnum_id, mark);
                self.forget();
            }
        }
    }

    /// The same for entries that are not wanted: those before them are not either.
    pub(super) fn pass(&mut self, key: &EntryKey) {
        self.note(key);
        if let Some(mark) = self.counters.get_mut(&key.seqnum_id) {
            mark.since = 0;
        }
    }

    /// Drops the counter that was silent for longest, if there are too many.
    #[cold]
    fn forget(&mut self) {
        while self.counters.len() > MAX_COUNTERS {
            let oldest = self.counters.iter().min_by_key(|(_, mark)| mark.realtime);
            let Some((id, realtime)) = oldest.map(|(id, mark)| (*id, mark.realtime)) else { return };
            self.counters.remove(&id);
            self.floor = self.floor.max(realtime);
        }
    }
}

fn counter(text: &str) -> Option<(Id128, Mark)> {
    let mut parts = text.split(',');
    let id = Id128::parse(parts.next()?.as_bytes())?;
    let seqnum = hex(parts.next())?;
    let boot_id = Id128::parse(parts.next()?.as_bytes())?;
    let mark = Mark {
        seqnum,
        boot_id,
        monotonic: hex(parts.next())?,
        realtime: hex(parts.next())?,
        xor_hash: hex(parts.next())?,
        since: hex(parts.next())?,
        is_back: hex(parts.next())? != 0,
    };
    parts.next().is_none().then_some((id, mark))
}

fn hex(text: Option<&str>) -> Option<u64> {
    let text = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u64::from_str_radix(text, 16).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(counter: u128, seqnum: u64, monotonic: u64, realtime: u64) -> EntryKey {
        let boot_id = Id128::from_u128(counter / 2);
        let head = EntryHead { at: 7, seqnum, realtime, monotonic, boot_id, xor_hash: monotonic ^ seqnum };
        EntryKey { seqnum_id: Id128::from_u128(counter), head }
    }

    #[test]
    fn the_newest_entry_is_kept_where_older_ones_follow() {
        let mut position = Position::default();
        let mark = |position: &Position| position.counters[&Id128::from_u128(2)];
        for (seqnum, monotonic, newest, is_back) in [
            (5, 50, 50, false),
            (6, 60, 60, false),
            (7, 20, 60, true),
            (8, 60, 60, false),
            (9, 70, 70, false),
        ] {
            position.note(&key(2, seqnum, monotonic, monotonic));
            let mark = mark(&position);
            assert_eq!((mark.seqnum, mark.monotonic, mark.is_back), (seqnum, newest, is_back), "{seqnum}");
        }
        // Numbers that were given are.
        position.note(&key(2, 3, 90, 90));
        assert_eq!(mark(&position).seqnum, 9);
        assert_eq!(mark(&position).since, 20);
    }

    #[test]
    fn it_stays_short() {
        let mut position = Position::default();
        for n in 0..1_000 {
            position.note(&key(n, u64::MAX, u64::MAX, n as u64 * 10 + 1));
        }
        let text = position.to_text();
        assert!(text.len() < MAX_TEXT, "{}", text.len());
        assert_eq!(Position::parse(&text), Ok(position.clone()));
        // The oldest counters are forgotten.
        assert_eq!((position.counters.len(), position.floor), (MAX_COUNTERS, (999 - 256) * 10 + 1));
        assert_eq!(position.seqnum(Id128::from_u128(999)), Some(u64::MAX));
        assert_eq!(position.seqnum(Id128::from_u128(0)), None);
    }

    #[test]
    fn what_is_no_position() {
        let good = {
            let mut position = Position::default();
            position.note(&key(1, 2, 3, 4));
            position.to_text()
        };
        assert!(Position::parse(&good).is_ok());
        for bad in [
            "",
            "nwlog1",
            "nwlog2;0",
            "nwlog1;",
            "nwlog1;+1",
            "nwlog1;0;",
            &good[..good.len() - 1],
            &format!("{good},0"),
        ] {
            assert_eq!(Position::parse(bad), Err(PositionError), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(entries: Vec<(u8, u64, u64, u64)>) {
            let mut position = Position::default();
            for (counter, seqnum, monotonic, realtime) in entries {
                position.note(&key(counter.into(), seqnum, monotonic, realtime));
            }
            prop_assert_eq!(Position::parse(&position.to_text()), Ok(position));
        }

        #[test]
        fn takes_anything(text in ".{0,200}") {
            let _ = Position::parse(&text);
            let _ = Position::parse(&format!("nwlog1;0;{text}"));
        }
    }
}
