//! What a crash says of itself, before its stacks.

use serde::{Deserialize, Serialize};

use crate::event::go::{GoReason, MAX_VALUE};
use crate::parse::{clip, excerpt};

/// The cause of a crash or dump, as far as it has been read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cause {
    /// What kind of end it is.
    pub(super) reason: GoReason,
    /// The signal, where one was named.
    pub(super) signal: Option<Box<str>>,
    /// The line that names it.
    pub(super) text: Box<str>,
    /// Lines of the value that the limits left out.
    pub(super) dropped: u64,
    value: String,
    guessed: String,
    guesses: u32,
    recovered: bool,
    /// The value before the first link of the chain, and its line: where there is no chain, the links are its text.
    #[serde(default)]
    unlinked: Option<(String, Box<str>)>,
}

/// The most lines taken for a value's before something proves that there is a crash.
const MAX_GUESSES: u32 = 128;

/// What the runtime appends to a panic that was recovered: before Go 1.25 for any, later the second where the same
/// value was thrown again (runtime/panic.go, printpanics).
const RECOVERED: [&str; 2] = [" [recovered]", " [recovered, repanicked]"];

impl Cause {
    /// A cause whose value begins with the rest of its line.
    pub(super) fn new(reason: GoReason, value: &[u8], line: &[u8]) -> Self {
        let mut cause = Self {
            reason,
            signal: None,
            text: excerpt(line.trim_ascii()),
            dropped: 0,
            value: String::new(),
            guessed: String::new(),
            guesses: 0,
            recovered: false,
            unlinked: None,
        };
        cause.recovered = ends_recovered(value);
        cause.value.push_str(&clip(value, MAX_VALUE));
        cause
    }

    /// Whether the panic read last was recovered, so that another must follow.
    pub(super) fn is_recovered(&self) -> bool {
        self.recovered
    }

    /// Whether lines have been taken that nothing has proved yet.
    pub(super) fn has_guesses(&self) -> bool {
        self.guesses > 0
    }

    /// Goes on to the next panic of a chain, or to the fatal error that ended it.
    pub(super) fn follow(&mut self, reason: GoReason, value: &[u8], line: &[u8]) {
        let next = Self::new(reason, value, line);
        *self = Self { signal: self.signal.take(), dropped: self.dropped, ..next };
    }

    /// Goes on to what may be the next panic of a chain: from Go 1.23 on a value with such a line looks the same.
    pub(super) fn link(&mut self, value: &[u8], line: &[u8]) {
        let is_chain = self.recovered;
        self.unlink();
        let before = (std::mem::take(&mut self.value), self.text.clone());
        self.follow(GoReason::Panic, value, line);
        self.unlinked = Some(before).filter(|_| !is_chain);
    }

    /// Makes the links of a chain that is none text of the value. False where there are none.
    pub(super) fn unlink(&mut self) -> bool {
        let Some((mut value, text)) = self.unlinked.take() else { return false };
        let link = format!("panic: {}", self.value);
        self.dropped = self.dropped.saturating_add(append(&mut value, link.as_bytes()));
        (self.value, self.text) = (value, text);
        true
    }

    /// Adds a line of the value that its indentation proves (Go 1.23 and later, runtime/error.go, printindented).
    pub(super) fn add(&mut self, line: &[u8]) {
        self.confirm();
        self.dropped = self.dropped.saturating_add(append(&mut self.value, line));
        self.recovered = ends_recovered(line);
    }

    /// Adds a line that may belong to the value: before Go 1.23 it is printed as it is. False where that has gone on
    /// for so long that this is no crash.
    pub(super) fn guess(&mut self, line: &[u8]) -> bool {
        self.guesses = self.guesses.saturating_add(1);
        if self.guesses > MAX_GUESSES {
            return false;
        }
        self.dropped = self.dropped.saturating_add(append(&mut self.guessed, line));
        self.recovered = ends_recovered(line);
        true
    }

    /// Takes a line that belongs to nothing, under the same limit.
    pub(super) fn ignore(&mut self) -> bool {
        self.guesses = self.guesses.saturating_add(1);
        self.guesses <= MAX_GUESSES
    }

    /// Makes the lines that were guessed part of the value: what follows them proved it.
    pub(super) fn confirm(&mut self) {
        if !self.guessed.is_empty() {
            let guessed = std::mem::take(&mut self.guessed);
            self.dropped = self.dropped.saturating_add(append(&mut self.value, guessed.as_bytes()));
        }
        self.guesses = 0;
    }

    /// The value, without the remarks of the runtime.
    pub(super) fn value(&self) -> Box<str> {
        let value = RECOVERED.iter().find_map(|remark| self.value.strip_suffix(remark));
        clip(value.unwrap_or(&self.value).as_bytes(), MAX_VALUE)
    }
}

