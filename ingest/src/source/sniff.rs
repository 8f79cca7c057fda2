//! Tells a format from content, never from a name.

use bstr::ByteSlice;

use super::{Format, SourceError};
use crate::decode::{Step, is_dmesg, is_iso, is_kmsg, names_journal_field, opens_json, step};

/// How much of a stream is looked at, in bytes.
pub const SAMPLE: usize = 64 << 10;

/// What the first bytes of a stream are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sniffed {
    /// A log of a format that can be read.
    Log(Format),
    /// Something else.
    Refused(Refused),
    /// Nothing at all, or nothing but blanks.
    Empty,
}

/// What is known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A journal file (systemd, docs/JOURNAL_FILE_FORMAT.md: the signature).
    JournalFile,
    /// Bytes that are no text.
    Binary,
}

impl From<Refused> for SourceError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::JournalFile => Self::JournalFile,
            Refused::Binary => Self::NotALog,
        }
    }
}

/// Tells what a stream is from its first bytes, of which [`SAMPLE`] are enough.
///
/// Each format counts the lines that could be its own, and the one with the largest share wins: a few cut or foreign
/// lines anywhere change nothing. What no format claims is a program's output, if it is text.
pub fn sniff(head: &[u8]) -> Sniffed {
    let head = head.get(..SAMPLE).unwrap_or(head);
    if head.starts_with(b"LPKSHHRH") {
        return Sniffed::Refused(Refused::JournalFile);
    }
    if head.trim_ascii().is_empty() {
        return Sniffed::Empty;
    }
    if let Some(format) = structured(head) {
        return Sniffed::Log(format);
    }
    if is_text(head) { Sniffed::Log(Format::Bare) } else { Sniffed::Refused(Refused::Binary) }
}

/// How many records could be a format's own, and how many could not.
#[derive(Clone, Copy, Default)]
struct Votes {
    yes: u32,
    no: u32,
}

impl Votes {
    fn count(&mut self, vote: bool) {
        match vote {
            true => self.yes += 1,
            false => self.no += 1,
        }
    }

    /// In percent.
    fn share(self) -> u32 {
        self.yes.saturating_mul(100).checked_div(self.yes.saturating_add(self.no)).unwrap_or(0)
    }
}

/// Records of several lines count once, but lines of them that look like nothing count against the format.
const LEAST_SHARE: u32 = 20;

fn structured(head: &[u8]) -> Option<Format> {
    let by_lines = [
        (Format::Kmsg, is_kmsg as fn(&[u8]) -> bool),
        (Format::Dmesg, is_dmesg),
        (Format::ShortIsoPrecise, is_iso),
    ];
    let mut votes = vec![(Format::Export, export_votes(head)), (Format::Json, json_votes(head))];
    votes.extend(by_lines.map(|(format, is_own)| (format, line_votes(head, is_own))));
    let (format, best) = votes.into_iter().max_by_key(|(_, votes)| votes.share())?;
    (best.yes > 0 && best.share() >= LEAST_SHARE).then_some(format)
}

/// Indented lines and journalctl's `-- ` lines count for nobody.
fn line_votes(head: &[u8], is_own: fn(&[u8]) -> bool) -> Votes {
    let mut votes = Votes::default();
    for line in head.lines().filter(|line| !line.trim_ascii().is_empty()) {
        if is_own(line) {
            votes.yes += 1;
        } else if !line.starts_with(b" ") && !line.starts_with(b"-- ") {
            votes.no += 1;
        }
    }
    votes
}

fn json_votes(head: &[u8]) -> Votes {
    let mut votes = Votes::default();
    let mut lines = head.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_ascii().is_empty()
            || line.starts_with(b"\t")
            || line.starts_with(b" ")
            || line.starts_with(b"}")
        {
            continue;
        }
        let opens = opens_json(line);
        let alone = line.trim_ascii() == b"{";
        let own = match lines.peek() {
            Some(next) if alone => names_journal_field(&[b"{", *next].concat()),
            _ => opens && names_journal_field(line),
        };
        votes.count(own);
    }
    votes
}

/// Fields that no other text would hold at the start of a line.
const TELLING: [&[u8]; 8] = [
    b"__CURSOR",
    b"__REALTIME_TIMESTAMP",
    b"__MONOTONIC_TIMESTAMP",
    b"_BOOT_ID",
    b"_MACHINE_ID",
    b"_TRANSPORT",
    b"_HOSTNAME",
    b"MESSAGE",
];

/// Fields count where an entry has one that only journals have. A cut value in front is passed by lines.
fn export_votes(head: &[u8]) -> Votes {
    let mut votes = Votes::default();
    let mut telling = false;
    let mut at = 0;
    while let Some(rest) = head.get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.find_byte(b'\n').map_or(rest.len(), |end| end + 1);
        at += match step(rest) {
            Step::Field(field, len) => {
                telling |= TELLING.contains(&field.name);
                votes.yes += 1;
                len
            }
            Step::Blank => 1,
            Step::Open(_) => break,
            Step::Dropped(_) | Step::Bad => {
                votes.no += 1;
                line
            }
        };
    }
    if telling { votes } else { Votes::default() }
}

/// Whether most bytes print. Files that a crash left have runs of zeros, old ones have letters that are not UTF-8.
fn is_text(head: &[u8]) -> bool {
    let odd = head.utf8_chunks().map(|chunk| {
        let controls =
            chunk.valid().bytes().filter(|byte| byte.is_ascii_control() && !is_common_control(*byte)).count();
        controls + chunk.invalid().len()
    });
    odd.sum::<usize>() <= head.len() / 8
}

fn is_common_control(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b)
}
