//! A correlator on a thread of its own.
//!
//! Entries are visited in order, and so are their events joined; but what was visited can be joined while the next entries
//! are visited. Steps go over in batches, a few of them at a time: whoever visits faster than they are joined waits.

use std::panic;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use anyhow::Context;
use nwlog_correlate::{Advance, Change, Config, Correlator, Incident};
use nwlog_ingest::Event;

/// How many steps go over at once.
const BATCH: usize = 256;

/// How many batches wait.
const WAITING: usize = 8;

enum Step {
    Push(Box<Event>),
    Advance(Advance),
}

/// Where events are joined.
#[derive(Debug)]
pub struct Joining {
    batch: Vec<Step>,
    steps: SyncSender<Vec<Step>>,
    /// One answer a batch.
    told: Receiver<Vec<Incident>>,
    unanswered: usize,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Push(_) => "Push",
            Self::Advance(_) => "Advance",
        })
    }
}

impl Joining {
    /// Begins with nothing.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(config: Config) -> anyhow::Result<Self> {
        let (steps, taken) = mpsc::sync_channel::<Vec<Step>>(WAITING);
        let (tell, told) = mpsc::channel();
        let thread = thread::Builder::new().name("join".into()).spawn(move || {
            let mut correlator = Correlator::new(config);
            for batch in taken {
                for step in batch {
                    match step {
                        Step::Push(event) => correlator.push(event),
                        Step::Advance(to) => correlator.advance(to),
                    }
                }
                let closed = correlator.changes().into_iter().map(|Change { incident, .. }| incident);
                if tell.send(closed.collect()).is_err() {
                    return;
                }
            }
        });
        let thread = Some(thread.context("cannot start a thread")?);
        Ok(Self { batch: Vec::with_capacity(BATCH), steps, told, unanswered: 0, thread })
    }

    /// Takes an event in.
    pub fn push(&mut self, event: Event) {
        self.step(Step::Push(Box::new(event)));
    }

    /// Time has passed.
    pub fn advance(&mut self, to: Advance) {
        self.step(Step::Advance(to));
    }

    /// What has closed, in order, as far as that is known by now.
    pub fn closed(&mut self) -> Vec<Incident> {
        self.send();
        let mut closed = Vec::new();
        while let Ok(told) = self.told.try_recv() {
            self.unanswered -= 1;
            closed.extend(told);
        }
        closed
    }

    /// What has closed by all that was taken in.
    pub fn all_closed(&mut self) -> Vec<Incident> {
        self.send();
        let mut closed = Vec::new();
        while self.unanswered > 0 {
            match self.told.recv() {
                Ok(told) => closed.extend(told),
                Err(_) => self.fail(),
            }
            self.unanswered -= 1;
        }
        closed
    }

    fn step(&mut self, step: Step) {
        self.batch.push(step);
        if self.batch.len() >= BATCH {
            self.send();
        }
    }

    fn send(&mut self) {
        if self.batch.is_empty() {
            return;
        }
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        match self.steps.send(batch) {
            Ok(()) => self.unanswered += 1,
            Err(_) => self.fail(),
        }
    }

    /// The thread is gone, which only a panic does to it: that goes on here.
    fn fail(&mut self) {
        if let Some(Err(cause)) = self.thread.take().map(JoinHandle::join) {
            panic::resume_unwind(cause);
        }
    }
}
