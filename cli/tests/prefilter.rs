//! The prefilter leaves out no more than work: with every entry visited the incidents are the same, ids included.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Parser as _;
use nwlog::args::Cli;
use nwlog::pipeline::batch::{self, Closed, Stages};
use nwlog::pipeline::input::{Input, Opened};
use nwlog::pipeline::journals::Journals;
use nwlog::pipeline::named::Named;
use nwlog::pipeline::sink::Sink;
use nwlog::pipeline::stages::{Config, Found, Ingest, Piece, Pieces};
use nwlog::terminal::Terminal;
use nwlog_corpora::journals::Entry;
use nwlog_corpora::journals::entry::read_export;
use nwlog_corpora::journals::forge::{Forge, Form};
use nwlog_corpora::{recordings, scenario};
use nwlog_correlate::Incident;
use nwlog_ingest::scan::{FileScan, Scanned};
use nwlog_journal::JournalFile;

use crate::desk::Desk;
use crate::journal::decompressed;

/// The stages as they are, but for the prefilter.
struct Unfiltered(Ingest);

impl Stages for Unfiltered {
    type Chunk = Piece;
    type Scanned = Found;
    type Chunks = Pieces;

    fn open(&mut self, input: Opened, frontier: Option<u64>) -> anyhow::Result<Pieces> {
        self.0.open(input, frontier)
    }

    fn scan(piece: Piece) -> Found {
        match piece {
            Piece::Chunk { chunk, .. } => Found::Chunk(Box::new(Scanned::with_prefilter(chunk, false))),
            Piece::Journal { slot, file, .. } => {
                Found::Journal { slot, scan: Box::new(FileScan::with_prefilter(file, false)) }
            }
        }
    }

    fn take(&mut self, found: Found) -> Vec<Incident> {
        self.0.take(found)
    }

    fn close(&mut self) -> Closed {
        self.0.close()
    }

    fn finish(&mut self) -> Vec<Incident> {
        self.0.finish()
    }
}

/// Incidents by their ids, as they are in the end.
#[derive(Default)]
struct Kept(BTreeMap<String, Incident>);

impl Sink for Kept {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        self.0.insert(incident.id.to_string(), incident.clone());
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

fn incidents(input: &Input, prefilter: bool) -> BTreeMap<String, Incident> {
    let pool = batch::pool(Some(2)).unwrap();
    let terminal = Terminal::new(&Cli::parse_from(["nwlog", "-q"]).terminal);
    let ingest = Ingest::new(&Config::default()).unwrap();
    let mut kept = Kept::default();
    let inputs = std::slice::from_ref(input);
    let failed = match prefilter {
        true => batch::run(&mut { ingest }, inputs, &pool, &mut kept, &terminal),
        false => batch::run(&mut Unfiltered(ingest), inputs, &pool, &mut kept, &terminal),
    };
    assert_eq!(failed.unwrap(), 0);
    kept.0
}

/// Entries in files of one journal that are rotated at these places.
fn journals(folder: &Path, entries: &[Entry], cuts: &[usize]) -> Input {
    let bounds: Vec<usize> = [0].into_iter().chain(cuts.iter().copied()).chain([entries.len()]).collect();
    let write = |span: &[usize]| {
        let (from, to) = (span[0], span[1]);
        let form =
            Form { seqnum: from as u64 + 1, file_id: 7 + from as u128, compact: true, ..Form::default() };
        let path = folder.join(format!("system@{from}.journal"));
        fs::write(&path, Forge::file(form, &entries[from..to])).unwrap();
        Named { file: JournalFile::open(&path).unwrap(), path }
    };
    Input::Journals(Journals::of(bounds.windows(2).map(write).collect()))
}

/// Holds both against each other, on journal files that are rotated at these places and on the export of them.
fn hold(name: &str, entries: &[Entry], cuts: &[usize]) -> usize {
    let desk = Desk::new();
    let folder = desk.path("journals");
    fs::create_dir(&folder).unwrap();
    let journals = journals(&folder, entries, cuts);
    let export = desk.command(env!("CARGO_BIN_EXE_nwlog")).args(["cat", "-oexport", "journals"]).output();
    let stream = desk.put("x.export", export.unwrap().stdout);
    let of = |input: &Input| {
        let (with, without) = (incidents(input, true), incidents(input, false));
        assert!(with.keys().eq(without.keys()), "{name}, {input}: {:?} {:?}", with.keys(), without.keys());
        for (one, other) in with.values().zip(without.values()) {
            assert_eq!(one, other, "{name}, {input}");
        }
        with
    };
    let (found, exported) = (of(&journals), of(&Input::File(stream)));
    assert_eq!(found, exported, "{name}: a journal and its export");
    found.len()
}

fn entries(export: &[u8]) -> Vec<Entry> {
    read_export(export).0.into_iter().map(|placed| placed.entry.sorted()).collect()
}

/// The places right behind records that say what a block or a dump begins with.
fn behind(entries: &[Entry], opener: &str) -> Vec<usize> {
    let says = |entry: &Entry| {
        let text = |field: &Vec<u8>| String::from_utf8_lossy(field).into_owned();
        entry.fields.iter().map(text).any(|field| field.starts_with("MESSAGE=") && field.contains(opener))
    };
    entries.iter().zip(1..).filter(|(entry, _)| says(entry)).map(|(_, place)| place).collect()
}

#[test]
fn recordings_tell_the_same_without_it() {
    let (mut blocks, mut dumps) = (0, 0);
    for recording in recordings::all().unwrap() {
        let entries = entries(&decompressed(&recording.path));
        let (oom, go) = (behind(&entries, "invoked oom-killer"), behind(&entries, "MESSAGE=panic: "));
        blocks += oom.len();
        dumps += go.len();
        // Within the block or the dump: behind its first record, and some records later.
        let mut cuts: Vec<usize> = oom.iter().chain(&go).flat_map(|place| [*place, place + 3]).collect();
        cuts.retain(|cut| *cut < entries.len());
        cuts.sort_unstable();
        cuts.dedup();
        // Files by the hundred are another matter.
        let step = cuts.len().div_ceil(16).max(1);
        let cuts: Vec<usize> = cuts.into_iter().step_by(step).collect();
        let found = hold(recording.name, &entries, &cuts);
        assert!(found > 0 || recording.name.ends_with("-plain"), "{}", recording.name);
    }
    assert!(blocks > 4 && dumps > 4, "{blocks} {dumps}");
}

#[test]
fn scenarios_tell_the_same_without_it_wherever_a_block_or_a_dump_is_cut() {
    let mut stories = 0;
    for (name, story) in scenario::all().unwrap() {
        let entries = entries(&story.export());
        let openers = [behind(&entries, "invoked oom-killer"), behind(&entries, "MESSAGE=panic: ")];
        for place in openers.iter().filter_map(|places| places.first()) {
            stories += 1;
            for cut in [*place, place + 1, place + 2, place + 5] {
                hold(&format!("{name}, cut at {cut}"), &entries, &[cut.min(entries.len() - 1)]);
            }
        }
    }
    assert!(stories > 4, "{stories}");
}
