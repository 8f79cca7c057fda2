//! What each state of a dump makes of the next line.

use super::cause::{self, Cause};
use super::frame;
use super::line::{Line, line as read};
use super::opener::{self, Opener};
use super::quoted::unquote;
use super::race::{self, Part};
use super::{GoDump, State, Taken, circumstance, lines};
use crate::event::go::GoReason;
use crate::parse::{Record, clip};

/// The longest name of a signal kept, in bytes.
const MAX_SIGNAL: usize = 16;

/// Lines of this length may have been cut: journald before v235 stores at most 2048 bytes as one (LINE_MAX),
/// later what LineMax says.
const LONGEST_LINE: usize = 2_047;

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

    fn signal(&mut self, line: &Line<'_>) -> bool {
        if matches!(line, Line::Counter) {
            self.state = State::Fault;
        }
        matches!(line, Line::Blank | Line::Counter)
    }

    fn value(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> Taken {
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

    /// Behind the signal come the stacks; until the world has stopped, another thread may get a line in.
    fn fault(&mut self, record: &Record<'_>, text: &[u8], line: &Line<'_>) -> Taken {
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

    fn stack(&mut self, text: &[u8], line: &Line<'_>) -> bool {
        let running = self.running();
        match line {
            Line::Header(header) => self.stacks.begin(header, running),
            Line::RuntimeStack => {
                self.confirm();
                self.stacks.end(running);
            }
            Line::Thread => {
                self.stacks.end(running);
                self.state = State::Thread;
            }
            Line::Exit => self.state = State::Ended,
            Line::Blank | Line::Detail | Line::Signal(_) => {}
            Line::Counter => return false,
            Line::Other => return self.other(text),
            Line::Function(_) | Line::Place(_) | Line::CreatedBy(_) => {
                self.confirm();
                self.frame(line);
            }
            Line::Ancestor => self.stacks.ancestor(),
            Line::Unavailable => self.stacks.unavailable(),
            Line::Elided => {}
        }
        true
    }

    /// The next thread's dump: it begins like one that was asked for.
    fn thread(&mut self, text: &[u8], line: &Line<'_>) -> bool {
        match line {
            Line::Blank | Line::Detail | Line::Counter | Line::Thread => true,
            Line::Header(_) | Line::RuntimeStack | Line::Exit => {
                self.state = State::Stack;
                self.stack(text, line)
            }
            _ => matches!(opener::opener(text), Some(Opener::Signal { .. })),
        }
    }

    /// A line that looks like nothing a stack has.
    fn other(&mut self, text: &[u8]) -> bool {
        let rest = std::mem::take(&mut self.is_cut) && opener::opener(text).is_none();
        let long = text.len() >= LONGEST_LINE;
        if rest || (long && is_cut_function(text)) {
            self.is_cut = long;
            self.stacks.dropped = self.stacks.dropped.saturating_add(1);
            return true;
        }
        if self.stacks.expects_place()
            && let Some(place) = frame::place(text)
        {
            self.stacks.place(&place);
            return true;
        }
        if is_c_function(text) {
            self.stacks.c_function(text);
            return true;
        }
        // No crash begins right below a header: the header was part of a value that was printed as it is.
        let spoof = self.stacks.at_header()
            && matches!(opener::opener(text), Some(Opener::Panic(_) | Opener::Fatal(_)));
        if spoof
            && self.cause.as_mut().is_some_and(|cause| cause.reason == GoReason::Panic && cause.guess(text))
        {
            self.stacks.retract();
            self.state = State::Value;
            return true;
        }
        opener::opener(text).is_none() && self.stacks.interrupt()
    }

    /// A goroutine that net/http printed: only its own lines, for the process goes on to log.
    fn recovered(&mut self, text: &[u8], line: &Line<'_>) -> bool {
        match line {
            Line::Function(_) | Line::Place(_) | Line::CreatedBy(_) => self.frame(line),
            Line::Ancestor => self.stacks.ancestor(),
            Line::Elided | Line::Unavailable => {}
            Line::Other if self.stacks.expects_place() => match frame::place(text) {
                Some(place) => self.stacks.place(&place),
                None => return false,
            },
            _ => return false,
        }
        true
    }

    fn frame(&mut self, line: &Line<'_>) {
        match line {
            Line::Function(name) => self.stacks.function(name),
            Line::Place(place) => self.stacks.place(place),
            Line::CreatedBy(name) => self.stacks.creator(name),
            _ => {}
        }
    }

    fn confirm(&mut self) {
        if let Some(cause) = &mut self.cause {
            cause.confirm();
        }
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

/// Whether a line begins as a function does, with its package, and goes on with arguments.
fn is_cut_function(text: &[u8]) -> bool {
    let head = memchr::memchr(b'(', text).and_then(|at| text.get(..at)).unwrap_or_default();
    head.contains(&b'.') && !head.iter().any(u8::is_ascii_whitespace)
}

/// Whether a line can be a function of C, as a symbolizer prints it (runtime/traceback.go, printOneCgoTraceback): `??`
/// where it knows none.
fn is_c_function(text: &[u8]) -> bool {
    if text == b"??" {
        return true;
    }
    let rooted = text.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    rooted
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_:~<>".contains(byte))
        && !text.ends_with(b":")
}
