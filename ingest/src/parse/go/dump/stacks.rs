//! The stacks.

use crate::event::go::GoReason;
use crate::parse::go::line::Line;
use crate::parse::go::opener::{self, Opener};
use crate::parse::go::{GoDump, State, frame};

/// Lines of this length may have been cut: journald before v235 stores at most 2048 bytes as one (LINE_MAX),
/// later what LineMax says.
const LONGEST_LINE: usize = 2_047;

impl GoDump {
    pub(super) fn stack(&mut self, text: &[u8], line: &Line<'_>) -> bool {
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
    pub(super) fn thread(&mut self, text: &[u8], line: &Line<'_>) -> bool {
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
    pub(super) fn other(&mut self, text: &[u8]) -> bool {
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
    pub(super) fn recovered(&mut self, text: &[u8], line: &Line<'_>) -> bool {
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

    pub(super) fn frame(&mut self, line: &Line<'_>) {
        match line {
            Line::Function(name) => self.stacks.function(name),
            Line::Place(place) => self.stacks.place(place),
            Line::CreatedBy(name) => self.stacks.creator(name),
            _ => {}
        }
    }

    pub(super) fn confirm(&mut self) {
        if let Some(cause) = &mut self.cause {
            cause.confirm();
        }
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
