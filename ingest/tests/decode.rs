//! Laws of cutting and decoding, for every wire format.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "laws/soup.rs"]
mod soup;
#[path = "laws/written.rs"]
mod written;

use std::io::{self, Read};
use std::ops::ControlFlow;

use nwlog_ingest::calendar::Calendar;
use nwlog_ingest::source::{Chunks, Format, Limits, Source, Stats, Stream, sniff};
use proptest::prelude::*;
use proptest::sample::select;

use soup::soup;
use written::{Fields, entries, export, json};

const FORMATS: [Format; 10] = [
    Format::Export,
    Format::Json,
    Format::Kmsg,
    Format::Dmesg,
    Format::Short { host: true },
    Format::Short { host: false },
    Format::ShortMonotonic { host: true },
    Format::ShortMonotonic { host: false },
    Format::Syslog,
    Format::Bare,
];

/// Returns as few bytes at a time as it is told.
struct Dribble<'a> {
    bytes: &'a [u8],
    portions: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl Read for Dribble<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let portion = self.portions.next().unwrap_or(1).min(buf.len());
        self.bytes.read(&mut buf[..portion])
    }
}

type Shown = Vec<(u64, Fields)>;

fn owned(entry: &nwlog_ingest::Entry<'_>) -> (u64, Fields) {
    let fields = entry.fields().iter().map(|field| (field.name.to_vec(), field.value.to_vec()));
    (entry.place(), fields.collect())
}

fn read(bytes: &[u8], format: Format, limits: Limits, portions: Vec<usize>) -> (Shown, Stats) {
    let reader = Dribble { bytes, portions: portions.into_iter().cycle() };
    let mut chunks = Chunks::with_format(reader, format, limits).with_calendar(calendar());
    let (mut shown, mut stats) = (Vec::new(), Stats::default());
    let mut next = 0;
    for chunk in chunks.by_ref() {
        let chunk = chunk.unwrap();
        assert!(chunk.offset >= next && !chunk.bytes.is_empty());
        next = chunk.offset + chunk.bytes.len() as u64;
        let mut spans = Vec::new();
        chunk.visit(&mut stats, &mut |span, entry| {
            spans.push(span);
            shown.push(owned(entry));
        });
        let again = spans.iter().map(|span| chunk.entry_at(*span, owned).unwrap());
        assert!(again.eq(shown[shown.len() - spans.len()..].iter().cloned()));
    }
    (shown, stats + chunks.stats())
}

fn calendar() -> Calendar {
    Calendar::new(1_795_396_397_621_200, chrono::Utc)
}

