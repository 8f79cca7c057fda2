//! Passing over a record that is too large to hold.

use memchr::{memchr, memchr2};

use crate::decode::MAX_NAME;
use crate::decode::name::{is_spanned_name, span};

use super::step::MAX_VALUE;

/// Walks to the end of a record in whatever pieces it comes. Where the walk ends does not depend on the pieces.
#[derive(Debug, Default)]
pub(crate) struct Skip {
    /// Bytes of a value that are still to come.
    value: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// At the start of a line.
    #[default]
    Line,
    /// Inside a line that ends at its newline.
    Inside,
    /// Inside a line whose name is none, before any `=`.
    Odd,
    /// After a value of stated length.
    Tail,
    /// At the start of a line, where only an empty one tells anything.
    Lost,
    /// Inside such a line.
    LostInside,
}

impl Skip {
    /// Takes what it can of the bytes. Returns how many, and whether the record ended with them.
    ///
    /// It may take none, and wants more then; where `last` says that none come, it takes all.
    pub(crate) fn take(&mut self, bytes: &[u8], last: bool) -> (usize, bool) {
        let mut at: usize = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let value = usize::try_from(self.value).unwrap_or(usize::MAX).min(rest.len());
            self.value = self.value.saturating_sub(value as u64);
            at = at.saturating_add(value);
            let line = rest.get(value..).unwrap_or_default();
            let Some(first) = line.first() else { return (at, false) };
            let (taken, state) = match (self.state, first) {
                (State::Line | State::Lost, b'\n') => return (at.saturating_add(1), true),
                (State::Line, _) => match self.open_line(line, last) {
                    Some(taken) => (taken, self.state),
                    None => return (at, false),
                },
                (State::Inside, _) => past(line, State::Line, State::Inside),
                (State::Odd, _) => match memchr2(b'=', b'\n', line) {
                    Some(end) if line.get(end) == Some(&b'=') => (end, State::Inside),
                    Some(end) => (end.saturating_add(1), State::Lost),
                    None => (line.len(), State::Odd),
                },
                (State::Tail, b'\n') => (1, State::Line),
                (State::Tail, _) => (0, State::LostInside),
                (State::Lost | State::LostInside, _) => past(line, State::Lost, State::LostInside),
            };
            self.state = state;
            at = at.saturating_add(taken);
        }
    }

    fn open_line(&mut self, line: &[u8], last: bool) -> Option<usize> {
        let (name, after) = line.split_at_checked(span(line))?;
        match after.split_first() {
            Some((b'=', _)) if is_spanned_name(name) => self.state = State::Inside,
            Some((b'\n', after)) if is_spanned_name(name) => {
                match after.first_chunk::<8>().map(|len| u64::from_le_bytes(*len)) {
                    Some(len) if len <= MAX_VALUE => {
                        self.value = len;
                        self.state = State::Tail;
                        return Some(name.len() + 1 + 8);
                    }
                    Some(_) => self.state = State::LostInside,
                    None if last => return Some(line.len()),
                    None => return None,
                }
            }
            None if name.len() <= MAX_NAME && !last => return None,
            _ => self.state = State::Odd,
        }
        Some(0)
    }
}

fn past(line: &[u8], after: State, inside: State) -> (usize, State) {
    match memchr(b'\n', line) {
        Some(end) => (end.saturating_add(1), after),
        None => (line.len(), inside),
    }
}
