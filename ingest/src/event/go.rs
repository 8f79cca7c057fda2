//! Crashes and dumps of Go programs.

use serde::{Deserialize, Serialize};

/// One crash, recovered panic or goroutine dump of a Go program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoFact {
    /// What kind of end it is.
    pub reason: GoReason,
    /// What was said after `panic:`, `fatal error:` or the signal's name; at most [`MAX_VALUE`] bytes. For a chain
    /// of panics, the last one: it is the one that ended the program.
    pub value: Box<str>,
    /// The signal of the `[signal …]` line or of the dump: `SIGSEGV`, `SIGQUIT`.
    pub signal: Option<Box<str>>,
    /// The goroutine at fault.
    pub goroutine: Option<Goroutine>,
    /// Its frames, at most [`MAX_FRAMES`], as printed: the innermost first.
    pub frames: Vec<Frame>,
    /// Where in `frames` the first one is that is not the runtime's or a standard library's.
    pub user_frame: Option<usize>,
    /// The function that started the goroutine at fault.
    pub created_by: Option<Box<str>>,
    /// How many goroutines the dump showed.
    pub goroutines: u32,
    /// They, grouped by state and first user frame, largest group first, at most [`MAX_GROUPS`].
    pub groups: Vec<GoroutineGroup>,
    /// Lines that were read and not kept, because a bound was reached.
    pub lines_dropped: u64,
}

/// The longest panic value kept, in bytes.
pub const MAX_VALUE: usize = 1024;
/// The most frames kept of the goroutine at fault.
pub const MAX_FRAMES: usize = 50;
/// The most groups of goroutines kept.
pub const MAX_GROUPS: usize = 16;

/// What kind of end a Go program came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoReason {
    /// `panic:` that nobody recovered.
    Panic,
    /// `http: panic serving`: net/http recovered it and the process lives.
    HttpPanic,
    /// `fatal error:` of any kind that has no name of its own here.
    FatalError,
    /// `fatal error: runtime: out of memory` and its like.
    OutOfMemory,
    /// `all goroutines are asleep - deadlock!`.
    Deadlock,
    /// `stack overflow`.
    StackOverflow,
    /// `thread exhaustion`.
    ThreadExhaustion,
    /// Concurrent map access.
    ConcurrentMap,
    /// A signal from outside made it dump: `SIGQUIT: quit`, `SIGABRT: abort`.
    SignalDump,
}

/// A goroutine's header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goroutine {
    /// Its number.
    pub id: u64,
    /// Its state: `running`, `chan receive`.
    pub state: Box<str>,
}

/// One frame of a stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The function, without its arguments.
    pub function: Box<str>,
    /// The source file.
    pub file: Option<Box<str>>,
    /// The line in it.
    pub line: Option<u32>,
}

/// Goroutines that wait in the same state at the same place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoroutineGroup {
    /// Their state.
    pub state: Box<str>,
    /// The longest wait among them, in minutes, where one was printed.
    pub minutes: Option<u64>,
    /// How many.
    pub count: u32,
    /// Their first frame outside the runtime, or the first of all.
    pub frame: Option<Box<str>>,
}
