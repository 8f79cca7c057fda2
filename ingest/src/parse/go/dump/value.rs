//! What stands before the stacks: the value of a panic, the words of a fatal error, the signal.

use super::MAX_SIGNAL;
use crate::event::go::GoReason;
use crate::parse::go::cause::{self, Cause};
use crate::parse::go::line::Line;
use crate::parse::go::opener::{self, Opener};
use crate::parse::go::{GoDump, State, Taken};
use crate::parse::{Record, clip};

impl GoDump {
    pub(super) fn value(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> Taken {
        let Some(cause) = &mut self.cause else { return Taken::No };
        let panic = cause.reason == GoReason::Panic;
        match *line {
            Line::Blank => return Taken::Yes,
            Line::Header(_) | Line::RuntimeStack => {
                self.state = State::Stack;
                let _own = self.stack(text, line);
                return self.proved(record);
            }
            Line::Signal(name) => {
                cause.confirm();
                cause.signal = name.map(|name| clip(name, MAX_SIGNAL));
                self.state = State::Fault;
                return self.proved(record);
            }
            Line::Exit => {
                self.exited = true;
                if !panic {
                    self.state = State::Ended;
                    return self.proved(record);
                }
            }
            Line::Detail => return self.proved(record),
            Line::Counter => {
                if let Some(suspect) = self.suspect.take() {
                    *self = *suspect;
                    return self.line(record, text);
                }
            }
            _ => {}
        }
        self.suspect = None;
        if let Some(value) = opener::indented_panic(text).filter(|_| panic) {
            cause.link(value, text);
            return self.proved(record);
        }
        match opener::opener(text) {
            Some(Opener::Fatal(message))
                if panic && text.starts_with(b"\t") && cause::interrupts(message) =>
            {
                cause.follow(cause::classify(message), message, text);
                self.proved(record)
            }
            Some(Opener::Fatal(_)) if !panic && !cause.has_guesses() => self.proved(record),
            Some(Opener::Panic(value)) if panic && cause.is_recovered() => {
                cause.follow(GoReason::Panic, value, text);
                self.proved(record)
            }
            Some(opener) if panic && !self.exited && supersedes(&opener) => {
                *self = Self::begin(record, text, &opener);
                Taken::Yes
            }
            Some(Opener::Panic(_)) => Taken::No,
            Some(_) if !panic => Taken::No,
            Some(opener @ Opener::Signal { .. }) if cause.guess(text) => {
                self.suspect = Some(Box::new(Self::begin(record, text, &opener)));
                Taken::Yes
            }
            _ if text.starts_with(b"\t") && !cause.has_guesses() => {
                cause.add(text.get(1..).unwrap_or_default());
                self.proved(record)
            }
            _ => {
                let more = if panic { cause.guess(text) } else { cause.ignore() };
                if more { Taken::Yes } else { Taken::No }
            }
        }
    }

    /// Behind the signal come the stacks; until the world has stopped, another thread may get a line in.
    pub(super) fn fault(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> Taken {
        match line {
            Line::Blank | Line::Detail | Line::Signal(_) => self.proved(record),
            Line::Header(_) | Line::RuntimeStack | Line::Thread | Line::Exit => {
                self.state = State::Stack;
                let _own = self.stack(text, line);
                self.proved(record)
            }
            _ => {
                let more = opener::opener(text).is_none() && self.cause.as_mut().is_some_and(Cause::ignore);
                if more { Taken::Yes } else { Taken::No }
            }
        }
    }

    pub(super) fn signal(&mut self, line: &Line<'_>) -> bool {
        if matches!(line, Line::Counter) {
            self.state = State::Fault;
        }
        matches!(line, Line::Blank | Line::Counter)
    }
}

/// Whether a line inside a panic's value, printed as it is, shows that the process lived on: what came before was a
/// line of its log. Words of `fatal error:` that the runtime does not have are text of the value.
fn supersedes(opener: &Opener<'_>) -> bool {
    match opener {
        Opener::Panic(_) | Opener::Serving(_) => true,
        Opener::Fatal(message) => {
            cause::interrupts(message) || cause::classify(message) != GoReason::FatalError
        }
        Opener::Signal { .. } | Opener::Prelude(_) | Opener::Mapping(_) | Opener::Race => false,
    }
}
