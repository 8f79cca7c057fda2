//! What is found through hash tables, lists and scans is what a reading of everything finds.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use nwlog_corpora::journals::content;
use nwlog_corpora::journals::forge::Forge;
use nwlog_corpora::journals::zoo::{self, Animal};
use nwlog_journal::{Data, EntryHead, JournalFile, Marked, Room, Scan};

fn animals() -> Vec<Animal> {
    let mut animals = zoo::kept_files().unwrap();
    for (form_name, form) in zoo::forms() {
        for (name, entries) in zoo::contents() {
            animals.push(Animal {
                name: format!("{form_name}, {name}"),
                bytes: Forge::file(form.clone(), &entries),
            });
        }
    }
    let entries = content::everyday(300);
    animals.extend(
        zoo::odd_forms().into_iter().map(|(name, form)| Animal { name, bytes: Forge::file(form, &entries) }),
    );
    animals.push(zoo::strange_objects());
    animals
}

fn open(animal: &Animal) -> JournalFile {
    JournalFile::from_backing(Box::new(animal.bytes.clone())).unwrap()
}

/// The places of the entries that have each field.
fn by_field(file: &JournalFile, places: &[u64]) -> BTreeMap<Vec<u8>, Vec<u64>> {
    let mut by_field: BTreeMap<Vec<u8>, Vec<u64>> = BTreeMap::new();
    let mut room = Room::default();
    for place in places {
        file.fields(*place, &mut room, &mut |field| {
            by_field.entry(field.to_vec()).or_default().push(*place);
            ControlFlow::Continue(())
        });
    }
    by_field
}

#[test]
fn every_field_leads_to_its_entries() {
    for animal in animals() {
        let file = open(&animal);
        let places = file.entries().places;
        let mut room = Room::default();
        for (field, expected) in by_field(&file, &places) {
            let found = file.find(&field, &mut room).map(|data| (data.n_entries, file.list_of(&data)));
            let (count, list) = found.unwrap_or_else(|| panic!("{}: {field:?}", animal.name));
            assert_eq!(count, expected.len() as u64, "{}", animal.name);
            assert!(list.is_whole(), "{}", animal.name);
            assert_eq!(list.range(&file, 0, list.len()), expected, "{}", animal.name);
            let middle = count / 2;
            let mut bytes = Vec::new();
            assert_eq!(
                list.get(&file, middle, &mut bytes),
                expected.get(middle as usize).copied(),
                "{}",
                animal.name
            );
            assert_eq!(
                list.range(&file, middle, middle + 1),
                expected[middle as usize..][..1],
                "{}",
                animal.name
            );
        }
        assert!(file.find(b"MESSAGE=nobody ever said this", &mut room).is_none());
    }
}

#[test]
fn the_files_own_list_has_every_entry() {
    for animal in animals() {
        let file = open(&animal);
        let places = file.entries().places;
        let list = file.list();
        assert!(list.is_whole(), "{}", animal.name);
        assert_eq!(list.len(), places.len() as u64, "{}", animal.name);
        assert_eq!(list.range(&file, 0, list.len()), places, "{}", animal.name);
    }
}

#[test]
fn a_list_is_cut_where_a_condition_ends() {
    for animal in animals() {
        let file = open(&animal);
        let list = file.list();
        let mut room = Vec::new();
        let heads: Vec<EntryHead> =
            file.entries().places.iter().map(|place| file.entry_head(*place, &mut room).unwrap()).collect();
        for (n, head) in heads.iter().enumerate().step_by(7) {
            let before = list.partition(&file, |other| other.seqnum < head.seqnum);
            assert_eq!(before, n as u64, "{}", animal.name);
        }
        assert_eq!(list.partition(&file, |_| true), list.len(), "{}", animal.name);
        assert_eq!(list.partition(&file, |_| false), 0, "{}", animal.name);
    }
}

/// Marks every DATA with the number of its payload.
#[derive(Default)]
struct Everything {
    payloads: Vec<Vec<u8>>,
    entries: Vec<(u64, Vec<Vec<u8>>)>,
}

impl Scan for Everything {
    type Shared = Vec<Marked>;

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        self.payloads.push(data.payload(&mut Vec::new())?.to_vec());
        Some(self.payloads.len() as u32 - 1)
    }

    fn is_shared(&self, mark: u32) -> bool {
        is_shared(&self.payloads[mark as usize])
    }

    fn shared(&mut self, marks: &[Marked]) -> Vec<Marked> {
        marks.to_vec()
    }

    fn entry(&mut self, head: &EntryHead, shared: &mut Vec<Marked>, marks: &[Marked]) -> ControlFlow<()> {
        let marks = shared.iter().chain(marks);
        let fields = marks.map(|marked| self.payloads[marked.mark as usize].clone()).collect();
        self.entries.push((head.at, fields));
        ControlFlow::Continue(())
    }
}

fn is_shared(payload: &[u8]) -> bool {
    !payload.len().is_multiple_of(3)
}

#[test]
fn a_scan_sees_what_is_read_entry_by_entry() {
    for animal in animals() {
        let file = open(&animal);
        let mut scan = Everything::default();
        let damage = file.scan(&mut scan);
        let entries = file.entries();
        assert_eq!(damage, entries.damage, "{}", animal.name);
        let mut room = Room::default();
        let read: Vec<(u64, Vec<Vec<u8>>)> = entries
            .places
            .iter()
            .map(|place| {
                let mut fields = Vec::new();
                file.fields(*place, &mut room, &mut |field| {
                    fields.push(field.to_vec());
                    ControlFlow::Continue(())
                });
                fields.sort_by_key(|field| !is_shared(field));
                (*place, fields)
            })
            .collect();
        assert!(scan.entries == read, "{}", animal.name);
    }
}
