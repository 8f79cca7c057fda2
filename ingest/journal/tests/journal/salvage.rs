//! Damaged files: we read at least what the others read, and nothing that was never written.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::{self, Write as _};
use std::fs;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use nwlog_corpora::journals::damage::{self, Damaged, Left};
use nwlog_corpora::journals::entry::Placed;
use nwlog_corpora::journals::forge::{Forge, Form, Pack};
use nwlog_corpora::journals::zoo::{self, Animal};
use nwlog_corpora::journals::{Entry, content};

use nwlog_journal::{Data, EntryHead, JournalFile, Marked, OpenError, Room, Scan};
use proptest::prelude::*;

use crate::readers::{Read, journalctl, ours, read, sdjournal};

/// The entries of the sound file, by their sequence numbers.
type Sound = HashMap<u64, Placed>;

/// How much a reader read of what was written: damage makes readers show entries that never were, and these count for
/// nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Amount {
    /// Entries that are as they were written.
    whole: usize,
    /// Those, and entries that lack fields or have others.
    entries: usize,
    /// The fields of all these that were written.
    fields: usize,
}

impl Amount {
    fn is_less(self, than: Self) -> bool {
        self.whole < than.whole || self.entries < than.entries || self.fields < than.fields
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}/{}", self.whole, self.entries, self.fields))
    }
}

fn amount(sound: &Sound, entries: &[Placed]) -> Amount {
    let mut seen = BTreeSet::new();
    let mut amount = Amount::default();
    for Placed { seqnum, entry, .. } in entries {
        let time = |entry: &Entry| (entry.realtime, entry.monotonic, entry.boot_id);
        let original = sound.get(seqnum).map(|original| &original.entry);
        let Some(original) = original.filter(|original| time(original) == time(entry)) else { continue };
        if seen.insert(seqnum) {
            let written: HashSet<&Vec<u8>> = original.fields.iter().collect();
            amount.whole += usize::from(original == entry);
            amount.entries += 1;
            amount.fields += entry.fields.iter().filter(|field| written.contains(field)).count();
        }
    }
    amount
}

/// One row of the table.
struct Row {
    case: String,
    ours: Amount,
    journalctl: Option<Amount>,
    sdjournal: Amount,
    wrong: Vec<String>,
}

/// The sequence numbers of the entries that are as they were written, they and all of their fields.
fn intact(sound: &[u8], damaged: &[u8]) -> BTreeSet<u64> {
    let file = open(sound);
    let (mut items, mut room) = (Vec::new(), Vec::new());
    let is_same = |place: u64| {
        let at = place as usize;
        let size = u64::from_le_bytes(sound[at + 8..at + 16].try_into().unwrap()) as usize;
        damaged.get(at..at + size) == Some(&sound[at..at + size])
    };
    let mut intact = BTreeSet::new();
    for place in file.entries().places {
        let head = file.entry(place, &mut items, &mut room).unwrap();
        if is_same(place) && items.iter().all(|item| is_same(*item)) {
            intact.insert(head.seqnum);
        }
    }
    intact
}

fn row(subject: &Animal, sound: &Sound, case: &Damaged) -> Row {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.journal");
    fs::write(&path, &case.bytes).unwrap();
    let read = ours(&case.bytes);
    let mut row = Row {
        case: case.name.clone(),
        ours: read.as_ref().map(|read| amount(sound, &read.entries)).unwrap_or_default(),
        journalctl: journalctl(&path).map(|entries| amount(sound, &entries)),
        sdjournal: amount(sound, &sdjournal(&case.bytes)),
        wrong: Vec::new(),
    };
    if row.ours.is_less(row.sdjournal) || row.journalctl.is_some_and(|theirs| row.ours.is_less(theirs)) {
        row.wrong.push("less than another reader".to_owned());
    }
    match read {
        Ok(read) => {
            let unread = unread(intact(&subject.bytes, &case.bytes), sound, &read);
            if unread > 0 {
                row.wrong.push(format!("{unread} intact entries"));
            }
            wrong(sound, case.left, &read, &mut row.wrong);
        }
        Err(OpenError::HeaderGone) if case.bytes.starts_with(&[0; 272]) => {}
        Err(error) => row.wrong.push(format!("refused: {error}")),
    }
    row
}

