//! One failure of one life, or one thing in a life that went on.

mod alone;
mod lines;

use nwlog_ingest::Id128;
use nwlog_ingest::event::{Context, DiskError, GoFact, Identity};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

pub(crate) use alone::Alone;

use crate::incident::{Cause, ContextLine, DiskDetail, Kind, OomDetail, Process};
use crate::key::Subject;
use crate::last_word::{self, LastWord};
use crate::life::{Dump, Kill, Life, Run};
use crate::rule::{Verdict, disk_full, go_panic, oom_kill};
use crate::timeline::{Items, TimelineItem};
use lines::{before, context, last_lines, line_item};

/// One failure of one life, or one thing in a life that went on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Occurrence {
    pub(crate) subject: Subject,
    pub(crate) life: Option<Id128>,
    pub(crate) life_number: u64,
    pub(crate) record: Identity,
    /// What would have been told alone, had the log ended before the life did.
    #[serde(default)]
    pub(crate) alone: Vec<Alone>,
    pub(crate) kind: Kind,
    pub(crate) cause: Option<Cause>,
    /// The life ended with it.
    pub(crate) is_ending: bool,
    /// It was told before, and its root is known only now.
    #[serde(default)]
    pub(crate) is_late: bool,
    /// It happened while a stop was asked for.
    pub(crate) is_requested: bool,
    pub(crate) first: Moment,
    pub(crate) last: Moment,
    /// When systemd recorded it.
    pub(crate) detected: Option<Moment>,
    pub(crate) up_again: Option<Moment>,
    pub(crate) is_restarted: bool,
    pub(crate) result: Option<Box<str>>,
    pub(crate) process: Option<Process>,
    /// The name of the process that left the dump.
    #[serde(default)]
    pub(crate) comm: Option<Box<str>>,
    /// What the program said of its end.
    #[serde(default)]
    pub(crate) last_word: Option<Box<str>>,
    pub(crate) oom: Option<OomDetail>,
    /// The block of the last kill.
    pub(crate) block: Option<u64>,
    pub(crate) disk: Option<DiskDetail>,
    pub(crate) go: Option<GoFact>,
    pub(crate) items: Items,
    /// Where what the subject said before it may stand, the best first, each with the moment that it is wanted up to.
    pub(crate) contexts: Vec<(Context, Moment)>,
    /// What its last lines told beside their text.
    #[serde(default)]
    pub(crate) fields: Vec<Box<str>>,
    pub(crate) cursors: Option<(Box<str>, Box<str>)>,
}

impl Occurrence {
    /// The error, and the mount or the directory, that others may have been refused in too.
    pub(crate) fn refusal(&self) -> Option<(DiskError, &str)> {
        let disk = self.disk.as_ref().filter(|_| self.kind == Kind::DiskFull)?;
        Some((disk.error, disk.mount.as_deref().or(disk.directory.as_deref())?))
    }