fn whole(bytes: &[u8], format: Format) -> (Shown, Stats) {
    read(bytes, format, Limits::default(), vec![usize::MAX])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn cuts_and_reads_change_nothing(
        (format, bytes) in select(&FORMATS[..]).prop_flat_map(|format| (Just(format), soup(format))),
        chunk in 0_usize..3000,
        record in prop_oneof![Just(64_usize << 20), 1_usize..400],
        portions in prop::collection::vec(1_usize..100, 1..8),
    ) {
        let at_once = read(&bytes, format, Limits { chunk: 64 << 20, record }, vec![usize::MAX]);
        let in_pieces = read(&bytes, format, Limits { chunk, record }, portions);
        prop_assert_eq!(at_once.1.bytes, bytes.len() as u64);
        prop_assert_eq!(at_once, in_pieces);
    }

    #[test]
    fn anything_at_all_is_read_to_its_end(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sniff(&bytes);
        for format in FORMATS {
            prop_assert_eq!(whole(&bytes, format).1.bytes, bytes.len() as u64);
        }
    }

    #[test]
    fn export_says_what_was_written(entries in entries()) {
        let (shown, stats) = whole(&export(&entries), Format::Export);
        prop_assert_eq!(shown.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>(), entries);
        prop_assert_eq!(Stats { entries: 0, bytes: 0, ..stats }, Stats::default());
    }

    #[test]
    fn json_says_what_was_written(entries in entries(), style in 0_usize..4) {
        let (shown, stats) = whole(&json(&entries, style), Format::Json);
        prop_assert_eq!(shown.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>(), entries);
        prop_assert_eq!(Stats { entries: 0, bytes: 0, ..stats }, Stats::default());
    }

    #[test]
    fn a_cut_export_yields_what_comes_before_the_cut(entries in entries(), cut in any::<prop::sample::Index>()) {
        let bytes = export(&entries);
        let bytes = &bytes[..cut.index(bytes.len())];
        let (shown, stats) = whole(bytes, Format::Export);
        prop_assert_eq!(stats.skipped, 0);
        prop_assert!(stats.truncated <= 1);
        let wholes = entries.iter().scan(0, |end, entry| {
            *end += export(std::slice::from_ref(entry)).len();
            Some(*end <= bytes.len())
        });
        let wholes = wholes.filter(|is_whole| *is_whole).count();
        prop_assert!(shown.len() == wholes || shown.len() == wholes + 1);
        for ((_, shown), written) in shown.iter().zip(&entries) {
            prop_assert!(written.starts_with(shown));
        }
        prop_assert!(shown.iter().take(wholes).zip(&entries).all(|((_, shown), written)| shown == written));
    }

    // What is left of the first line may be a name, and the next entry's first bytes then look like a length.
    #[test]
    fn a_cut_head_costs_two_entries_at_most(text in prop::collection::vec("[ -~]{0,30}", 2..6), cut in 0_usize..50) {
        let entries: Vec<Fields> = text.iter().map(|text| vec![(b"MESSAGE".to_vec(), text.clone().into_bytes())]).collect();
        let bytes = export(&entries);
        let first = export(&entries[..1]).len();
        let (shown, _) = whole(&bytes[cut.min(first)..], Format::Export);
        let shown: Vec<Fields> = shown.into_iter().map(|(_, fields)| fields).collect();
        prop_assert!(shown.ends_with(&entries[2..]));
        prop_assert!(shown.len() <= entries.len());
    }

    #[test]
    fn breaking_off_and_going_on_shows_each_entry_once(
        (format, bytes) in select(&FORMATS[..]).prop_flat_map(|format| (Just(format), soup(format))),
        stride in 1_usize..5,
    ) {
        let Ok(stream) = Stream::from_reader(io::Cursor::new(bytes.clone())) else { return Ok(()) };
        let mut stream = stream.with_calendar(calendar());
        let mut shown = Vec::new();
        loop {
            let mut left = stride;
            let stats = stream.visit(&mut |entry| {
                shown.push(owned(entry));
                left -= 1;
                if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if left > 0 {
                prop_assert_eq!(stats.unwrap().entries, shown.len() as u64);
                break;
            }
        }
        let sniffed = Chunks::new(&bytes[..], Limits::default()).unwrap().format();
        let expected = sniffed.map(|format| whole(&bytes, format).0).unwrap_or_default();
        prop_assert_eq!(&shown, &expected, "{:?}", format);
    }
}

/// The boots of the entries, as the lines between them name them.
fn boots(bytes: &[u8], chunk: usize) -> Vec<Option<Vec<u8>>> {
    let limits = Limits { chunk, ..Limits::default() };
    let (shown, _) = read(bytes, Format::ShortMonotonic { host: true }, limits, vec![7]);
    let boot =
        |fields: Fields| fields.into_iter().find(|(name, _)| name == b"_BOOT_ID").map(|(_, boot)| boot);
    shown.into_iter().map(|(_, fields)| boot(fields)).collect()
}

#[test]
fn lines_between_entries_name_the_boot_of_what_follows_however_it_is_cut() {
    let (first, second) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    let line = |at: u32, text: &str| format!("[    {at}.000000] host a[1]: {text}\n");
    let text = [
        line(1, "a"),
        format!("-- Boot {first} --\n"),
        line(2, "b"),
        line(3, &format!("c\n                           -- Boot {second} --")),
        format!("-- Boot {second}\n-- Boot 12 --\n-- Reboot --\n"),
        line(4, &format!("-- Boot {second} --")),
        format!("-- Boot {second} --\n"),
        line(5, "d"),
    ];
    let expected = [None, Some(first), Some(first), Some(first), Some(second)];
    let expected = expected.map(|boot| boot.map(|boot| boot.as_bytes().to_vec()));
    for chunk in [1, 30, 60, 100, 1 << 20] {
        assert_eq!(boots(text.concat().as_bytes(), chunk), expected, "{chunk}");
    }
}