/// How many of the intact entries were not read as they are.
fn unread(mut intact: BTreeSet<u64>, sound: &Sound, read: &Read) -> usize {
    for placed in read.entries.iter().filter(|placed| sound.get(&placed.seqnum) == Some(placed)) {
        intact.remove(&placed.seqnum);
    }
    intact.len()
}

/// What must not be.
fn wrong(sound: &Sound, left: Left, read: &Read, wrong: &mut Vec<String>) {
    let missing = sound.len().saturating_sub(read.entries.len());
    let whole = read.entries.iter().filter(|placed| sound.get(&placed.seqnum) == Some(placed)).count();
    let different: HashSet<&Placed> = read.entries.iter().collect();
    if different.len() != read.entries.len() {
        wrong.push("an entry twice".to_owned());
    }
    if missing > 0 && read.damage.is_none() {
        wrong.push("entries are missing and nobody says so".to_owned());
    }
    if left == Left::All && (missing > 0 || whole < sound.len()) {
        wrong.push(format!("{whole} of {} entries", sound.len()));
    }
    if left != Left::Anything {
        let invented = read.entries.iter().filter(|placed| !is_part(sound, placed)).count();
        if invented > 0 {
            wrong.push(format!("{invented} entries that were never written"));
        }
        let lacking: usize =
            read.entries.iter().filter_map(|placed| Some(lacks(sound.get(&placed.seqnum)?, placed))).sum();
        if lacking as u64 != read.lost {
            wrong.push(format!("{lacking} fields are missing, told are {}", read.lost));
        }
    }
}

/// Whether an entry is one of the original's, perhaps with fewer fields.
fn is_part(sound: &Sound, placed: &Placed) -> bool {
    sound.get(&placed.seqnum).is_some_and(|original| {
        let fields: HashSet<_> = original.entry.fields.iter().collect();
        let head = |placed: &Placed| {
            let Placed { seqnum_id, xor_hash, entry, .. } = placed;
            (*seqnum_id, *xor_hash, entry.realtime, entry.monotonic, entry.boot_id)
        };
        head(placed) == head(original) && placed.entry.fields.iter().all(|field| fields.contains(field))
    })
}

fn lacks(original: &Placed, placed: &Placed) -> usize {
    original.entry.fields.len().saturating_sub(placed.entry.fields.len())
}

fn subjects() -> Vec<Animal> {
    let entries = content::everyday(1_500);
    let mut subjects = zoo::kept_files().unwrap();
    // What differs between two of the same version shows in the smaller one.
    subjects.retain(|file| {
        !["harbor.system", "quay.system@", "quay.user"].iter().any(|name| file.name.starts_with(name))
    });
    let forms = [
        ("plain", Form::default()),
        ("compact zstd", Form { compact: true, pack: Pack::Zstd, ..Form::default() }),
        ("unkeyed lz4", Form { keyed: false, pack: Pack::Lz4, ..Form::default() }),
        ("v187", Form { keyed: false, header_size: 208, ..Form::default() }),
    ];
    for (name, form) in forms {
        subjects.push(Animal { name: name.to_owned(), bytes: Forge::file(form, &entries) });
    }
    subjects
}

#[test]
fn nobody_reads_more_of_a_damaged_file() {
    let mut table = String::new();
    let mut failures = 0;
    for subject in subjects() {
        let sound: Sound =
            ours(&subject.bytes).unwrap().entries.into_iter().map(|placed| (placed.seqnum, placed)).collect();
        let _ =
            writeln!(table, "\n{}: {} entries, whole entries/entries/fields read", subject.name, sound.len());
        let _ = writeln!(table, "{:50} {:>18} {:>18} {:>18}", "case", "nwlog", "journalctl", "sdjournal");
        for case in damage::all(&subject.bytes) {
            let row = row(&subject, &sound, &case);
            failures += row.wrong.len();
            let theirs = row.journalctl.map_or("-".to_owned(), |amount| amount.to_string());
            let Row { case, ours, sdjournal, wrong, .. } = row;
            let wrong = wrong.join("; ");
            let _ = writeln!(table, "{case:50} {ours:>18} {theirs:>18} {sdjournal:>18}  {wrong}");
        }
    }
    #[allow(clippy::print_stdout)]
    {
        println!("{table}");
    }
    assert_eq!(failures, 0, "{table}");
}

