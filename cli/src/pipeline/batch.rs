//! Reads inputs to their end, one after the other, in the order in which they begin.
//!
//! A thread reads and cuts chunks, a pool scans them, and here they are taken in order and what closes goes to the
//! sink: [`ordered_map`]. A failed input is told at once, with what it brought before it failed kept, and the next one
//! is read.

use std::ops::ControlFlow;

use anyhow::{Context, anyhow};
use nwlog_correlate::Incident;
use rayon::ThreadPool;

use super::input::{Bytes, Input, Opened};
use super::ordered::ordered_map;
use super::settled::Settled;
use super::sink::Sink;
use crate::errors::hinted;
use crate::output::amount;
use crate::terminal::{Progress, Terminal};

/// The stages between bytes and incidents, as a batch drives them.
pub trait Stages {
    /// Whole records, as bytes.
    type Chunk: Send;
    /// What is left of a chunk when what nobody cares for is gone.
    type Scanned: Send;
    /// The chunks of an input.
    type Chunks: Iterator<Item = anyhow::Result<Self::Chunk>> + Send;

    /// Begins an input. `frontier` is when the earliest of those that come after it begins, in microseconds since 1970.
    ///
    /// # Errors
    /// Where its format is not known.
    fn open(&mut self, input: Opened, frontier: Option<u64>) -> anyhow::Result<Self::Chunks>;

    /// Scans a chunk: in parallel with others, so without any state.
    fn scan(chunk: Self::Chunk) -> Self::Scanned;

    /// Takes the next chunk in order, and returns the incidents that closed.
    fn take(&mut self, scanned: Self::Scanned) -> Vec<Incident>;

    /// Ends an input.
    fn close(&mut self) -> Closed;

    /// No more input comes: returns all that is still open.
    fn finish(&mut self) -> Vec<Incident>;
}

/// What there is to say about an input when it has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// How many records could not be read.
    pub skipped: u64,
    /// It was plain text: who wrote a line is what the line says.
    pub unproven: bool,
    /// What its times left out was settled.
    pub settled: Settled,
    /// There was nothing in it.
    pub empty: bool,
    /// It ends within a record.
    pub cut: bool,
    /// What is damaged in it, a sentence a file.
    pub damaged: Vec<String>,
}

impl Closed {
    /// What is wrong with an input that was read to its end. A pipe that brings nothing is a quiet log; a file that
    /// holds nothing was never written.
    fn fault(&self, input: &Input) -> Option<anyhow::Error> {
        if self.cut {
            let error = anyhow!("it ends within an entry: what comes before that was read");
            let error = hinted(error, "copy the file again if the end of it matters");
            return Some(error.context(format!("cannot read {input} to its end")));
        }
        (self.empty && *input != Input::Stdin).then(|| anyhow!("{input} is empty"))
    }
}

/// Reads every input, and returns how many failed.
///
/// # Errors
/// Where the sink fails: then no more is read.
pub fn run<S: Stages>(
    stages: &mut S,
    inputs: &[Input],
    pool: &ThreadPool,
    sink: &mut dyn Sink,
    terminal: &Terminal,
) -> anyhow::Result<usize> {
    let bytes = inputs.iter().map(Input::size).sum();
    let progress = terminal.progress(bytes);
    let mut failed = 0;
    let mut unproven = false;
    let mut settled = Settled::default();
    let inputs = in_order(inputs);
    for (place, (_, input)) in inputs.iter().enumerate() {
        let frontier = inputs.iter().skip(place + 1).map(|(start, _)| *start).min();
        let fault = match read(stages, input, frontier, pool, sink, &progress) {
            Ok(()) => None,
            Err(Stop::Sink(error)) => {
                progress.end();
                return Err(error);
            }
            Err(Stop::Open(error)) => Some(error.context(format!("cannot read {input}"))),
            Err(Stop::Input(error)) => Some(error.context(format!("cannot read {input} to its end"))),
        };
        let closed = stages.close();
        if let Some(error) = fault.or_else(|| closed.fault(input)) {
            failed += 1;
            progress.aside(|| terminal.tell(&error));
        }
        for damage in &closed.damaged {
            let error = hinted(anyhow!("{damage}"), "all that can still be read was read");
            progress.aside(|| terminal.tell(&error));
        }
        failed += closed.damaged.len();
        unproven |= closed.unproven;
        settled |= closed.settled;
        if closed.skipped > 0 {
            let records = amount::count(closed.skipped, "record");
            progress.aside(|| terminal.warn(format_args!("{input}: {records} could not be read")));
        }
    }
    progress.end();
    if unproven {
        terminal.note("in plain text nothing proves who wrote a line: a program can forge what is told here");
    }
    settled.told().for_each(|text| terminal.note(text));
    for incident in stages.finish() {
        sink.incident(&incident)?;
    }
    sink.finish()?;
    Ok(failed)
}

/// The inputs by when they begin: one that does not say, or cannot be read again, comes first.
fn in_order(inputs: &[Input]) -> Vec<(u64, &Input)> {
    let start = |input: &Input| if inputs.len() > 1 { input.start().unwrap_or_default() } else { 0 };
    let mut inputs: Vec<_> = inputs.iter().map(|input| (start(input), input)).collect();
    inputs.sort_by_key(|(start, _)| *start);
    inputs
}

/// Why an input was not read to its end.
enum Stop {
    Open(anyhow::Error),
    Input(anyhow::Error),
    Sink(anyhow::Error),
}

fn read<S: Stages>(
    stages: &mut S,
    input: &Input,
    frontier: Option<u64>,
    pool: &ThreadPool,
    sink: &mut dyn Sink,
    progress: &Progress,
) -> Result<(), Stop> {
    let opened = match input.open().map_err(Stop::Open)? {
        Opened::Bytes(bytes) => {
            Opened::Bytes(Bytes { reader: Box::new(progress.reading(bytes.reader)), ..bytes })
        }
        journals => journals,
    };
    let chunks = stages.open(opened, frontier).map_err(Stop::Open)?;
    let in_flight = pool.current_num_threads() * 2;
    let scan = |chunk: anyhow::Result<S::Chunk>| chunk.map(S::scan);
    let ended = ordered_map(pool, chunks, in_flight, scan, |scanned| {
        let scanned = match scanned {
            Ok(scanned) => scanned,
            Err(error) => return ControlFlow::Break(Stop::Input(error)),
        };
        let closed = stages.take(scanned);
        if closed.is_empty() {
            return ControlFlow::Continue(());
        }
        let written = progress.aside(|| closed.iter().try_for_each(|incident| sink.incident(incident)));
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Stop::Sink(error)),
        }
    });
    match ended {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(stop) => Err(stop),
    }
}

/// A pool of so many threads; of one a core where none are asked for.
///
/// # Errors
/// Where the system gives no thread.
pub fn pool(jobs: Option<usize>) -> anyhow::Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or_default())
        .thread_name(|n| format!("scan-{n}"))
        .build()
        .context("cannot start threads")
}
