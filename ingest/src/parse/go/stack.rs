//! Goroutines: which one is at fault, and what the others wait for.

use serde::{Deserialize, Serialize};

use super::frame::Place;
use super::groups::Groups;
use super::header::Header;
use super::package::{is_runtime, is_user};
use crate::event::go::{Frame, Goroutine, GoroutineGroup, MAX_FRAMES, MAX_GROUP_FRAMES};
use crate::parse::clip;
use crate::parse::origin::hash;

/// The longest name of a function kept, in bytes.
const MAX_FUNCTION: usize = 256;
/// The longest path of a source file kept, in bytes.
const MAX_FILE: usize = 512;
/// The longest state of a goroutine kept, in bytes.
const MAX_STATE: usize = 64;

/// One goroutine's stack, as far as it has been read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Stack {
    pub(super) goroutine: Goroutine,
    pub(super) frames: Vec<Frame>,
    pub(super) created_by: Option<Box<str>>,
    /// Lines that the limits left out.
    pub(super) dropped: u64,
    pub(super) minutes: Option<u64>,
    /// The first user frame of all: its place in `frames`, which may be past the last one kept, and its name.
    user: Option<(usize, Box<str>)>,
    /// The first user frame below the outermost `panic`.
    below: Option<usize>,
    panicked: bool,
    depth: usize,
    /// What follows belongs to the goroutine that started this one.
    foreign: bool,
    /// The frame read last waits for its place.
    open: bool,
    /// A function of C, if its place follows.
    c_function: Option<Box<str>>,
    /// Something stood below the header.
    told: bool,
    /// A hash of the frames below the runtime and their places; 0 where there is none.
    #[serde(default)]
    shape: u64,
    /// The frame read last is part of that.
    #[serde(default)]
    shapes: bool,
}

impl Stack {
    fn new(header: &Header<'_>) -> Self {
        let goroutine = Goroutine { id: header.id, state: clip(header.state, MAX_STATE) };
        Self {
            goroutine,
            frames: Vec::new(),
            created_by: None,
            dropped: 0,
            minutes: header.minutes,
            user: None,
            below: None,
            panicked: false,
            depth: 0,
            foreign: false,
            open: false,
            c_function: None,
            told: false,
            shape: 0,
            shapes: false,
        }
    }

    fn function(&mut self, name: &[u8]) {
        self.c_function = None;
        if self.foreign {
            return;
        }
        self.told = true;
        let name = clip(name, MAX_FUNCTION);
        if &*name == "panic" {
            self.panicked = true;
            self.below = None;
        } else if is_user(&name) {
            self.user.get_or_insert_with(|| (self.depth, name.clone()));
            if self.panicked {
                self.below.get_or_insert(self.depth);
            }
        }
        self.shapes = !is_runtime(&name);
        if self.shapes {
            self.shape = hash(&[&self.shape.to_le_bytes(), name.as_bytes()]);
        }
        self.depth = self.depth.saturating_add(1);
        self.open = self.frames.len() < MAX_FRAMES;
        if self.open {
            self.frames.push(Frame { function: name, file: None, line: None });
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    fn place(&mut self, place: &Place<'_>) {
        if let Some(name) = self.c_function.take() {
            self.function(name.as_bytes());
        }
        if std::mem::take(&mut self.shapes) {
            self.shape = hash(&[&self.shape.to_le_bytes(), place.file, &place.line.to_le_bytes()]);
        }
        let open = std::mem::take(&mut self.open);
        if let Some(frame) = self.frames.last_mut().filter(|_| open) {
            frame.file = Some(clip(place.file, MAX_FILE));
            frame.line = Some(place.line);
        }
    }

    fn creator(&mut self, name: &[u8]) {
        self.open = false;
        self.shapes = false;
        self.told = true;
        if !self.foreign {
            self.created_by = Some(clip(name, MAX_FUNCTION));
        }
    }

    /// Where in `frames` the first user frame is: for a panic, the first one that is not a deferred function's.
    pub(super) fn user_frame(&self, panic: bool) -> Option<usize> {
        let first = self.user.as_ref().map(|(at, _)| *at);
        let at = if panic { self.below.or(first) } else { first };
        at.filter(|at| *at < self.frames.len())
    }

    /// Whether all of it was read, and nothing in it had panicked before: a panic's deferred functions stand above its frame
    /// (runtime/traceback.go, showframe, prints runtime.gopanic as `panic`).
    pub(super) fn is_of_one_panic(&self) -> bool {
        !self.panicked && self.dropped == 0 && !self.frames.is_empty()
    }

    fn label(&self) -> Option<&str> {
        let user = self.user.as_ref().map(|(_, name)| &**name);
        user.or_else(|| self.frames.first().map(|frame| &*frame.function))
    }

    /// What goroutines that wait for the same have in common. Those that show nothing but the runtime go by its
    /// first frame.
    pub(super) fn shape(&self) -> u64 {
        match self.shape {
            0 => hash(&[self.label().unwrap_or_default().as_bytes()]),
            shape => shape,
        }
    }

    /// The group that this goroutine is the first of.
    pub(super) fn group(&self) -> GoroutineGroup {
        let from = self.user.as_ref().map_or(0, |(at, _)| *at);
        let frames = self.frames.iter().skip(from).enumerate();
        let shown = frames.filter(|(number, frame)| *number == 0 || !is_runtime(&frame.function));
        GoroutineGroup {
            state: self.goroutine.state.clone(),
            minutes: self.minutes,
            count: 1,
            frame: self.label().map(Into::into),
            stack: shown.map(|(_, frame)| frame.clone()).take(MAX_GROUP_FRAMES).collect(),
        }
    }
}

/// The stacks of a dump, as far as they have been read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Stacks {
    /// The goroutine at fault, or the best so far.
    pub(super) fault: Option<Stack>,
    /// How many goroutines were shown.
    pub(super) goroutines: u32,
    /// Lines that the limits left out.
    pub(super) dropped: u64,
    current: Option<Stack>,
    /// The line read last named a function, of whatever stack.
    expects_place: bool,
    groups: Groups,
    /// How sure `fault` is.
    rank: Rank,
}

/// How well a goroutine fits to be the one at fault; of two that fit equally, the first one counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Rank {
    #[default]
    None,
    Scheduler,
    Any,
    Bare,
    Sure,
}

