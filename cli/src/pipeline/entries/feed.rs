//! Where printed entries come from, one source or several.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::ThreadPool;

use super::sheet::Sheet;
use crate::pipeline::settled::Settled;

/// A source of printed entries.
pub trait Feed: Sync {
    /// Gives them by the sheet, in order, until there are no more or the taker breaks off.
    fn run(&self, pool: &ThreadPool, give: &mut dyn FnMut(Sheet) -> ControlFlow<()>) -> Report;
}

/// What there is to say about a source when it has been read.
#[derive(Debug, Default)]
pub struct Report {
    /// Its name.
    pub of: String,
    /// Why it, or a part of it, could not be read.
    pub faults: Vec<anyhow::Error>,
    /// How many records could not be read.
    pub unreadable: u64,
    /// What its times left out was settled.
    pub settled: Settled,
}

/// Reads every feed, and gives what they bring in one order. Each feed's own order is kept.
pub fn run(
    feeds: &[Box<dyn Feed + '_>],
    pool: &ThreadPool,
    give: &mut dyn FnMut(Sheet) -> ControlFlow<()>,
) -> Vec<Report> {
    if let [feed] = feeds {
        return vec![feed.run(pool, give)];
    }
    thread::scope(|threads| {
        let (mut sheets, mut running) = (Vec::new(), Vec::new());
        for feed in feeds {
            let (send, sheet) = sync_channel(1);
            sheets.push(Reading::new(sheet));
            running.push(threads.spawn(move || {
                feed.run(pool, &mut |sheet| match send.send(sheet) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                })
            }));
        }
        merge(sheets, give);
        running
            .into_iter()
            .map(|feed| feed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// How much text is put together before it is given on, in bytes.
const ENOUGH: usize = 1 << 20;

fn merge(mut feeds: Vec<Reading>, give: &mut dyn FnMut(Sheet) -> ControlFlow<()>) {
    let mut merged = Sheet::default();
    feeds.retain_mut(Reading::fill);
    while !feeds.is_empty() {
        let mut least = 0;
        for (place, feed) in feeds.iter().enumerate().skip(1) {
            let (known, other) = (feeds.get(least).and_then(Reading::head), feed.head());
            if known.zip(other).is_some_and(|(known, other)| other.order(known).is_lt()) {
                least = place;
            }
        }
        let Some(feed) = feeds.get_mut(least) else { break };
        feed.move_to(&mut merged);
        if !feed.fill() {
            feeds.remove(least);
        }
        if merged.text.len() >= ENOUGH && give(std::mem::take(&mut merged)).is_break() {
            return;
        }
    }
    if !merged.slots.is_empty() {
        let _ = give(merged);
    }
}

/// A feed, and how far it was read.
struct Reading {
    sheets: Receiver<Sheet>,
    sheet: Sheet,
    next: usize,
}

impl Reading {
    fn new(sheets: Receiver<Sheet>) -> Self {
        Self { sheets, sheet: Sheet::default(), next: 0 }
    }

    /// Sees to it that there is a next entry. False where there is none any more.
    fn fill(&mut self) -> bool {
        while self.next >= self.sheet.slots.len() {
            let Ok(sheet) = self.sheets.recv() else { return false };
            self.sheet = sheet;
            self.next = 0;
        }
        true
    }

    fn head(&self) -> Option<&super::sheet::Slot> {
        self.sheet.slots.get(self.next)
    }

    fn move_to(&mut self, merged: &mut Sheet) {
        if let Some(slot) = self.sheet.slots.get(self.next) {
            let before = self.next.checked_sub(1).and_then(|before| self.sheet.slots.get(before));
            let start = before.map_or(0, |before| before.end);
            merged.text.extend_from_slice(self.sheet.text.get(start..slot.end).unwrap_or_default());
            merged.slots.push(slot.ending(merged.text.len()));
            self.next += 1;
        }
    }
}
