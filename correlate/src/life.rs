//! One life of a unit: what is known of it, in whatever order it became known.

mod facts;

use std::collections::VecDeque;

use nwlog_ingest::Id128;
use nwlog_ingest::event::unit::{Exit, TimeoutPhase};
use nwlog_ingest::event::{Context, Identity, Line};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

pub(crate) use facts::{Dump, Kill, Run};

use crate::timeline::{Items, TimelineItem};

/// The kills, dumps and runs of refusals that one life keeps of each.
pub(crate) const MAX_FACTS: usize = 16;
/// The things near a life's end that it keeps.
const MAX_NEAR: usize = 4;
/// How far from the end of a life such a thing may be, in microseconds.
const NEAR_US: u64 = 60_000_000;
/// After so long without a refusal the next one is a new run, in microseconds.
pub(crate) const RUN_GAP_US: u64 = 10_000_000;

/// One life of a unit, from its start job to its end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Life {
    /// Its number among the unit's lives.
    pub(crate) number: u64,
    pub(crate) invocation: Option<Id128>,
    /// The first record that told of it.
    pub(crate) record: Identity,
    pub(crate) cursors: Option<(Box<str>, Box<str>)>,
    pub(crate) first: Moment,
    pub(crate) last: Moment,

    pub(crate) starting: Option<Moment>,
    pub(crate) up: Option<Moment>,
    /// Its start job ended with its process: a oneshot.
    pub(crate) finished: bool,
    pub(crate) stopping: Option<Moment>,
    /// A stop job ended, and none of the restarts that systemd does by itself.
    pub(crate) stopped: Option<Moment>,
    pub(crate) exit: Option<(Moment, Exit)>,
    pub(crate) control_exit: Option<(Moment, Exit)>,
    pub(crate) failed: Option<(Moment, Box<str>)>,
    pub(crate) succeeded: Option<Moment>,
    pub(crate) start_failed: Option<(Moment, Box<str>)>,
    pub(crate) restart: Option<Moment>,
    pub(crate) start_limit: Option<Moment>,
    /// When the unit was up again after this life.
    pub(crate) up_again: Option<Moment>,

    pub(crate) oom_told: Option<Moment>,
    pub(crate) oomd: Option<Moment>,
    /// The first record in which a manager or systemd-oomd told of a kill.
    #[serde(default)]
    pub(crate) kill_told_by: Option<Identity>,
    pub(crate) watchdog: Option<Moment>,
    pub(crate) timed_out: Option<(Moment, TimeoutPhase)>,
    pub(crate) spawn_failed: Option<Moment>,
    /// The manager sent a signal that ends a process.
    pub(crate) manager_signal: Option<Box<str>>,
    /// Someone asked the manager to send one.
    pub(crate) client_signal: Option<Box<str>>,

    pub(crate) kills: Vec<Kill>,
    /// A kill in it was seen or told of.
    pub(crate) has_kill: bool,
    pub(crate) dumps: Vec<Dump>,
    /// The race detector's first report in it: no crash, but why it ends with status 66.
    #[serde(default)]
    pub(crate) race: Option<Dump>,
    pub(crate) runs: Vec<Run>,
    pub(crate) items: Items,
    /// What the life used, by systemd's account.
    #[serde(default)]
    pub(crate) resources: Option<TimelineItem>,
    /// The newest things that matter only if they are near the end: a reload, a core, a process left over.
    #[serde(default)]
    pub(crate) near: VecDeque<TimelineItem>,
    /// The unit's lines before the first of these facts that is a failure.
    pub(crate) context: Option<Context>,
    /// The unit's lines before each record that tells of its end.
    pub(crate) ends: Vec<Context>,
    /// Its end was judged.
    pub(crate) judged: bool,
    /// The kills and dumps that do not explain its end.
    #[serde(default)]
    pub(crate) unexplaining: usize,
}

impl Life {
    pub(crate) fn new(number: u64, invocation: Option<Id128>, at: Moment, record: Identity) -> Self {
        Self {
            number,
            invocation,
            record,
            cursors: None,
            first: at,
            last: at,
            starting: None,
            up: None,
            finished: false,
            stopping: None,
            stopped: None,
            exit: None,
            control_exit: None,
            failed: None,
            succeeded: None,
            start_failed: None,
            restart: None,
            start_limit: None,
            up_again: None,
            oom_told: None,
            oomd: None,
            kill_told_by: None,
            watchdog: None,
            timed_out: None,
            spawn_failed: None,
            manager_signal: None,
            client_signal: None,
            kills: Vec::new(),
            has_kill: false,
            dumps: Vec::new(),
            race: None,
            runs: Vec::new(),
            items: Items::default(),
            resources: None,
            near: VecDeque::new(),
            context: None,
            ends: Vec::new(),
            judged: false,
            unexplaining: 0,
        }
    }

    /// When it began, as far as that was seen.
    pub(crate) fn began(&self) -> Option<Moment> {
        self.starting.or(self.up)
    }

    /// Whether its start failed for another unit; text tells of that twice.
    pub(crate) fn waited_in_vain(&self) -> bool {
        self.start_failed.as_ref().is_some_and(|(_, result)| &**result == "dependency")
    }

    /// When it ended.
    pub(crate) fn ended(&self) -> Option<Moment> {
        let ends = [
            self.exit.map(|(at, _)| at),
            self.failed.as_ref().map(|(at, _)| *at),
            self.start_failed.as_ref().map(|(at, _)| *at),
            self.succeeded,
            self.start_limit,
            self.stopped,
        ];
        ends.into_iter().flatten().min_by(Moment::order)
    }

