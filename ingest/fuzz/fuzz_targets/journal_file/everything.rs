//! Reads a journal file in every way there is, and holds what must hold for any bytes.

use std::ops::ControlFlow;

use nwlog_journal::{Backing, Data, EntryHead, JournalFile, Marked, Room, Scan};

/// How many entries are read field by field, how many values are looked up, and how many bytes of payload are asked for:
/// a short file can hold gigabytes of repetition.
const MAX_ENTRIES: usize = 1_000;
const MAX_LOOKUPS: usize = 50;
const MAX_BYTES: usize = 16 << 20;

/// Reads bytes as a journal file.
pub(crate) fn read(bytes: &[u8]) {
    let Ok(file) = JournalFile::from_backing(Box::new(bytes.to_vec())) else { return };
    let entries = file.entries();
    assert!(entries.places.is_sorted_by(|one, next| one < next), "an entry twice");
    assert_eq!(entries.damage.entries, entries.places.len() as u64);

    let mut seen = Seen::default();
    let damage = file.scan(&mut seen);
    assert_eq!(damage, entries.damage, "a scan sees what a walk sees");
    seen.entries.sort_unstable();
    assert_eq!(seen.entries, entries.places, "a scan sees what a walk sees");

    let piecemeal = JournalFile::from_backing(Box::new(Piecemeal(bytes.to_vec()))).unwrap();
    let by_pieces = piecemeal.entries();
    assert_eq!(by_pieces.damage.entries, by_pieces.places.len() as u64);

    let values = fields(&file, &entries.places);
    for value in values {
        look_up(&file, &value);
    }
    lists(&file);
}

/// Gives the fields of all entries, and some of their values.
fn fields(file: &JournalFile, places: &[u64]) -> Vec<Vec<u8>> {
    let mut room = Room::default();
    let mut values = Vec::new();
    let mut bytes = 0;
    for place in places.iter().take(MAX_ENTRIES) {
        let fields = file.fields(*place, &mut room, &mut |payload| {
            if values.len() < MAX_LOOKUPS && payload.len() < 4096 {
                values.push(payload.to_vec());
            }
            bytes += payload.len();
            if bytes > MAX_BYTES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(fields.map(|fields| fields.head.at), Some(*place), "an entry that is one can be read");
        if bytes > MAX_BYTES {
            break;
        }
    }
    values
}

fn look_up(file: &JournalFile, value: &[u8]) {
    let mut room = Room::default();
    let Some(data) = file.find(value, &mut room) else { return };
    let list = file.list_of(&data);
    let at = data.at;
    assert!(list.range(file, 0, MAX_ENTRIES as u64).len() <= MAX_ENTRIES);
    assert_eq!(file.payload_at(at, &mut room), Some(value), "what is found is what was asked for");
}

fn lists(file: &JournalFile) {
    let list = file.list();
    let mut room = Vec::new();
    let middle = list.len() / 2;
    for n in [0, middle, list.len().saturating_sub(1), list.len(), u64::MAX] {
        let head = list.get(file, n, &mut room).and_then(|at| file.entry_head(at, &mut room));
        if let Some(head) = head {
            let before = list.partition(file, |other| other.realtime < head.realtime);
            assert!(before <= list.len());
        }
    }
    let _ = list.range(file, middle, list.len());
}

/// Looks at everything, and marks what it can.
#[derive(Default)]
struct Seen {
    entries: Vec<u64>,
    room: Vec<u8>,
    bytes: usize,
}

impl Scan for Seen {
    type Shared = usize;

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        let first = data.prefix(&mut self.room).first().copied();
        if self.bytes < MAX_BYTES {
            self.bytes += data.payload(&mut self.room).map_or(0, <[u8]>::len);
        }
        first.map(u32::from)
    }

    fn is_shared(&self, mark: u32) -> bool {
        mark.is_multiple_of(2)
    }

    fn shared(&mut self, marks: &[Marked]) -> usize {
        marks.len()
    }

    fn entry(&mut self, head: &EntryHead, shared: &mut usize, marks: &[Marked]) -> ControlFlow<()> {
        self.bytes += *shared + marks.len();
        self.entries.push(head.at);
        ControlFlow::Continue(())
    }
}

/// Gives little more than what it is asked for, as a backing that has to copy does.
#[derive(Debug)]
struct Piecemeal(Vec<u8>);

impl Backing for Piecemeal {
    fn len(&self) -> u64 {
        Backing::len(&self.0)
    }

    fn run<'a>(&'a self, at: u64, least: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let bytes = self.0.run(at, least, room)?;
        bytes.get(..least.max(512)).or(Some(bytes))
    }

    fn lost(&self) -> u64 {
        0
    }
}
