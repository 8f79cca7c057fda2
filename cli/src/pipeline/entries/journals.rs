//! Entries of journal files, printed by the batch.
//!
//! Each file's entries are picked on the pool, in the order in which the merge asks for files; the merge puts places
//! in order, and the pool prints what stands there. Of a file that does not overlap the one at hand no list is held.

mod lists;
mod pick;
mod read;

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::anyhow;
use nwlog_ingest::Id128;
use nwlog_journal::{Damage, EntryHead, EntryKey, JournalFile, Merge, Run, Step, load_order};
use rayon::ThreadPool;
use rayon::prelude::*;

use self::pick::{Picked, pick};
use super::feed::{Feed, Report};
use super::sheet::Sheet;
use super::wanted::Wanted;
use crate::output::amount;
use crate::output::entry::{Printer, Record, Style};
use crate::pipeline::journals::Damaged;
use crate::pipeline::named::Named;
use crate::pipeline::ordered::ordered_map;

/// Entries that are printed in one go.
const BATCH: usize = 1024;

/// Batches that wait to be printed.
const WAITING: usize = 4;

/// Journal files as one journal.
#[derive(Debug)]
pub struct Journals<'a> {
    /// The files.
    pub files: &'a [Named],
    /// Which of their entries are wanted.
    pub wanted: &'a Wanted,
    /// How they are printed.
    pub style: Style,
    /// Only the last so many.
    pub newest: Option<usize>,
    /// The last one first.
    pub reverse: bool,
}

/// Where an entry is: the place of its file among the files, and its own in that.
type Place = (u32, u64);

impl Feed for Journals<'_> {
    fn run(&self, pool: &ThreadPool, give: &mut dyn FnMut(Sheet) -> ControlFlow<()>) -> Report {
        let (batches, waiting) = sync_channel::<Vec<Place>>(WAITING);
        let lost = AtomicU64::new(0);
        let damage = thread::scope(|threads| {
            let picking = threads.spawn(|| self.in_order(pool, batches));
            let in_flight = pool.current_num_threads() * 2;
            let print = |batch: Vec<Place>| self.print(&batch, &lost);
            // Where the taker breaks off, the channel goes, and with it what fills it.
            let _ = ordered_map(pool, waiting.into_iter(), in_flight, print, give);
            picking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        let faults = self.faults(&damage, lost.into_inner());
        Report { of: "journal".to_owned(), faults, ..Report::default() }
    }
}

impl Journals<'_> {
    /// What is wrong with the files, one error each.
    fn faults(&self, damage: &[(usize, Damage)], lost: u64) -> Vec<anyhow::Error> {
        let mut faults = Vec::new();
        for (slot, Named { path, file }) in self.files.iter().enumerate() {
            let known = damage.iter().find(|(known, _)| *known == slot);
            let mut damage = known.map(|(_, damage)| *damage).unwrap_or_default();
            // A disk can fail at the last entry that is printed.
            damage.lost = file.lost();
            if !damage.is_none() {
                faults.push(Damaged { path: path.clone(), damage }.told());
            }
        }
        if lost > 0 {
            faults.push(anyhow!("{} could not be read", amount::count(lost, "field")));
        }
        faults
    }

    /// Sends the places of all wanted entries, in order. Returns which files are damaged, by their places.
    fn in_order(&self, pool: &ThreadPool, batches: SyncSender<Vec<Place>>) -> Vec<(usize, Damage)> {
        let keys: Vec<_> =
            pool.install(|| self.files.par_iter().map(|named| first_key(&named.file)).collect());
        let mut merge = Merge::new(&keys);
        let order = merge.order().to_vec();
        let damage = Mutex::new(Vec::new());
        let mut out = Outlet {
            batches,
            batch: Vec::new(),
            held: VecDeque::new(),
            newest: self.newest,
            reverse: self.reverse,
        };
        let picked = |slot: usize| (slot, self.pick(slot, &damage));
        let in_flight = pool.current_num_threads() + 1;
        let ended = ordered_map(pool, order.into_iter(), in_flight, picked, |(slot, run)| {
            match run {
                Some(run) => merge.load(slot, run),
                None => merge.skip(slot),
            }
            drain(&mut merge, &mut out)
        });
        if ended.is_continue() && drain(&mut merge, &mut out).is_continue() {
            out.finish();
        }
        damage.into_inner().unwrap_or_default()
    }

    fn pick(&self, slot: usize, damaged: &Mutex<Vec<(usize, Damage)>>) -> Option<Picks<'_>> {
        let Named { file, .. } = self.files.get(slot)?;
        let Picked { places, damage } = pick(file, self.wanted, self.newest);
        if !damage.is_none()
            && let Ok(mut damaged) = damaged.lock()
        {
            damaged.push((slot, damage));
        }
        let mut run = Picks { file, places, next: 0, head: None, room: Vec::new() };
        run.find_head();
        run.head.map(|_| run)
    }

    fn print(&self, batch: &[Place], lost: &AtomicU64) -> Sheet {
        let mut sheet = Sheet::default();
        let mut printer = Printer::new(self.style);
        let mut record = Record::default();
        let mut room = nwlog_journal::Room::default();
        let mut missing = 0;
        for (slot, at) in batch {
            let Some(Named { file, .. }) = self.files.get(*slot as usize) else { continue };
            match read::fill(&mut record, file, *at, &mut room) {
                Some(fields) => missing += u64::from(fields.lost),
                // It was there when it was picked.
                None => missing += 1,
            }
            printer.print(&record, &mut sheet.text);
            sheet.mark(&record.head);
        }
        lost.fetch_add(missing, Ordering::Relaxed);
        sheet
    }
}