    /// Whether a stop was asked for before it ended.
    ///
    /// `Stopping` says so. A stop job's `Stopped` says so too where no failure came first; that of a restart does
    /// not, for systemd up to v256 writes it for its own restarts.
    pub(crate) fn is_requested(&self) -> bool {
        let end = self.exit.map(|(at, _)| at).or(self.failed.as_ref().map(|(at, _)| *at)).or(self.succeeded);
        match (self.stopping, end) {
            (Some(_), None) => true,
            (Some(stopping), Some(end)) => stopping.order(&end).is_le(),
            (None, _) => {
                self.stopped.is_some_and(|stopped| !self.has_failed() || self.is_stop_of_start(&stopped))
            }
        }
    }

    /// A stop of a unit that is not up yet has no `Stopping`: the signals of the stop, and the stop job's end right after
    /// them, are all that tells of it.
    fn is_stop_of_start(&self, stopped: &Moment) -> bool {
        const AT_ONCE_US: u64 = 1_000_000;
        self.ended_by_stop_signal().is_some_and(|at| self.up.is_none() && stopped.since(&at) <= AT_ONCE_US)
    }

    /// Whether that job's end may still be to come, for one who reads no further.
    pub(crate) fn may_be_stop_of_start(&self) -> bool {
        let is_unexplained = self.kills.is_empty() && self.oom_told.or(self.oomd).or(self.watchdog).is_none();
        is_unexplained
            && self.starting.is_some()
            && self.up.is_none()
            && self.timed_out.is_none()
            && self.stopped.is_none()
            && self.restart.is_none()
            && self.start_failed.is_none()
            && self.ended_by_stop_signal().is_some()
    }

    fn ended_by_stop_signal(&self) -> Option<Moment> {
        use nwlog_ingest::event::unit::ExitCode;
        let by_stop =
            |(_, exit): &(Moment, Exit)| exit.code == ExitCode::Killed && [9, 15].contains(&exit.status);
        self.exit.or(self.control_exit).filter(by_stop).map(|(at, _)| at)
    }

    /// Whether its main process ended otherwise than with status zero.
    pub(crate) fn exited_badly(&self) -> bool {
        use nwlog_ingest::event::unit::ExitCode;
        self.exit.is_some_and(|(_, exit)| exit.code != ExitCode::Exited || exit.status != 0)
    }

    /// Whether its end is a failure by systemd's own word.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.is_some()
            || self.start_failed.is_some()
            || (self.exited_badly() && self.succeeded.is_none())
    }

    /// The life's own lines at its end, the newest first.
    pub(crate) fn last_lines(&self) -> impl Iterator<Item = &Line> + Clone {
        let began = self.began();
        let is_own = move |line: &&Line| match line.invocation {
            Some(invocation) => self.invocation == Some(invocation),
            // journald does not know the life of a process that was gone before it looked.
            None => self.invocation.is_some() && began.is_some_and(|began| line.at.order(&began).is_ge()),
        };
        let own = self.ends.iter().map(move |lines| lines.iter().rev().filter(is_own));
        own.filter(|lines| lines.clone().next().is_some()).take(1).flatten()
    }

    /// Whether any line of its own is known.
    pub(crate) fn has_lines(&self) -> bool {
        !self.dumps.is_empty() || !self.runs.is_empty() || self.last_lines().next().is_some()
    }

    /// Whether its main process left a core shortly before a moment.
    pub(crate) fn has_dumped(&self, at: &Moment) -> bool {
        use nwlog_ingest::event::unit::ExitCode;
        self.exit.is_some_and(|(end, exit)| {
            exit.code == ExitCode::Dumped && end.order(at).is_le() && at.since(&end) <= NEAR_US
        })
    }

    /// Lets go of what only its end needed, once that is judged.
    pub(crate) fn settle(&mut self) {
        self.ends = Vec::new();
        self.context = None;
        self.near = VecDeque::new();
        // A word of a kill may have to be told still.
        self.items.list.retain(|item| matches!(&*item.event, "oom-told" | "oomd-told" | "oomd-kill"));
    }

    /// Keeps a thing that matters only if it is near the end.
    pub(crate) fn keep_near(&mut self, item: TimelineItem) {
        if self.near.len() == MAX_NEAR
            && let Some(oldest) = self.near.pop_front()
            && item.at.since(&oldest.at) <= NEAR_US
        {
            self.items.dropped += oldest.count;
        }
        self.near.push_back(item);
    }

    /// Takes the things that are near the end.
    pub(crate) fn take_near(&mut self, end: &Moment) -> impl Iterator<Item = TimelineItem> {
        let end = *end;
        let is_near = move |item: &TimelineItem| end.since(&item.at).max(item.at.since(&end)) <= NEAR_US;
        std::mem::take(&mut self.near).into_iter().filter(is_near)
    }

    pub(crate) fn saw(&mut self, at: Moment, cursor: Option<&str>) {
        if at.order(&self.first).is_lt() {
            self.first = at;
        }
        if at.order(&self.last).is_gt() {
            self.last = at;
        }
        if let Some(cursor) = cursor {
            match &mut self.cursors {
                Some((_, last)) => *last = cursor.into(),
                None => self.cursors = Some((cursor.into(), cursor.into())),
            }
        }
    }
}