    /// An end of a life, from all that the life knows. Takes the facts that it tells out of the life.
    pub(crate) fn of_end(subject: &Subject, life: &mut Life, verdict: Verdict) -> Self {
        let end = life.exit.map(|(at, _)| at).or(life.ended()).unwrap_or(life.last);
        let detected = life.exit.map(|(at, _)| at).or(life.failed.as_ref().map(|(at, _)| *at));
        let mut told = Self { is_ending: true, detected, ..Self::of_life(subject, life, &verdict) };
        told.process = Some(process(life));
        let last = last_lines(life, told.kind);
        let facts = life.kills.len() + life.dumps.len() + life.runs.len();
        told.items.list.reserve_exact(1 + last.len() + life.near.len() + life.items.list.len() + facts);
        if let Some(word) = last_word::of(life, &verdict) {
            told.last_word = Some(word.text());
            match word {
                LastWord::Line(_, line) if last.iter().any(|other| std::ptr::eq(*other, line)) => {}
                LastWord::Line(_, line) => told.items.push(line_item(subject, line, &end)),
                LastWord::Race(item) => told.items.push(item.clone()),
            }
        }
        let until = if told.kind == Kind::OomKill { &verdict.at } else { &end };
        told.fields = last.iter().flat_map(|line| &line.fields).cloned().collect();
        last.into_iter().for_each(|line| told.items.push(line_item(subject, line, until)));
        life.take_near(&end).for_each(|item| told.items.push(item));
        // What a life used says something where it was too much.
        let memory = told.kind == Kind::OomKill || told.cause == Some(Cause::OutOfMemory);
        life.resources.take().into_iter().filter(|_| memory).for_each(|item| told.items.push(item));
        let items = std::mem::take(&mut life.items);
        let told_of = |item: &TimelineItem| !matches!(&*item.event, "starting" | "started" | "finished");
        items.list.into_iter().filter(told_of).for_each(|item| told.items.push(item));
        told.items.dropped += items.dropped;
        // A kill or a refusal that does not explain the end is a story of its own.
        let (killed, refused) = (told.kind == Kind::OomKill, told.kind == Kind::DiskFull);
        life.has_kill |= killed;
        let kills = take(&mut life.kills, |_| killed);
        let dumps = take(&mut life.dumps, |dump| !dump.is_recovered());
        let runs = take(&mut life.runs, |_| refused);
        told.alone = alone::alone(subject, life, &kills, &dumps, &runs);
        let is_bare = kills.is_empty() && dumps.is_empty() && runs.is_empty();
        kills.into_iter().for_each(|kill| told.add_kill(kill));
        dumps.into_iter().for_each(|dump| told.add_dump(dump, &end));
        runs.into_iter().for_each(|run| told.add_run(run, &end));
        if is_bare || killed {
            told.add_context(life.context.as_ref());
        }
        told
    }

    /// The kills of one block, which the life outlived.
    pub(crate) fn of_kills(subject: &Subject, life: &Life, kills: Vec<Kill>) -> Option<Self> {
        let mut told = Self::of_life(subject, life, &oom_kill::of_kill(kills.first()?));
        kills.into_iter().for_each(|kill| told.add_kill(kill));
        Some(told)
    }

    /// A kill that systemd alone told of, and the life outlived.
    pub(crate) fn of_word(subject: &Subject, life: &Life, at: Moment) -> Self {
        let cause = life.oomd.map(|_| Cause::Oomd);
        let verdict =
            Verdict { kind: Kind::OomKill, cause, at, record: life.kill_told_by.unwrap_or(life.record) };
        let mut told = Self::of_life(subject, life, &verdict);
        let says_so = |item: &&TimelineItem| matches!(&*item.event, "oom-told" | "oomd-told" | "oomd-kill");
        life.items.list.iter().filter(says_so).for_each(|item| told.items.push(item.clone()));
        told
    }

    /// A dump that the life outlived.
    pub(crate) fn of_dump(subject: &Subject, life: &Life, dump: Dump) -> Self {
        let verdict = go_panic::of_dump(&dump, &dump.at);
        let mut told = Self::of_life(subject, life, &verdict);
        let at = dump.at;
        told.add_dump(dump, &at);
        told
    }

    /// A run of refusals that the life outlived.
    pub(crate) fn of_run(subject: &Subject, life: &Life, run: Run) -> Self {
        let cause = disk_full::cause(run.error);
        let verdict = Verdict { kind: Kind::DiskFull, cause, at: run.first, record: run.record };
        let mut told = Self::of_life(subject, life, &verdict);
        told.last = run.last;
        let end = run.last;
        told.add_run(run, &end);
        told
    }

    fn of_life(subject: &Subject, life: &Life, verdict: &Verdict) -> Self {
        Self {
            subject: subject.clone(),
            life: life.invocation,
            life_number: life.number,
            record: verdict.record,
            alone: Vec::new(),
            kind: verdict.kind,
            cause: verdict.cause,
            is_ending: false,
            is_late: false,
            is_requested: life.is_requested(),
            first: verdict.at,
            last: life.ended().unwrap_or(verdict.at),
            detected: None,
            up_again: life.up_again,
            is_restarted: life.restart.is_some(),
            result: life
                .failed
                .as_ref()
                .map(|(_, result)| result.clone())
                .filter(|result| !result.is_empty()),
            process: None,
            comm: None,
            last_word: None,
            oom: None,
            block: None,
            disk: None,
            go: None,
            items: Items::default(),
            contexts: Vec::new(),
            fields: Vec::new(),
            cursors: life.cursors.clone(),
        }
    }

