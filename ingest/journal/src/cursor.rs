//! Positions that outlive a reader, as `__CURSOR` and `journalctl --after-cursor` have them.
//!
//! `s=` and `b=` are 32 hex digits, `i=`, `m=`, `t=` and `x=` lower-case hex numbers without padding, in the order
//! `s i b m t x`, with semicolons between them (systemd, src/libsystemd/sd-journal/sd-journal.c, `sd_journal_get_cursor`).

use std::cmp::Ordering;

use thiserror::Error;

use crate::{EntryHead, EntryKey, Id128};

/// More than any cursor that can be read has, in bytes.
const MAX_CURSOR_LEN: usize = 4096;

/// A position in a journal. Every part can be missing, but not all (`sd_journal_seek_cursor`): a position follows from
/// `seqnum_id` with `seqnum`, from `boot_id` with `monotonic`, or from `realtime`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// `s`: whose numbers.
    pub seqnum_id: Option<Id128>,
    /// `i`.
    pub seqnum: Option<u64>,
    /// `b`.
    pub boot_id: Option<Id128>,
    /// `m`, in microseconds since the boot.
    pub monotonic: Option<u64>,
    /// `t`, in microseconds since 1970.
    pub realtime: Option<u64>,
    /// `x`.
    pub xor_hash: Option<u64>,
}

/// Why a text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CursorError {
    /// Too many bytes.
    #[error("a cursor has at most {MAX_CURSOR_LEN} bytes")]
    TooLong,
    /// No letter with a `=` behind it, between two semicolons.
    #[error("a cursor consists of x=… with a semicolon between each two")]
    Shape,
    /// Not an id.
    #[error("{0}= of the cursor is not an id of 32 hex digits")]
    Id(char),
    /// Not a number.
    #[error("{0}= of the cursor is not a hex number of 64 bits")]
    Number(char),
    /// Nothing that a position follows from.
    #[error("the cursor names no position: that takes s= and i=, b= and m=, or t=")]
    NoPosition,
}

impl Cursor {
    /// Reads a cursor. A part that comes twice counts the second time, and unknown ones are passed over.
    ///
    /// Numbers are hex digits only: what systemd's `sscanf` takes besides (a sign, a space, `0x`, a tail that is no
    /// number) never is in a cursor.
    ///
    /// # Errors
    /// The text is not a cursor, or no position follows from it.
    pub fn parse(text: &[u8]) -> Result<Self, CursorError> {
        if text.len() > MAX_CURSOR_LEN {
            return Err(CursorError::TooLong);
        }
        let mut cursor = Self::default();
        for part in text.split(|byte| *byte == b';') {
            let [letter, b'=', value @ ..] = part else { return Err(CursorError::Shape) };
            let letter = char::from(*letter);
            let id = || Id128::parse(value).map(Some).ok_or(CursorError::Id(letter));
            let number = || hex(value).map(Some).ok_or(CursorError::Number(letter));
            match letter {
                's' => cursor.seqnum_id = id()?,
                'i' => cursor.seqnum = number()?,
                'b' => cursor.boot_id = id()?,
                'm' => cursor.monotonic = number()?,
                't' => cursor.realtime = number()?,
                'x' => cursor.xor_hash = number()?,
                _ => {}
            }
        }
        let names_one =
            cursor.counted().is_some() || cursor.since_boot().is_some() || cursor.realtime.is_some();
        if names_one { Ok(cursor) } else { Err(CursorError::NoPosition) }
    }

    /// The counter and the number, where the cursor has both.
    pub fn counted(&self) -> Option<(Id128, u64)> {
        self.seqnum_id.zip(self.seqnum)
    }

    /// The boot and the microseconds since, where the cursor has both.
    pub fn since_boot(&self) -> Option<(Id128, u64)> {
        self.boot_id.zip(self.monotonic)
    }

