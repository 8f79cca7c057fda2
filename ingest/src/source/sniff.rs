//! Tells a format from content, never from a name.

mod short;

use bstr::ByteSlice;

use super::{Format, SourceError};
use crate::decode::{Step, is_dmesg, is_kmsg, is_protocol, is_remark, names_journal_field, opens_json, step};

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
    if let Some(format) = short::boot(head) {
        return Some(format);
    }
    let by_lines = [
        (Format::Kmsg, is_kmsg as fn(&[u8]) -> bool),
        (Format::Dmesg, is_dmesg),
        (Format::Syslog, is_protocol),
    ];
    let mut votes = vec![(Format::Export, export_votes(head)), (Format::Json, json_votes(head))];
    votes.extend(by_lines.map(|(format, is_own)| (format, line_votes(head, is_own))));
    votes.push(short::wall(head));
    let (format, best) = votes.into_iter().max_by_key(|(_, votes)| votes.share())?;
    (best.yes > 0 && best.share() >= LEAST_SHARE).then_some(format)
}

/// Indented lines and journalctl's `-- ` lines count for nobody.
fn line_votes(head: &[u8], is_own: impl Fn(&[u8]) -> bool) -> Votes {
    let mut votes = Votes::default();
    for line in head.lines().filter(|line| !line.trim_ascii().is_empty()) {
        if is_own(line) {
            votes.yes += 1;
        } else if !line.starts_with(b" ") && !is_remark(line) {
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
            Step::Dropped(_) | Step::Bad(_) => {
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

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    const LOG: fn(Format) -> Sniffed = Sniffed::Log;

    #[test]
    fn content_tells() {
        let elf: Vec<u8> = (0..2000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let core = [&b"__CURSOR=s=1\n_BOOT_ID=0\nCOREDUMP\n\0\0\x10\0\0\0\0\0"[..], &elf].concat();
        let torn = [
            &elf[..700],
            b"\n_PID=1\n\n__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\n_BOOT_ID=1\nA=1\nMESSAGE=a\n\n",
        ]
        .concat();
        let cases: &[(&[u8], Sniffed)] = &[
            (b"", Sniffed::Empty),
            (b" \n\n", Sniffed::Empty),
            (b"LPKSHHRH\0\0", Sniffed::Refused(Refused::JournalFile)),
            (&elf, Sniffed::Refused(Refused::Binary)),
            (&core, LOG(Format::Export)),
            (&torn, LOG(Format::Export)),
            (b"MESSAGE=a\n", LOG(Format::Export)),
            (
                b"_SOURCE_REALTIME_TIMESTAMP=1\nFOO=1\n__CURSOR=x\nMESSAGE\n\x01\0\0\0\0\0\0\0\n\n\n",
                LOG(Format::Export),
            ),
            (b"e of a cut line\nB=1\n\n__CURSOR=x\nMESSAGE=a\n", LOG(Format::Export)),
            (b"PATH=/bin\nHOME=/root\n", LOG(Format::Bare)),
            (b"{\"_PID\":\"1\",\"MESSAGE\":\"a\"}\n", LOG(Format::Json)),
            (b"\"}\n{\"_PID\":\"1\"}\n{\"_PID\":\"1\"}\n", LOG(Format::Json)),
            (b"\x1e{\"_PID\":\"1\"}\n", LOG(Format::Json)),
            (b"data: {\"_PID\":\"1\"}\n\n", LOG(Format::Json)),
            (b"{\n\t\"_PID\" : \"1\",\n\t\"A\" : \"1\"\n}\n", LOG(Format::Json)),
            (b"{\"level\":\"info\",\"MESSAGE\":\"a\"}\n", LOG(Format::Bare)),
            (b"6,339,5140900,-;NET: x\n SUBSYSTEM=net\n", LOG(Format::Kmsg)),
            (b"4,1,2,-,caller=T1;x\n", LOG(Format::Kmsg)),
            (b"[    0.000000] Linux\n", LOG(Format::Dmesg)),
            (b"<6>[  284.473552][    C1] x\n active_anon:1\n", LOG(Format::Dmesg)),
            (b"cut\n[    0.000000] a\n[    0.000001] b\n", LOG(Format::Dmesg)),
            (b"[    12.345] (II) a server's own log\n", LOG(Format::Bare)),
            (b"2026-11-23T01:13:37.621200+0000 host a[1]: b\n      c\n", LOG(Format::Short { host: true })),
            (b"-- Boot 0123 --\n2026-11-23T01:13:37+01:00 host kernel: b\n", LOG(Format::Short { host: true })),
            (b"2026-11-23T01:13:37.6Z INFO a: a program's own log\n", LOG(Format::Bare)),
            (b"panic: x\n\ngoroutine 1 [running]:\n\tx.go:1\n", LOG(Format::Bare)),
            (
                b"Nov 23 01:13:37 host kernel: a\nNov  3 01:13:37 host b[1]: c\n",
                LOG(Format::Short { host: true }),
            ),
            (
                b"Nov 23 01:13:37 kernel: a\nNov  3 01:13:37 my app[1]: c\nNov  3 01:13:37 x: y\n",
                LOG(Format::Short { host: false }),
            ),
            (b"<30>Nov 23 01:13:37 host a: b\n", LOG(Format::Short { host: true })),
            (b"Mon 2026-11-23 01:13:37 CET host kernel: a\n", LOG(Format::Short { host: true })),
            (b"1795396417.621200 host kernel: a\n", LOG(Format::Short { host: true })),
            (b"Mon Nov 23 01:13:37 2026 kern.info kernel: [    1.000000] a\n", LOG(Format::Short { host: false })),
            (b"Nov 23 01:13:37 INFO main: a program's own log\n", LOG(Format::Bare)),
            (b"Nov 23 01:13:37 [main] x: a program's own log\n", LOG(Format::Bare)),
            (b"Feb 30 01:13:37 host x: y\n", LOG(Format::Bare)),
            (b"1795396417.621200 host no colon\n", LOG(Format::Bare)),
            (
                b"[    0.000000] host kernel: a\n[    1.000000] host systemd[1]: b\n",
                LOG(Format::ShortMonotonic { host: true }),
            ),
            (
                b"[    0.000000                ] host kernel: a\n[    1.000000 <    1.000000 >] host x[1]: b\n",
                LOG(Format::ShortMonotonic { host: true }),
            ),
            (
                b"-- Boot 0123 --\n[    0.000000] kernel: a\n                 b\n[    1.000000] systemd[1]: b\n",
                LOG(Format::ShortMonotonic { host: false }),
            ),
            (b"[    1.000000] systemd[1]: a\n[    2.000000] systemd[1]: b\n", LOG(Format::Dmesg)),
            (b"[    1.000000] usb 1-1: new device\n[    2.000000] usb 1-1: a: b\n", LOG(Format::Dmesg)),
            (b"[    1.000000] audit: a[1]: b\n[    2.000000] audit: c[1]: d\n", LOG(Format::Dmesg)),
            (b"<34>1 2026-11-23T01:13:37.003Z host su - ID47 - a\n", LOG(Format::Syslog)),
            (b"45 <34>1 2026-11-23T01:13:37Z host su - - - hello46 <34>1 2026-11-23T01:13:37Z", LOG(Format::Syslog)),
            (b"Nov 23 of last year\nMay all be well\n", LOG(Format::Bare)),
            (b"[Mon Nov 23 01:13:37 2026] Linux\n", LOG(Format::Dmesg)),
            (b"2026-11-23T01:13:37,621200+00:00 a: b: c\n", LOG(Format::Dmesg)),
            (b"kern  :info  : [    0.000000] Linux\n", LOG(Format::Dmesg)),
            (b"[Nov23 01:13] Linux\n[  +0.000012] a\n", LOG(Format::Dmesg)),
            (b"[<    0.000012>] Linux\n", LOG(Format::Dmesg)),
            (b"caf\xe9 au lait is old text\n\0\0", LOG(Format::Bare)),
        ];
        for (head, expected) in cases {
            assert_eq!(sniff(head), *expected, "{}", head.as_bstr());
        }
    }
}