    /// What the subject said before it.
    pub(crate) fn context(&self) -> Vec<ContextLine> {
        let told = self.contexts.iter().map(|(lines, until)| context(lines, until, self.life));
        told.into_iter().find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    /// What the lines of the context told beside their text.
    pub(crate) fn context_fields(&self) -> Vec<Box<str>> {
        let told = self.contexts.iter().map(|(lines, until)| before(lines, until, self.life));
        let lines = told.into_iter().find(|lines| !lines.is_empty()).unwrap_or_default();
        lines.into_iter().flat_map(|line| &line.fields).cloned().collect()
    }

    fn add_context(&mut self, lines: Option<&Context>) {
        self.contexts.extend(lines.map(|lines| (lines.clone(), self.first)));
    }

    fn add_kill(&mut self, kill: Kill) {
        if self.kind == Kind::OomKill {
            for item in &kill.items.list {
                if item.at.order(&self.first).is_lt() {
                    self.first = item.at;
                }
            }
        }
        self.contexts.push((kill.context, self.first));
        self.items.extend(kill.items);
        // The first victim of a block is the one that the kernel chose; the rest of its group goes along.
        if self.block.replace(kill.oom.block) == Some(kill.oom.block) {
            return;
        }
        let victim = &kill.oom.victim;
        let process = self.process.get_or_insert_default();
        process.pid = Some(victim.pid);
        process.comm = Some(victim.comm.clone());
        self.oom = Some(OomDetail {
            constraint: kill.oom.constraint,
            invoker: kill.oom.invoker,
            victim: Some(kill.oom.victim),
            oom_memcg: kill.oom.oom_memcg,
            usage_kb: kill.oom.usage_kb,
            limit_kb: kill.oom.limit_kb,
            top: kill.oom.top,
        });
    }

    fn add_dump(&mut self, dump: Dump, end: &Moment) {
        let mut item = dump.item;
        if item.at.order(end).is_gt() {
            item.at = *end;
        }
        self.items.push(item);
        self.contexts.push((dump.context, *end));
        if self.kind == Kind::DiskFull && self.disk.is_none() {
            self.disk = refused_value(&dump.go);
        }
        let process = self.process.get_or_insert_default();
        process.pid = process.pid.or(dump.pid);
        self.comm = dump.comm;
        self.go = Some(dump.go);
    }

    fn add_run(&mut self, run: Run, end: &Moment) {
        let mut item = run.item;
        if item.at.order(end).is_gt() {
            item.at = *end;
        }
        if item.at.order(&self.first).is_lt() {
            self.first = item.at;
        }
        self.items.push(item);
        self.contexts.push((run.context, *end));
        match &mut self.disk {
            Some(disk) => disk.refused += run.refused,
            None => {
                self.disk = Some(DiskDetail {
                    path: run.path,
                    directory: run.directory,
                    mount: None,
                    device: run.device,
                    error: run.error,
                    refused: run.refused,
                });
            }
        }
    }
}

/// What a panic's value says of the refusal that it ends in.
fn refused_value(go: &GoFact) -> Option<DiskDetail> {
    let fact = nwlog_ingest::parse::disk::refused(go.value.as_bytes())?;
    let nwlog_ingest::event::DiskFact { error, path, directory, device, .. } = fact;
    Some(DiskDetail { path, directory, mount: None, device, error, refused: 1 })
}

fn process(life: &Life) -> Process {
    let pid = life.last_lines().find_map(|line| line.pid);
    Process { pid, comm: None, exit: life.exit.or(life.control_exit).map(|(_, exit)| exit) }
}

fn take<T>(facts: &mut Vec<T>, wanted: impl Fn(&T) -> bool) -> Vec<T> {
    if facts.iter().all(&wanted) {
        return std::mem::take(facts);
    }
    let (taken, left) = std::mem::take(facts).into_iter().partition(wanted);
    *facts = left;
    taken
}
