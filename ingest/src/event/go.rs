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
    /// They, grouped by state and by the whole stack below the runtime, largest group first, at most
    /// [`MAX_GROUPS`].
    pub groups: Vec<GoroutineGroup>,
    /// Lines that were read and not kept because a bound was reached, and lines that journald dropped meanwhile.
    pub lines_dropped: u64,
    /// What the runtime said before a fatal error.
    #[serde(default, skip_serializing_if = "Circumstance::is_empty")]
    pub circumstance: Circumstance,
    /// Every line stood behind a logger's prefix: it may be an echo of another program's crash, and holds only beside
    /// an exit with status 2.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prefixed: bool,
}

/// The circumstances of a fatal error, as far as the runtime told them (Go, src/runtime: stack.go, proc.go,
/// os_linux.go, malloc.go, mem_linux.go, signal_unix.go).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstance {
    /// `goroutine stack exceeds N-byte limit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack_limit: Option<u64>,
    /// `program exceeds N-thread limit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_limit: Option<u64>,
    /// `failed to create new OS thread (have N already; …)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<u64>,
    /// `cannot allocate N-byte block`: the bytes that were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<u64>,
    /// `(N in use)`: the bytes that the heap had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use: Option<u64>,
    /// `unexpected fault address 0x…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault_address: Option<u64>,
    /// `mmap: too much locked memory`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub locked_memory: bool,
}

impl Circumstance {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The longest panic value kept, in bytes.
pub const MAX_VALUE: usize = 1024;
/// The most frames kept of the goroutine at fault.
pub const MAX_FRAMES: usize = 50;
/// The most groups of goroutines kept.
pub const MAX_GROUPS: usize = 16;
/// The most frames kept of a group's stack.
pub const MAX_GROUP_FRAMES: usize = 4;

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
    /// `WARNING: DATA RACE`: the race detector's report. The process lives, and ends with status 66 in the end.
    DataRace,
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

/// Goroutines in the same state with the same stack: many of them that wait are a leak.
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
    /// That frame and those below it which are not the runtime's, at most [`MAX_GROUP_FRAMES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Frame>,
}
