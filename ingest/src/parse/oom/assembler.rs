//! Puts the blocks of one kernel together.

use serde::{Deserialize, Serialize};

use super::block::{Block, Stage};
use super::header::INVOKED;
use super::kill::Kill;
use super::line::Line;
use super::sysrq::Sysrq;
use crate::event::OomFact;
use crate::event::oom::{NoVictim, Request, Task};
use crate::parse::{Assembled, Record, excerpt};

/// Reads the kernel's records of one boot of one machine, in stored order, and tells of every kill at its kill line.
///
/// Kills come out one for one: a kill line is a kill whatever precedes it, and nothing else is. What precedes it adds
/// to it where it is of the same block. A block begins with its header (or, where that is lost, with any line that
/// opens one) and ends with its kill line, the next block's first line, 10 s of its own time or 20,000 records
/// without a line of its own. Under memory.oom.group the kill lines that follow the group's line at once are of the
/// same block.
///
/// The state is bounded: one block, with the largest rows of its table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OomAssembler {
    block: Option<Block>,
}

impl OomAssembler {
    /// Whether a record may begin a block, or tell something without one. False for most of what a kernel writes, and
    /// never for a record that [`push`](Self::push) would heed while no block is open.
    pub fn opens(text: &[u8]) -> bool {
        Line::opens(text)
    }

    /// The same of a text that has not [`Self::INSIDE`] in it.
    pub(crate) fn opens_at_start(text: &[u8]) -> bool {
        Line::opens_at_start(text)
    }

    /// What a text has in it that opens elsewhere than at its start.
    pub(crate) const INSIDE: &'static [u8] = INVOKED.as_bytes();

    /// Whether a block is being read: every record of the kernel must be pushed until it is done.
    pub fn is_open(&self) -> bool {
        self.block.as_ref().is_some_and(|block| block.stage == Stage::Open)
    }

    /// Reads a record. A kill's moment, identity and text are those of its kill line.
    pub fn push(&mut self, record: &Record<'_>, out: &mut Vec<Assembled<OomFact>>) {
        if !self.is_open() && !Self::opens(record.text) {
            return;
        }
        self.block.take_if(|block| !block.lives(&record.at));
        match Line::read(record.text) {
            None => self.read_on(record),
            Some(Line::Header(invoker, request)) => self.head(record, invoker, request),
            Some(Line::Sysrq(Sysrq::Asked)) => self.begin(record, Block::asked(record)),
            Some(Line::Sysrq(Sysrq::Ignored)) => self.nobody(record, NoVictim::Ignored, out),
            Some(Line::Machine(machine)) => self.add(record, |block| block.set_machine(record, machine)),
            Some(Line::Stats(stats)) => self.add(record, |block| block.add_stats(&stats)),
            Some(Line::Caller(caller)) => self.add(record, |block| block.set_caller(&caller)),
            Some(Line::Usage(usage)) => self.add(record, |block| block.set_usage(record, usage)),
            Some(Line::Columns(columns)) => self.add(record, |block| block.set_columns(columns)),
            Some(Line::Limited(limited)) => self.open(record, Block::wants_limited).set_limited(limited),
            Some(Line::Summary(summary)) => self.open(record, Block::wants_summary).set_summary(summary),
            Some(Line::Part) => self.open(record, Block::wants_summary).set_part(record.text),
            Some(Line::Choice(message, pid)) => {
                self.open(record, |block| block.wants_choice(message)).set_choice(message, pid);
            }
            Some(Line::Kill(kill)) => out.push(self.kill(record, kill)),
            Some(Line::Group(path)) => {
                self.own(record, |block| block.wants_group(&path, &record.at)).stage = Stage::Group;
            }
            Some(Line::Spared) => {
                self.spare(record);
                out.push(assembled(record, OomFact::NoVictim { why: NoVictim::Exiting }));
            }
            Some(Line::NoVictim(why)) => self.nobody(record, why, out),
            // The reaper is a thread of its own: what it says ends nothing, and is of no block.
            Some(Line::Aftermath(aftermath)) => out.push(assembled(record, OomFact::Aftermath(aftermath))),
            Some(Line::NotPromised(asked)) => out.push(assembled(record, OomFact::NotPromised(asked))),
        }
    }

    /// Ends the stream. Nothing is told late: a block without its kill line is no kill.
    pub fn finish(&mut self, _out: &mut Vec<Assembled<OomFact>>) {
        self.block = None;
    }

    fn begin(&mut self, record: &Record<'_>, block: Block) {
        self.block.insert(block).touch(record);
    }

    /// Begins with a header, which follows sysrq's line where that is why.
    fn head(&mut self, record: &Record<'_>, invoker: Task, request: Request) {
        let sysrq = self.block.take().filter(Block::awaits_header);
        self.begin(record, Block::headed(record, sysrq, invoker, request));
    }

    fn nobody(&mut self, record: &Record<'_>, why: NoVictim, out: &mut Vec<Assembled<OomFact>>) {
        self.block = None;
        out.push(assembled(record, OomFact::NoVictim { why }));
    }

    /// The block if a line is its own, else a new one that begins with the line.
    fn own(&mut self, record: &Record<'_>, wants: impl FnOnce(&Block) -> bool) -> &mut Block {
        let block = self.block.take().filter(wants).unwrap_or_default();
        let block = self.block.insert(block);
        block.touch(record);
        block
    }

    /// The same for a line that comes before the kill line only.
    fn open(&mut self, record: &Record<'_>, wants: impl FnOnce(&Block) -> bool) -> &mut Block {
        self.own(record, |block| block.stage == Stage::Open && wants(block))
    }

    /// Adds to a block that is open.
    fn add(&mut self, record: &Record<'_>, set: impl FnOnce(&mut Block)) {
        if let Some(block) = self.block.as_mut().filter(|block| block.stage == Stage::Open) {
            set(block);
            block.touch(record);
        }
    }

    fn read_on(&mut self, record: &Record<'_>) {
        if let Some(block) = self.block.as_mut().filter(|block| block.stage == Stage::Open) {
            block.read_on(record);
        }
    }

    fn kill(&mut self, record: &Record<'_>, kill: Kill) -> Assembled<OomFact> {
        let kill = self.own(record, |block| block.wants_kill(&kill, &record.at)).kill(record, kill);
        assembled(record, OomFact::Kill(Box::new(kill)))
    }

    /// A victim that was exiting ends its block, but not the group that it is a member of.
    fn spare(&mut self, record: &Record<'_>) {
        self.block.take_if(|block| block.stage != Stage::Group);
        if let Some(block) = &mut self.block {
            block.touch(record);
        }
    }
}

fn assembled(record: &Record<'_>, fact: OomFact) -> Assembled<OomFact> {
    let Record { at, received, identity, text } = *record;
    Assembled { at, received, identity, text: excerpt(text), fact }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
