//! What a file's name says.
//!
//! systemd, src/libsystemd/sd-journal/journal-file.c (`journal_file_archive`, `journal_file_dispose`) and
//! src/journal-remote/journal-remote.c of v252.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::Id128;

/// A journal file's name, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Whose entries it should have.
    pub owner: Owner,
    /// Where it is in its life.
    pub stage: Stage,
}

/// Whose entries are in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// `system`: the system's, and those of users without a file of their own.
    System,
    /// `user-UID`.
    User(u32),
    /// `remote` or `remote-…`: received by systemd-journal-remote.
    Remote,
    /// Any other name.
    Other,
}

/// Where a file is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// `….journal`: it may still be written to.
    Active,
    /// `…@ID-SEQNUM-REALTIME.journal`: rotated.
    Archived {
        /// Its counter.
        seqnum_id: Id128,
        /// The number of its first entry.
        head_seqnum: u64,
        /// The time of its first entry, in microseconds since 1970.
        head_realtime: u64,
    },
    /// `…@REALTIME-RANDOM.journal~`, or anything else with a `~`: put aside because it was not closed, or is damaged.
    PutAside {
        /// When, in microseconds since 1970.
        realtime: Option<u64>,
    },
}

impl FileName {
    /// Reads a name. None where it does not end in `.journal` or `.journal~`: journalctl reads no others.
    pub fn parse(name: &OsStr) -> Option<Self> {
        let name = name.as_bytes();
        let put_aside = name.strip_suffix(b".journal~");
        let stem = put_aside.or_else(|| name.strip_suffix(b".journal"))?;
        let (owner, life) = match stem.iter().rposition(|byte| *byte == b'@') {
            Some(at) => (stem.get(..at)?, stem.get(at + 1..)?),
            None => (stem, &b""[..]),
        };
        let stage = match (put_aside, archived(life)) {
            (Some(_), _) => Stage::PutAside { realtime: time_put_aside(life) },
            (None, Some(stage)) => stage,
            // No life of a file: the @ belongs to the name.
            (None, None) => return Some(Self { owner: owner_of(stem), stage: Stage::Active }),
        };
        Some(Self { owner: owner_of(owner), stage })
    }
}

fn owner_of(name: &[u8]) -> Owner {
    let uid = |digits: &[u8]| str::from_utf8(digits).ok()?.parse().ok();
    match name {
        b"system" => Owner::System,
        b"remote" => Owner::Remote,
        _ if name.starts_with(b"remote-") => Owner::Remote,
        _ => name.strip_prefix(b"user-").and_then(uid).map_or(Owner::Other, Owner::User),
    }
}

fn archived(life: &[u8]) -> Option<Stage> {
    let (id, [b'-', rest @ ..]) = life.split_at_checked(32)? else { return None };
    let (head_seqnum, head_realtime) = two_numbers(rest)?;
    Some(Stage::Archived { seqnum_id: Id128::parse(id)?, head_seqnum, head_realtime })
}

fn time_put_aside(life: &[u8]) -> Option<u64> {
    two_numbers(life).map(|(realtime, _)| realtime)
}

/// Two numbers of 16 hex digits with a dash between.
fn two_numbers(text: &[u8]) -> Option<(u64, u64)> {
    let (first, [b'-', second @ ..]) = text.split_at_checked(16)? else { return None };
    let number = |digits: &[u8]| {
        let is_hex = digits.len() == 16 && digits.iter().all(u8::is_ascii_hexdigit);
        u64::from_str_radix(str::from_utf8(digits).ok().filter(|_| is_hex)?, 16).ok()
    };
    Some((number(first)?, number(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let id = Id128::from_u128(0x6920_f6c1_234a_49e9_bb32_f666_c725_56be);
        let archived =
            Stage::Archived { seqnum_id: id, head_seqnum: 0x1f, head_realtime: 0x0005_476d_b7f4_ceb0 };
        let put_aside = |realtime| Stage::PutAside { realtime };
        let table = [
            ("system.journal", Some((Owner::System, Stage::Active))),
            ("user-1000.journal", Some((Owner::User(1000), Stage::Active))),
            ("remote.journal", Some((Owner::Remote, Stage::Active))),
            ("remote-10.0.0.1.journal", Some((Owner::Remote, Stage::Active))),
            ("remote-CN=web@1.journal", Some((Owner::Remote, Stage::Active))),
            ("mine.journal", Some((Owner::Other, Stage::Active))),
            ("user-root.journal", Some((Owner::Other, Stage::Active))),
            ("user-99999999999.journal", Some((Owner::Other, Stage::Active))),
            (
                "system@6920f6c1234a49e9bb32f666c72556be-000000000000001f-0005476db7f4ceb0.journal",
                Some((Owner::System, archived)),
            ),
            (
                "remote-a@b@6920f6c1234a49e9bb32f666c72556be-000000000000001f-0005476db7f4ceb0.journal",
                Some((Owner::Remote, archived)),
            ),
            (
                "user-1000@000660ecf6258fd5-d58749a8c58590ed.journal~",
                Some((Owner::User(1000), put_aside(Some(0x0006_60ec_f625_8fd5)))),
            ),
            ("system.journal~", Some((Owner::System, put_aside(None)))),
            ("system@1-2.journal", Some((Owner::Other, Stage::Active))),
            ("system@+00660ecf6258fd5-d58749a8c58590ed.journal~", Some((Owner::System, put_aside(None)))),
            ("system.journal.zst", None),
            ("system", None),
            ("fss", None),
            ("", None),
        ];
        for (name, parts) in table {
            let parsed = FileName::parse(OsStr::new(name));
            assert_eq!(parsed.map(|FileName { owner, stage }| (owner, stage)), parts, "{name}");
        }
    }
}