proptest! {
    #[test]
    fn a_file_that_was_cut_anywhere_has_all_entries_before_the_cut(part in 0.0_f64..1.0, form in 0_usize..4) {
        static FILES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
        let files = FILES.get_or_init(|| {
            let form = |n: usize| Form { compact: n % 2 == 1, keyed: n < 2, pack: Pack::Lz4, ..Form::default() };
            (0..4).map(|n| Forge::file(form(n), &content::everyday(200))).collect()
        });
        let bytes = &files[form];
        let sound = ours(bytes).unwrap().entries;
        let places = open(bytes).entries().places;
        // Behind the tables there is something to lose.
        let from = places[0] as usize;
        let cut = from + ((bytes.len() - from) as f64 * part) as usize;
        let size = |at: u64| u64::from_le_bytes(bytes[at as usize + 8..][..8].try_into().unwrap());
        let before = places.iter().take_while(|at| **at + size(**at) <= cut as u64).count();
        let read = ours(&bytes[..cut]).unwrap();
        prop_assert_eq!(&read.entries[..], &sound[..before]);
        prop_assert_eq!(read.lost, 0);
        prop_assert_eq!(read.damage.cut, (bytes.len() - cut) as u64);
        prop_assert_eq!(read.damage.missing, (sound.len() - before) as u64);
    }

    #[test]
    fn what_is_intact_is_read(seed: u64, count in 1_u64..300, form in 0_usize..4, bytes: bool) {
        let form = Form {
            compact: form % 2 == 1,
            keyed: form < 2,
            pack: Pack::Zstd,
            data_buckets: 64,
            field_buckets: 8,
            ..Form::default()
        };
        let written = Forge::file(form, &content::everyday(200));
        let damage = if bytes { damage::garbled } else { damage::flipped };
        let damaged = damage(&written, written.len(), count, seed).bytes;
        let sound: Sound =
            ours(&written).unwrap().entries.into_iter().map(|placed| (placed.seqnum, placed)).collect();
        prop_assert_eq!(unread(intact(&written, &damaged), &sound, &ours(&damaged).unwrap()), 0);
    }

    #[test]
    fn a_file_of_any_bytes_ends(seed: u64, count in 1_u64..3_000, compact: bool) {
        let form = Form { compact, pack: Pack::Zstd, data_buckets: 64, field_buckets: 8, ..Form::default() };
        let sound = Forge::file(form, &content::everyday(60));
        let damaged = damage::flipped(&sound, sound.len(), count, seed).bytes;
        let file = open(&damaged);
        let read = read(&file);
        prop_assert!(read.entries.len() <= damaged.len() / 64);
        let mut scan = Counting::default();
        let damage = file.scan(&mut scan);
        prop_assert_eq!(damage, read.damage);
        prop_assert_eq!(scan.entries, read.entries.len());
        let list = file.list();
        prop_assert!(list.range(&file, 0, list.len()).len() as u64 <= list.len());
        let mut room = Room::default();
        if let Some(list) = file.find(b"_HOSTNAME=zoo", &mut room).map(|data| file.list_of(&data)) {
            prop_assert!(list.range(&file, 0, list.len()).len() <= damaged.len() / 4);
        }
    }
}

/// A scan that marks everything and counts entries.
#[derive(Default)]
struct Counting {
    entries: usize,
}

impl Scan for Counting {
    type Shared = ();

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        Some(data.payload(&mut Vec::new())?.len() as u32)
    }

    fn is_shared(&self, mark: u32) -> bool {
        mark.is_multiple_of(2)
    }

    fn shared(&mut self, _marks: &[Marked]) {}

    fn entry(&mut self, _head: &EntryHead, (): &mut (), _marks: &[Marked]) -> ControlFlow<()> {
        self.entries += 1;
        ControlFlow::Continue(())
    }
}

fn open(bytes: &[u8]) -> JournalFile {
    JournalFile::from_backing(Box::new(bytes.to_vec())).unwrap()
}
