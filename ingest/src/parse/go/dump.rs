//! What each state of a dump makes of the next line.

mod stacks;
mod value;

use super::cause::{self, Cause};
use super::line::{Line, line as read};
use super::opener::{self, Opener};
use super::quoted::unquote;
use super::race::{self, Part};
use super::{GoDump, State, Taken, circumstance, lines};
use crate::event::go::GoReason;
use crate::parse::{Record, clip};

/// The longest name of a signal kept, in bytes.
const MAX_SIGNAL: usize = 16;

impl GoDump {
    /// Reads an opener, as the first line or below a prelude.
    pub(super) fn start(&mut self, record: &Record<'_>, line: &[u8], opener: &Opener<'_>) {
        let (state, cause) = match *opener {
            Opener::Panic(value) => (State::Value, Cause::new(GoReason::Panic, value, line)),
            Opener::Fatal(message) => (State::Value, Cause::new(cause::classify(message), message, line)),
            Opener::Signal { name, whole } => {
                let mut cause = Cause::new(GoReason::SignalDump, whole, line);
                cause.signal = Some(clip(name, MAX_SIGNAL));
                (State::Signal, cause)
            }
            Opener::Race => (State::Race, Cause::new(GoReason::DataRace, b"", line)),
            Opener::Mapping(text) => {
                circumstance::note(&mut self.told, text);
                (State::Prelude, Cause::new(GoReason::OutOfMemory, text, line))
            }
            Opener::Prelude(text) => {
                circumstance::note(&mut self.told, text);
                if self.circumstance == GoReason::FatalError {
                    self.circumstance = cause::circumstance(text);
                }
                return;
            }
            Opener::Serving(value) => return self.serve(record, line, value),
        };
        self.state = state;
        self.cause = Some(cause);
    }

    fn serve(&mut self, record: &Record<'_>, line: &[u8], value: &[u8]) {
        self.state = State::Serving;
        let Some(plain) = unquote(value) else {
            self.cause = Some(Cause::new(GoReason::HttpPanic, value, line));
            return;
        };
        let mut lines = lines(&plain);
        let value = lines.next().unwrap_or_default();
        self.cause = Some(Cause::new(GoReason::HttpPanic, value, line));
        let _rest = lines.find(|line| self.line(record, line) == Taken::No);
        self.stacks.end(true);
        if self.state == State::Recovered {
            self.state = State::Ended;
        }
    }

    /// Reads the next line. A record can hold several.
    pub(super) fn line(&mut self, record: &Record<'_>, text: &[u8]) -> Taken {
        let text = match self.prefix.as_ref().map(|prefix| prefix.strip(text)) {
            None => text,
            Some(Some(text)) => text,
            Some(None) => return Taken::No,
        };
        let line = read(text);
        let taken = match self.state {
            State::Prelude => self.prelude(record, text, &line),
            State::Signal => self.signal(&line),
            State::Value => return self.value(record, text, &line),
            State::Serving => return self.serving(record, text, &line),
            State::Fault => return self.fault(record, text, &line),
            State::Stack => self.stack(text, &line),
            State::Thread => self.thread(text, &line),
            State::Race => self.race(text),
            State::Recovered => self.recovered(text, &line),
            State::Ended => false,
        };
        if taken { self.proved(record) } else { Taken::No }
    }

    /// The line is the dump's own. A clock that was set back does not make the dump end before it began.
    fn proved(&mut self, record: &Record<'_>) -> Taken {
        if record.received.order(&self.received).is_ge() {
            self.received = record.received;
        }
        Taken::Yes
    }

    fn prelude(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> bool {
        match opener::opener(text) {
            Some(Opener::Serving(_)) => false,
            Some(opener) => {
                self.start(record, text, &opener);
                true
            }
            None => {
                matches!(line, Line::Blank | Line::Detail)
                    || text.starts_with(b" ")
                    || text.starts_with(b"\t")
            }
        }
    }

    fn serving(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> Taken {
        let Some(cause) = &mut self.cause else { return Taken::No };
        if let Line::Header(header) = line {
            cause.confirm();
            self.stacks.begin(header, true);
            self.state = State::Recovered;
            return self.proved(record);
        }
        let taken = opener::opener(text).is_none() && cause.guess(text);
        if taken { Taken::Yes } else { Taken::No }
    }

    /// A report has no lines of others: what is none of its own ends it.
    fn race(&mut self, text: &[u8]) -> bool {
        let Some(part) = race::part(text) else { return false };
        match part {
            Part::Access(goroutine) => {
                if let Some(cause) = self.cause.as_mut().filter(|_| self.stacks.is_untouched()) {
                    let access = text.trim_ascii();
                    let access = access.strip_suffix(b":").unwrap_or(access);
                    cause.follow(GoReason::DataRace, access, access);
                    self.stacks.begin(&race::header(goroutine), true);
                } else {
                    self.stacks.ancestor();
                }
            }
            Part::Other => self.stacks.ancestor(),
            Part::Frame(line) => race::frame(&mut self.stacks, line),
            Part::End => self.state = State::Ended,
        }
        true
    }
}