fn ends_recovered(line: &[u8]) -> bool {
    RECOVERED.iter().any(|remark| line.ends_with(remark.as_bytes()))
}

/// Appends a line to a bounded text. Empty lines are left out, as a journal does. Returns how many lines were lost.
fn append(text: &mut String, line: &[u8]) -> u64 {
    if line.trim_ascii().is_empty() {
        return 0;
    }
    let room = MAX_VALUE.saturating_sub(text.len());
    if room < 2 {
        return 1;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&clip(line, room));
    u64::from(line.len() > room)
}

/// Sorts the message of a `fatal error:` (the literals of throw and fatal in the sources of runtime, sync and
/// internal/runtime/maps, Go 1.19 to 1.27).
pub(super) fn classify(message: &[u8]) -> GoReason {
    let begins = |words: &[u8]| message.starts_with(words);
    let holds = |words: &[u8]| memchr::memmem::find(message, words).is_some();
    if begins(b"all goroutines are asleep") || begins(b"no goroutines (main called") {
        GoReason::Deadlock
    } else if begins(b"concurrent map ") {
        GoReason::ConcurrentMap
    } else if holds(b"out of memory") || holds(b"cannot allocate") {
        GoReason::OutOfMemory
    } else if holds(b"stack overflow") {
        GoReason::StackOverflow
    } else if holds(b"thread exhaustion") || holds(b"newosproc") {
        GoReason::ThreadExhaustion
    } else {
        GoReason::FatalError
    }
}

/// What the lines before a `fatal error:` say of its kind, where the message itself does not.
pub(super) fn circumstance(prelude: &[u8]) -> GoReason {
    let holds = |words: &[u8]| memchr::memmem::find(prelude, words).is_some();
    if holds(b"-thread limit") || holds(b"new OS thread") {
        GoReason::ThreadExhaustion
    } else if holds(b"goroutine stack exceeds") {
        GoReason::StackOverflow
    } else if prelude.starts_with(b"mmap") || holds(b"out of memory") || holds(b"cannot allocate") {
        GoReason::OutOfMemory
    } else {
        GoReason::FatalError
    }
}

/// Whether a message is one that the runtime prints below the panics it interrupts (Go 1.26 and later,
/// runtime/panic.go, fatal): else an indented `fatal error:` is the second line of a panic's own value.
pub(super) fn interrupts(message: &[u8]) -> bool {
    let reason = classify(message);
    matches!(reason, GoReason::Deadlock | GoReason::ConcurrentMap)
        || message.starts_with(b"sync: ")
        || message.starts_with(b"go of nil func value")
        || memchr::memmem::find(message, b"synctest").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_fatal_errors() {
        for (message, reason) in [
            ("all goroutines are asleep - deadlock!", GoReason::Deadlock),
            ("no goroutines (main called runtime.Goexit) - deadlock!", GoReason::Deadlock),
            ("concurrent map writes", GoReason::ConcurrentMap),
            ("concurrent map read and map write", GoReason::ConcurrentMap),
            ("concurrent map iteration and map write", GoReason::ConcurrentMap),
            ("concurrent map clone and map write", GoReason::ConcurrentMap),
            ("out of memory", GoReason::OutOfMemory),
            ("runtime: out of memory", GoReason::OutOfMemory),
            ("runtime: cannot allocate memory", GoReason::OutOfMemory),
            ("out of memory (stackalloc)", GoReason::OutOfMemory),
            ("stack overflow", GoReason::StackOverflow),
            ("thread exhaustion", GoReason::ThreadExhaustion),
            ("newosproc", GoReason::ThreadExhaustion),
            ("runtime.newosproc", GoReason::ThreadExhaustion),
            ("fault", GoReason::FatalError),
            ("sync: unlock of unlocked mutex", GoReason::FatalError),
            ("found bad pointer in Go heap (incorrect use of unsafe or cgo?)", GoReason::FatalError),
        ] {
            assert_eq!(classify(message.as_bytes()), reason, "{message}");
        }
    }

    #[test]
    fn a_value_is_bounded_and_says_so() {
        let mut cause = Cause::new(GoReason::Panic, b"first", b"panic: first");
        for _ in 0..1000 {
            cause.add(b"0123456789");
        }
        assert!(cause.value().len() <= MAX_VALUE);
        assert!(cause.dropped > 900);
    }

    #[test]
    fn guesses_count_only_once_proved() {
        let mut cause = Cause::new(GoReason::Panic, b"first", b"panic: first");
        assert!(cause.guess(b"second") && cause.guess(b"") && cause.guess(b"third"));
        assert_eq!(&*cause.value(), "first");
        cause.confirm();
        assert_eq!(&*cause.value(), "first\nsecond\nthird");
        assert!((0..MAX_GUESSES).all(|_| cause.guess(b"x")));
        assert!(!cause.guess(b"x"));
    }
}
