//! Crashes and dumps of Go programs, put together from the lines of one writer.
//!
//! The runtime writes a crash as lines of text: what happened, and then the stack of every goroutine it shows. A
//! journal stores each line as an entry, without the empty ones, between entries of other writers. The caller keeps
//! one [`GoDump`] a writer and offers it that writer's lines.
//!
//! ```
//! use nwlog_ingest::event::Identity;
//! use nwlog_ingest::event::go::GoReason;
//! use nwlog_ingest::parse::Record;
//! use nwlog_ingest::parse::go::{GoDump, Taken};
//! use nwlog_ingest::time::Moment;
//!
//! let record = |text| Record { at: Moment::default(), received: Moment::default(), identity: Identity(1), text };
//! let mut dump = GoDump::open(&record(b"panic: boom")).ok_or("no opener")?;
//! for line in [&b"goroutine 1 [running]:"[..], b"main.main()", b"\t/src/main.go:5 +0x1d"] {
//!     assert_eq!(dump.push(&record(line)), Taken::Yes);
//! }
//! let crash = dump.finish().ok_or("no crash")?;
//! assert_eq!((crash.fact.reason, &*crash.fact.value), (GoReason::Panic, "boom"));
//! # Ok::<(), &str>(())
//! ```

mod cause;
mod circumstance;
mod dump;
mod frame;
mod groups;
mod header;
mod line;
mod opener;
mod package;
mod prefix;
mod quoted;
mod race;
mod stack;

use serde::{Deserialize, Serialize};

use self::cause::Cause;
use self::opener::Opener;
use self::prefix::Prefix;
use self::stack::{Stack, Stacks};
use super::{Assembled, Record};
use crate::event::Identity;
use crate::event::go::{Circumstance, GoFact, GoReason};
use crate::time::Moment;

/// Whether a line was part of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was, or it may have been.
    Yes,
    /// It was not: the dump has ended. It is finished, and the line is offered to [`GoDump::open`].
    No,
}

/// The longest silence inside a dump, in microseconds: GOTRACEBACK=crash waits up to 10 s for a thread
/// (runtime/signal_unix.go, sighandler).
const MAX_PAUSE: u64 = 30_000_000;

/// One crash or dump of one process, as far as it has been read. Lines of other processes must not be pushed.
///
/// | state | signature of a line | from | to |
/// |---|---|---|---|
/// | `Prelude` | `runtime: …`, `unexpected fault address …` | – | `Value`, `Signal` |
/// | `Signal` | `SIGxxx: text` | –, `Prelude` | `Fault` |
/// | `Value` | `panic: …`, `fatal error: …`; lines of its value; the next panic of a chain | –, `Prelude` | `Fault`, `Stack` |
/// | `Serving` | `… http: panic serving ADDR: …`; lines of its value | – | `Recovered` |
/// | `Fault` | `[signal …]`, `PC=0x…`; what the runtime adds to it | `Signal`, `Value` | `Stack` |
/// | `Stack` | `goroutine N […]:`, `runtime stack:`, frames, registers | `Value`, `Fault`, `Thread` | `Thread`, `Value` (the header was text of a value), `Ended` |
/// | `Thread` | `-----`, then `SIGQUIT: quit` and `PC=0x…` of the next thread | `Fault`, `Stack` | `Stack` |
/// | `Race` | a ruler, an access, `Goroutine N (state) created at:`, frames | – | `Ended` |
/// | `Recovered` | one goroutine's frames | `Serving` | `Ended` |
/// | `Ended` | `exit status N` of `go run` | `Value`, `Fault`, `Stack` | – |
///
/// Any other line, and any line after a silence of 30 s, ends it. A value that was printed without indentation
/// (before Go 1.23) can hold any text: up to 128 lines are taken on trust, and forgotten if no stack follows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GoDump {
    at: Moment,
    identity: Identity,
    received: Moment,
    heard: Moment,
    state: State,
    cause: Option<Cause>,
    circumstance: GoReason,
    #[serde(default)]
    told: Circumstance,
    /// What a logger put before every line.
    #[serde(default)]
    prefix: Option<Prefix>,
    /// The line read last was as long as journald lets a line be: what follows may be the rest of it.
    #[serde(default)]
    is_cut: bool,
    stacks: Stacks,
    exited: bool,
    /// A signal's line inside a value: a dump of its own, if a program counter follows.
    suspect: Option<Box<GoDump>>,
}

/// Where in a dump the line read last was: the table at [`GoDump`] says what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Prelude,
    Signal,
    Value,
    Serving,
    Fault,
    Stack,
    Thread,
    Race,
    Recovered,
    Ended,
}

impl GoDump {
    /// Whether a record may begin a dump: never false where [`GoDump::open`] finds one, and much cheaper.
    pub fn opens(text: &[u8]) -> bool {
        lines(text).any(opener::may_open)
    }

    /// The same of a text that has nothing of [`Self::INSIDE`] in it.
    pub(crate) fn opens_at_start(text: &[u8]) -> bool {
        lines(text).any(opener::may_begin)
    }

