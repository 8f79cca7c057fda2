//! Entries of an exported journal or a text, printed by the chunk.

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use anyhow::anyhow;
use nwlog_ingest::Id128;
use nwlog_ingest::source::{Chunk, Chunks, SourceError, Stats};
use rayon::ThreadPool;

use super::feed::{Feed, Report};
use super::fill::fill;
use super::sheet::Sheet;
use super::wanted::Wanted;
use crate::output::entry::{Printer, Record, Style};
use crate::pipeline::input::{Input, told};
use crate::pipeline::ordered::ordered_map;
use crate::pipeline::settled::Settled;

/// One input, read from front to back.
#[derive(Debug)]
pub struct Stream<'a> {
    /// What is read.
    pub input: &'a Input,
    /// Which of its entries are wanted.
    pub wanted: &'a Wanted,
    /// How they are printed.
    pub style: Style,
}

impl Feed for Stream<'_> {
    fn run(&self, pool: &ThreadPool, give: &mut dyn FnMut(Sheet) -> ControlFlow<()>) -> Report {
        let mut stats = Stats::default();
        let print = |chunk: Result<Chunk, SourceError>| chunk.map(|chunk| self.print(&chunk));
        let read = read(self.input, pool, print, &mut |(sheet, counted)| {
            stats += counted;
            give(sheet)
        });
        let mut report = Report::default();
        match read {
            Ok(cut) => stats += cut,
            Err((error, cut)) => {
                stats += cut;
                report.faults.push(error);
            }
        }
        if stats.truncated > 0 {
            report
                .faults
                .push(anyhow!("{} ends within an entry: what comes before that was read", self.input));
        }
        report.unreadable = stats.skipped.saturating_add(stats.oversized);
        report.settled = Settled::of(&stats);
        report.of = self.input.to_string();
        report
    }
}

impl Stream<'_> {
    fn print(&self, chunk: &Chunk) -> (Sheet, Stats) {
        let mut sheet = Sheet::default();
        let mut stats = Stats::default();
        let mut printer = Printer::new(self.style);
        let mut record = Record::default();
        chunk.visit(&mut stats, &mut |_, entry| {
            fill(&mut record, entry);
            if self.wanted.wants(&record) {
                printer.print(&record, &mut sheet.text);
                sheet.mark(&record.head);
            }
        });
        (sheet, stats)
    }
}

/// The boots of an input, in the order in which they come, each with the time of its first entry.
///
/// # Errors
/// Where it cannot be opened.
pub fn boots(input: &Input, pool: &ThreadPool) -> anyhow::Result<Vec<(u64, Id128)>> {
    let mut boots = Vec::new();
    let mut known = HashSet::new();
    let find = |chunk: Result<Chunk, SourceError>| chunk.map(|chunk| boots_of(&chunk));
    let read = read(input, pool, find, &mut |found: Vec<(u64, Id128)>| {
        boots.extend(found.into_iter().filter(|(_, boot)| known.insert(*boot)));
        ControlFlow::Continue(())
    });
    match read {
        // What fails on the way is told when it is read for its entries.
        Err((error, _)) if boots.is_empty() => Err(error),
        _ => Ok(boots),
    }
}

fn boots_of(chunk: &Chunk) -> Vec<(u64, Id128)> {
    let mut boots: Vec<(u64, Id128)> = Vec::new();
    let mut record = Record::default();
    chunk.visit(&mut Stats::default(), &mut |_, entry| {
        fill(&mut record, entry);
        if let Some(boot) = record.head.boot_id
            && boots.last().is_none_or(|(_, last)| *last != boot)
        {
            boots.push((record.head.realtime.unwrap_or_default(), boot));
        }
    });
    boots
}

/// Reads an input by the chunk: maps them in parallel and takes the results in order. Returns what was counted between
/// the chunks, beside the error where one ended it.
fn read<T: Send>(
    input: &Input,
    pool: &ThreadPool,
    map: impl Fn(Result<Chunk, SourceError>) -> Result<T, SourceError> + Sync,
    take: &mut dyn FnMut(T) -> ControlFlow<()>,
) -> Result<Stats, (anyhow::Error, Stats)> {
    let failed = |error: anyhow::Error, stats| (error.context(format!("cannot read {input}")), stats);
    let opened = input.open_stream().and_then(|bytes| {
        let chunks = Chunks::from_reader(bytes.reader).map_err(told)?;
        Ok(chunks.with_calendar(bytes.calendar))
    });
    let mut chunks = opened.map_err(|error| failed(error, Stats::default()))?;
    let mut fault = None;
    let _: ControlFlow<Infallible> = {
        let in_flight = pool.current_num_threads() * 2;
        let ended = ordered_map(pool, chunks.by_ref(), in_flight, map, |mapped| match mapped {
            Ok(mapped) => take(mapped),
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        });
        match ended {
            ControlFlow::Break(()) | ControlFlow::Continue(()) => ControlFlow::Continue(()),
        }
    };
    match fault {
        Some(error) => Err(failed(told(error), chunks.stats())),
        None => Ok(chunks.stats()),
    }
}