/// The boots of journal files, first to last.
pub fn boots(files: &[Named], pool: &ThreadPool) -> Vec<(u64, Id128)> {
    let firsts: Vec<Vec<EntryKey>> =
        pool.install(|| files.par_iter().map(|named| boots_of(&named.file)).collect());
    let firsts = firsts.concat();
    let sorted = load_order(&firsts);
    sorted
        .iter()
        .filter_map(|slot| firsts.get(*slot))
        .map(|key| (key.head.realtime, key.head.boot_id))
        .collect()
}

/// The first entry of every run of entries of one boot.
fn boots_of(file: &JournalFile) -> Vec<EntryKey> {
    let list = file.list();
    let mut firsts: Vec<EntryKey> = Vec::new();
    let mut room = Vec::new();
    for at in list.range(file, 0, list.len()) {
        if let Some(head) = file.entry_head(at, &mut room)
            && firsts.last().is_none_or(|last| last.head.boot_id != head.boot_id)
        {
            firsts.push(EntryKey { seqnum_id: file.header().seqnum_id, head });
        }
    }
    firsts
}

/// The key of a file's first entry, or, where that cannot be read, one that is before all of its entries.
fn first_key(file: &JournalFile) -> EntryKey {
    let header = file.header();
    let mut room = Vec::new();
    let first = file.list().get(file, 0, &mut room).and_then(|at| file.entry_head(at, &mut room));
    let head = first.unwrap_or(EntryHead {
        at: 0,
        seqnum: header.head_entry_seqnum,
        realtime: header.head_entry_realtime,
        monotonic: 0,
        boot_id: Id128::from_u128(0),
        xor_hash: 0,
    });
    EntryKey { seqnum_id: header.seqnum_id, head }
}

/// Gives what the merge has, until it needs one more file.
fn drain(merge: &mut Merge<Picks<'_>>, out: &mut Outlet) -> ControlFlow<()> {
    loop {
        match merge.step() {
            Step::Entry { slot, run } => {
                let slot = u32::try_from(slot).unwrap_or(u32::MAX);
                if let Some(head) = &run.head {
                    out.put((slot, head.at))?;
                }
            }
            Step::Load(_) | Step::End => return ControlFlow::Continue(()),
        }
    }
}

/// The entries that were picked out of a file.
#[derive(Debug)]
struct Picks<'a> {
    file: &'a JournalFile,
    places: Vec<u64>,
    next: usize,
    head: Option<EntryHead>,
    room: Vec<u8>,
}

impl Picks<'_> {
    fn find_head(&mut self) {
        self.head = None;
        while let Some(at) = self.places.get(self.next)
            && self.head.is_none()
        {
            self.next += 1;
            self.head = self.file.entry_head(*at, &mut self.room);
        }
    }
}

impl Run for Picks<'_> {
    fn head(&self) -> Option<EntryKey> {
        self.head.map(|head| EntryKey { seqnum_id: self.file.header().seqnum_id, head })
    }

    fn advance(&mut self) {
        self.find_head();
    }
}

/// Where places in order go: out by the batch, or held back where only the last ones are wanted, or these first.
struct Outlet {
    batches: SyncSender<Vec<Place>>,
    batch: Vec<Place>,
    held: VecDeque<Place>,
    newest: Option<usize>,
    reverse: bool,
}

impl Outlet {
    fn put(&mut self, place: Place) -> ControlFlow<()> {
        if self.newest.is_none() && !self.reverse {
            return self.send(place);
        }
        self.held.push_back(place);
        if self.newest.is_some_and(|newest| self.held.len() > newest) {
            self.held.pop_front();
        }
        ControlFlow::Continue(())
    }

    fn send(&mut self, place: Place) -> ControlFlow<()> {
        self.batch.push(place);
        if self.batch.len() < BATCH {
            return ControlFlow::Continue(());
        }
        match self.batches.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn finish(mut self) {
        let held = std::mem::take(&mut self.held);
        let sent = match self.reverse {
            true => held.into_iter().rev().try_for_each(|place| self.send(place)),
            false => held.into_iter().try_for_each(|place| self.send(place)),
        };
        if sent.is_continue() && !self.batch.is_empty() {
            // Nobody waits for it any more where this fails.
            let _ = self.batches.send(self.batch);
        }
    }
}