    /// Whether this is the position of an entry: no part says otherwise (`sd_journal_test_cursor`).
    pub fn is_at(&self, entry: &EntryKey) -> bool {
        let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = entry.head;
        self.seqnum_id.is_none_or(|id| id == entry.seqnum_id)
            && self.seqnum.is_none_or(|n| n == seqnum)
            && self.boot_id.is_none_or(|id| id == boot_id)
            && self.monotonic.is_none_or(|n| n == monotonic)
            && self.realtime.is_none_or(|n| n == realtime)
            && self.xor_hash.is_none_or(|n| n == xor_hash)
    }

    /// Where an entry stands to this position: before, at or after it, by the parts that are there
    /// (`compare_with_location` of v252).
    pub fn order_of(&self, entry: &EntryKey) -> Ordering {
        let head = &entry.head;
        let number =
            self.counted().filter(|(id, _)| *id == entry.seqnum_id).map(|(_, n)| head.seqnum.cmp(&n));
        let since =
            self.since_boot().filter(|(id, _)| *id == head.boot_id).map(|(_, n)| head.monotonic.cmp(&n));
        let clock = self.realtime.map(|n| head.realtime.cmp(&n));
        let contents = self.xor_hash.map(|n| head.xor_hash.cmp(&n));
        let decides = |by: &Ordering| by.is_ne();
        [number, since, clock, contents].into_iter().flatten().find(decides).unwrap_or(Ordering::Equal)
    }
}

impl From<&EntryKey> for Cursor {
    fn from(entry: &EntryKey) -> Self {
        Self {
            seqnum_id: Some(entry.seqnum_id),
            seqnum: Some(entry.head.seqnum),
            boot_id: Some(entry.head.boot_id),
            monotonic: Some(entry.head.monotonic),
            realtime: Some(entry.head.realtime),
            xor_hash: Some(entry.head.xor_hash),
        }
    }
}

/// Appends the cursor of an entry to a buffer.
pub fn write_cursor(entry: &EntryKey, out: &mut Vec<u8>) {
    let EntryHead { seqnum, realtime, monotonic, boot_id, xor_hash, .. } = entry.head;
    out.extend_from_slice(b"s=");
    out.extend_from_slice(&entry.seqnum_id.hex());
    write_part(b";i=", seqnum, out);
    out.extend_from_slice(b";b=");
    out.extend_from_slice(&boot_id.hex());
    write_part(b";m=", monotonic, out);
    write_part(b";t=", realtime, out);
    write_part(b";x=", xor_hash, out);
}

fn write_part(name: &[u8; 3], n: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    let digits = (u64::BITS - n.leading_zeros()).div_ceil(4).max(1);
    out.extend((0..digits).rev().map(|digit| match (n >> (4 * digit) & 15) as u8 {
        low @ 0..10 => b'0' + low,
        high => b'a' - 10 + high,
    }));
}