impl Stacks {
    /// Begins a goroutine. `running`: the one at fault is running, as after a panic; else it is the first one with a
    /// frame of the user's, as in a dump that was asked for.
    pub(super) fn begin(&mut self, header: &Header<'_>, running: bool) {
        self.end(running);
        self.current = Some(Stack::new(header));
    }

    /// Ends the goroutine that is being read.
    pub(super) fn end(&mut self, running: bool) {
        self.expects_place = false;
        let Some(stack) = self.current.take() else { return };
        self.goroutines = self.goroutines.saturating_add(1);
        let counted = self.groups.count(&stack);
        self.dropped = self.dropped.saturating_add(u64::from(!counted));
        let rank = match (stack.goroutine.id, running, &*stack.goroutine.state) {
            (0, ..) => Rank::Scheduler,
            (_, true, "running") if stack.frames.is_empty() => Rank::Bare,
            (_, true, "running") => Rank::Sure,
            (_, false, _) if stack.user.is_some() => Rank::Sure,
            _ => Rank::Any,
        };
        if rank > self.rank {
            self.rank = rank;
            self.fault = Some(stack);
        }
    }

    /// Whether no goroutine was read yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.current.is_none() && self.goroutines == 0
    }

    /// Forgets the goroutine that is being read: its header was text of a panic's value.
    pub(super) fn retract(&mut self) {
        self.current = None;
    }

    /// Whether a goroutine is being read, of which nothing is known but its header.
    pub(super) fn at_header(&self) -> bool {
        self.current.as_ref().is_some_and(|stack| !stack.told)
    }

    /// Whether the line read last was a function, so that its place is to follow.
    pub(super) fn expects_place(&self) -> bool {
        self.expects_place || self.current.as_ref().is_some_and(|stack| stack.c_function.is_some())
    }

    pub(super) fn function(&mut self, name: &[u8]) {
        self.expects_place = true;
        if let Some(stack) = &mut self.current {
            stack.function(name);
        }
    }

    /// A name that is a function of C if a place follows.
    pub(super) fn c_function(&mut self, name: &[u8]) {
        if let Some(stack) = &mut self.current {
            stack.c_function = Some(clip(name, MAX_FUNCTION));
        }
    }

    /// Takes one line of something else where a stack cannot end: another thread got it in before the world stopped.
    /// False elsewhere.
    pub(super) fn interrupt(&mut self) -> bool {
        let open = self.expects_place || self.at_header();
        self.expects_place = false;
        self.unavailable();
        open
    }

    /// The goroutine has no stack to show.
    pub(super) fn unavailable(&mut self) {
        if let Some(stack) = &mut self.current {
            stack.told = true;
        }
    }

    pub(super) fn place(&mut self, place: &Place<'_>) {
        self.expects_place = false;
        if let Some(stack) = &mut self.current {
            stack.place(place);
        }
    }

    pub(super) fn creator(&mut self, name: &[u8]) {
        self.expects_place = true;
        if let Some(stack) = &mut self.current {
            stack.creator(name);
        }
    }

    /// What follows is the stack of the goroutine that started this one.
    pub(super) fn ancestor(&mut self) {
        if let Some(stack) = &mut self.current {
            stack.foreign = true;
        }
    }

    /// The groups, the largest first, and how many goroutines are in those left out.
    pub(super) fn groups(&mut self) -> (Vec<GoroutineGroup>, u64) {
        std::mem::take(&mut self.groups).largest()
    }
}
