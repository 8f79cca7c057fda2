//! A part of a file says what a walk over the whole file says of the same entries.

use std::ops::ControlFlow;

use nwlog_corpora::journals::damage;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::journals::zoo;
use nwlog_corpora::journals::{Entry, content};
use nwlog_journal::{Data, EntryHead, Id128, JournalFile, Marked, Scan};
use proptest::prelude::*;

/// Notes of every entry what it has.
#[derive(Default)]
struct Notes {
    room: Vec<u8>,
    values: Vec<Vec<u8>>,
    seen: Vec<u64>,
    entries: Vec<(EntryHead, Vec<Vec<u8>>)>,
}

impl Scan for Notes {
    type Shared = Vec<Marked>;

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        assert!(!self.seen.contains(&data.at), "it is looked at once");
        self.seen.push(data.at);
        let payload = data.payload(&mut self.room)?;
        // Marks on some only, as any scan does.
        (payload.len() % 3 > 0).then(|| {
            self.values.push(payload.to_vec());
            (self.values.len() - 1) as u32
        })
    }

    fn is_shared(&self, mark: u32) -> bool {
        !self.values[mark as usize].len().is_multiple_of(2)
    }

    fn shared(&mut self, marks: &[Marked]) -> Vec<Marked> {
        marks.to_vec()
    }

    fn entry(&mut self, head: &EntryHead, shared: &mut Vec<Marked>, marks: &[Marked]) -> ControlFlow<()> {
        let marks = shared.iter().chain(marks);
        let values = marks.map(|marked| self.values[marked.mark as usize].clone()).collect();
        self.entries.push((*head, values));
        ControlFlow::Continue(())
    }
}

fn open(bytes: &[u8]) -> Option<JournalFile> {
    JournalFile::from_backing(Box::new(bytes.to_vec())).ok()
}

/// What the part says and what the walk says.
#[allow(clippy::type_complexity)]
fn both(
    file: &JournalFile,
    wanted: &dyn Fn(&EntryHead) -> bool,
) -> Option<[Vec<(EntryHead, Vec<Vec<u8>>)>; 2]> {
    let part = file.part(wanted)?;
    let mut by_part = Notes::default();
    let damage = file.scan_part(&part, &mut by_part)?;
    assert_eq!((damage.entries, damage.is_none()), (part.len(), true));
    let mut by_walk = Notes::default();
    file.scan(&mut by_walk);
    assert_eq!(part.of(), by_walk.entries.len() as u64);
    by_walk.entries.retain(|(head, _)| wanted(head));
    Some([by_part.entries, by_walk.entries])
}

fn stepped(count: u64) -> Vec<Entry> {
    [content::two_boots(count), content::clock_step(count)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_range_of_time_is_whole_though_the_clock_went_back(
        count in 4_u64..120,
        compact: bool,
        from in 0.0..1.0_f64,
        len in 0.0..0.6_f64,
        boot: proptest::sample::Index,
        of_boot: bool,
    ) {
        let entries = stepped(count);
        let bytes = Forge::file(Form { compact, ..Form::default() }, &entries);
        let times: Vec<u64> = entries.iter().map(|entry| entry.realtime).collect();
        let (least, most) = (*times.iter().min().unwrap(), *times.iter().max().unwrap());
        let at = |share: f64| least + ((most - least) as f64 * share.min(1.0)) as u64;
        let range = at(from)..=at(from + len);
        let boot = Id128::from_u128(boot.get(&entries).boot_id);
        let wanted = |head: &EntryHead| {
            range.contains(&head.realtime) && (!of_boot || head.boot_id == boot)
        };
        let [part, walk] = both(&open(&bytes).unwrap(), &wanted).expect("a sound file has parts");
        prop_assert_eq!(part, walk);
    }
}

#[test]
fn every_kind_of_sound_file_has_parts() {
    for (form_name, form) in zoo::forms() {
        for (name, entries) in zoo::contents() {
            let bytes = Forge::file(form.clone(), &entries);
            let [part, walk] = both(&open(&bytes).unwrap(), &|head| head.seqnum % 3 == 0).unwrap();
            assert!(part == walk && part.len() >= entries.len() / 3, "{form_name}, {name}");
        }
    }
}

#[test]
fn of_a_damaged_file_no_entry_is_left_out() {
    let mut parts = 0;
    let sound = Forge::file(Form::default(), &content::everyday(200));
    let damaged = damage::all(&sound);
    for damaged in &damaged {
        let Some(file) = open(&damaged.bytes) else { continue };
        if let Some([part, walk]) = both_heads(&file, &|head| head.seqnum % 5 < 2) {
            parts += 1;
            assert_eq!(part, walk, "{}", damaged.name);
        }
    }
    assert!(parts > 0 && parts < damaged.len(), "{parts} of {}", damaged.len());
}

/// Where the walk has lost its way it may know less of an entry's fields.
fn both_heads(file: &JournalFile, wanted: &dyn Fn(&EntryHead) -> bool) -> Option<[Vec<EntryHead>; 2]> {
    let part = file.part(wanted)?;
    let (mut by_part, mut by_walk) = (Notes::default(), Notes::default());
    file.scan_part(&part, &mut by_part)?;
    file.scan(&mut by_walk);
    let heads = |notes: Notes| notes.entries.into_iter().map(|(head, _)| head).filter(wanted).collect();
    Some([heads(by_part), heads(by_walk)])
}