fn hex(text: &[u8]) -> Option<u64> {
    let mut n: u64 = 0;
    for byte in text {
        let digit = char::from(*byte).to_digit(16)?;
        n = n.checked_mul(16)?.checked_add(digit.into())?;
    }
    (!text.is_empty()).then_some(n)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use proptest::prelude::*;

    use super::*;

    const ID: &str = "4212c7ed18ad47759461309710098cb4";
    const BOOT: &str = "98e322203f7a4ed290d09fe03c09fe15";

    fn entry(seqnum: u64, monotonic: u64, realtime: u64, xor_hash: u64) -> EntryKey {
        let boot_id = Id128::parse(BOOT.as_bytes()).unwrap();
        let head = EntryHead { at: 0, seqnum, realtime, monotonic, boot_id, xor_hash };
        EntryKey { seqnum_id: Id128::parse(ID.as_bytes()).unwrap(), head }
    }

    fn written(entry: &EntryKey) -> String {
        let mut out = b"__CURSOR=".to_vec();
        write_cursor(entry, &mut out);
        String::from_utf8(out).unwrap().strip_prefix("__CURSOR=").unwrap().to_owned()
    }

    #[test]
    fn writes_without_padding() {
        let table = [
            (
                entry(2, 1005, 0x60a2_4181_e400, 0x4f32_8bac_d5d8_80bd),
                "2",
                "3ed",
                "60a24181e400",
                "4f328bacd5d880bd",
            ),
            (entry(0, 0xf, 0x10, u64::MAX), "0", "f", "10", "ffffffffffffffff"),
        ];
        for (entry, i, m, t, x) in table {
            assert_eq!(written(&entry), format!("s={ID};i={i};b={BOOT};m={m};t={t};x={x}"));
        }
    }

    #[test]
    fn reads_parts() {
        let none = Cursor::default();
        let id = Id128::parse(ID.as_bytes());
        let table: &[(&str, Result<Cursor, CursorError>)] = &[
            ("t=6", Ok(Cursor { realtime: Some(6), ..none })),
            ("t=60A24181E4005", Ok(Cursor { realtime: Some(0x0006_0a24_181e_4005), ..none })),
            ("t=1;t=2", Ok(Cursor { realtime: Some(2), ..none })),
            ("t=6;q=?", Ok(Cursor { realtime: Some(6), ..none })),
            ("i=6;t=1", Ok(Cursor { realtime: Some(1), seqnum: Some(6), ..none })),
            (&format!("i=f;s={ID}"), Ok(Cursor { seqnum: Some(15), seqnum_id: id, ..none })),
            (
                "m=1;b=4212c7ed-18ad-4775-9461-309710098cb4",
                Ok(Cursor { monotonic: Some(1), boot_id: id, ..none }),
            ),
            ("", Err(CursorError::Shape)),
            ("T", Err(CursorError::Shape)),
            ("t=6;", Err(CursorError::Shape)),
            (";t=6", Err(CursorError::Shape)),
            ("t=", Err(CursorError::Number('t'))),
            ("t=-1", Err(CursorError::Number('t'))),
            ("x=0x1", Err(CursorError::Number('x'))),
            ("m=10000000000000000", Err(CursorError::Number('m'))),
            ("s=4", Err(CursorError::Id('s'))),
            ("b=", Err(CursorError::Id('b'))),
            ("T=6", Err(CursorError::NoPosition)),
            ("i=6;x=1", Err(CursorError::NoPosition)),
            (&format!("s={ID};m=1"), Err(CursorError::NoPosition)),
            (&"t=1;".repeat(1025), Err(CursorError::TooLong)),
        ];
        for (text, cursor) in table {
            assert_eq!(Cursor::parse(text.as_bytes()), *cursor, "{text}");
        }
    }

    #[test]
    fn where_an_entry_stands() {
        let table = [
            (format!("s={ID};i=5;t=1"), Less, false),
            (format!("s={ID};i=4;t=100"), Equal, true),
            (format!("s={ID};i=4;t=101"), Less, false),
            (format!("s={BOOT};i=5;t=100"), Equal, false),
            (format!("b={BOOT};m=9;t=200"), Greater, false),
            (format!("b={ID};m=99;t=50"), Greater, false),
            ("t=100;x=7".to_owned(), Equal, true),
            ("t=100;x=8".to_owned(), Less, false),
            ("t=100;i=5".to_owned(), Equal, false),
        ];
        let entry = entry(4, 0x10, 0x100, 7);
        for (text, order, is_at) in table {
            let cursor = Cursor::parse(text.as_bytes()).unwrap();
            assert_eq!((cursor.order_of(&entry), cursor.is_at(&entry)), (order, is_at), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(n: u64, monotonic: u64, realtime: u64, xor_hash: u64, shift in 0..64u32) {
            let entry = entry(n >> shift, monotonic >> shift, realtime >> shift, xor_hash >> shift);
            let cursor = Cursor::parse(written(&entry).as_bytes()).unwrap();
            prop_assert_eq!(cursor, Cursor::from(&entry));
            prop_assert!(cursor.is_at(&entry));
        }

        #[test]
        fn takes_anything(text: Vec<u8>, letter in "[sibmtx]", value in ".{0,40}") {
            let _ = Cursor::parse(&text);
            let _ = Cursor::parse(format!("t=1;{letter}={value}").as_bytes());
        }
    }
}