    /// What a text has in it that opens elsewhere than at a line's start.
    pub(crate) const INSIDE: [&'static [u8]; 2] = opener::INSIDE;

    /// Begins a dump, where a record's text, or one of its lines, is an opener.
    pub fn open(record: &Record<'_>) -> Option<Self> {
        let mut lines = lines(record.text);
        let (line, opener, prefix) = lines.find_map(opening)?;
        let mut dump = Self::begin(record, line, &opener);
        dump.prefix = prefix;
        for line in lines {
            if dump.line(record, line) == Taken::No {
                break;
            }
        }
        Some(dump)
    }

    /// Offers the writer's next record. What was taken may still turn out to be no part of the dump: a line that
    /// matters to others is to be shown to them as well.
    pub fn push(&mut self, record: &Record<'_>) -> Taken {
        if record.received.since(&self.heard) > MAX_PAUSE {
            return Taken::No;
        }
        let mut lines = lines(record.text);
        let taken = self.line(record, lines.next().unwrap_or_default());
        if taken == Taken::Yes {
            self.heard = record.received;
            let _rest = lines.find(|line| self.line(record, line) == Taken::No);
        }
        taken
    }

    /// Notes that journald dropped lines of the writer while the dump was read.
    pub fn lose(&mut self, lines: u64) {
        self.stacks.dropped = self.stacks.dropped.saturating_add(lines);
    }

    /// Ends the dump. Nothing where what was read turned out to be no crash: a circumstance without an error, a
    /// signal without a program counter, a recovered panic without a stack.
    ///
    /// A fact with `goroutines` 0 and no `signal` is *unconfirmed*: GOTRACEBACK=none, the deadlock of a main that
    /// called Goexit and a failure before the first goroutine (`runtime stack:` alone) look like that, and so does a
    /// program that merely logs the words. It holds only beside an exit with status 2.
    pub fn finish(mut self) -> Option<Assembled<GoFact>> {
        self.stacks.end(self.running());
        let mut cause = self.cause.take()?;
        let is_unproved = match self.state {
            State::Signal | State::Serving => true,
            _ => self.stacks.goroutines == 0 && (cause.reason == GoReason::DataRace || self.prefix.is_some()),
        };
        if is_unproved {
            return None;
        }
        if self.stacks.goroutines > 0 {
            cause.confirm();
        }
        let (groups, left_out) = self.stacks.groups();
        let panic = matches!(cause.reason, GoReason::Panic | GoReason::HttpPanic);
        let fault = self.stacks.fault.take();
        if self.stacks.dropped == 0 && fault.as_ref().is_some_and(Stack::is_of_one_panic) {
            cause.unlink();
        }
        let dropped =
            [cause.dropped, self.stacks.dropped, left_out, fault.as_ref().map_or(0, |stack| stack.dropped)];
        let fact = GoFact {
            reason: if cause.reason == GoReason::FatalError { self.circumstance } else { cause.reason },
            value: cause.value(),
            signal: cause.signal,
            user_frame: fault.as_ref().and_then(|stack| stack.user_frame(panic)),
            goroutines: self.stacks.goroutines,
            groups,
            lines_dropped: dropped.into_iter().fold(0, u64::saturating_add),
            goroutine: fault.as_ref().map(|stack| stack.goroutine.clone()),
            created_by: fault.as_ref().and_then(|stack| stack.created_by.clone()),
            frames: fault.map(|stack| stack.frames).unwrap_or_default(),
            circumstance: self.told,
            prefixed: self.prefix.is_some(),
        };
        let (at, received, identity) = (self.at, self.received, self.identity);
        Some(Assembled { at, received, identity, text: cause.text, fact })
    }

    fn begin(record: &Record<'_>, line: &[u8], opener: &Opener<'_>) -> Self {
        let mut dump = Self {
            at: record.at,
            identity: record.identity,
            received: record.received,
            heard: record.received,
            state: State::Prelude,
            cause: None,
            circumstance: GoReason::FatalError,
            told: Circumstance::default(),
            prefix: None,
            is_cut: false,
            stacks: Stacks::default(),
            exited: false,
            suspect: None,
        };
        dump.start(record, line, opener);
        dump
    }

    /// Whether the goroutine at fault is the one that runs. A dump that was asked for, and a deadlock, have none.
    fn running(&self) -> bool {
        let reason = self.cause.as_ref().map(|cause| cause.reason);
        !matches!(reason, Some(GoReason::SignalDump | GoReason::Deadlock))
    }
}

/// The opener in a line, as it is or behind a logger's prefix.
fn opening(line: &[u8]) -> Option<(&[u8], Opener<'_>, Option<Prefix>)> {
    if let Some(opener) = opener::opener(line) {
        return Some((line, opener, None));
    }
    let (prefix, line) = Prefix::of(line)?;
    Some((line, opener::opener(line)?, Some(prefix)))
}

/// The lines of a text, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = Some(text);
    std::iter::from_fn(move || {
        let text = left.take()?;
        let line = match memchr::memchr(b'\n', text).and_then(|at| text.split_at_checked(at)) {
            Some((line, more)) => {
                left = more.get(1..);
                line
            }
            None => text,
        };
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

#[cfg(test)]
mod tests;
