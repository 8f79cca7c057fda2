//! Long lines of containers, which their engine cuts into pieces of 16 KiB.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::container::is_piece;
use super::origin::{WriterKey, hash};
use crate::entry::Known;
use crate::time::Moment;

/// The lines that are put together at once. Beyond it the one that was silent longest is given up.
const MAX_LINES: usize = 32;
/// The most of a line that is kept, in bytes: its beginning.
const MAX_LINE: usize = 64 << 10;
/// After so long without its next piece a line is given up, in microseconds.
const IDLE_US: u64 = 10_000_000;

/// The lines of which the last piece is still to come.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pieces(BTreeMap<u64, Line>);

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    writer: WriterKey,
    text: Vec<u8>,
    last: Moment,
}

/// What became of an entry's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// It is a line by itself.
    Alone,
    /// It is the end of this line.
    Whole(Vec<u8>),
    /// Its line goes on.
    Kept,
}

impl Pieces {
    /// Takes an entry of a container.
    pub(super) fn push(&mut self, known: &Known<'_>, received: Moment) -> Joined {
        let writer = WriterKey::of(known);
        let key = hash(&[&writer.bytes(), known.container_partial_id.unwrap_or_default()]);
        let text = known.message.unwrap_or_default();
        let begun = self.0.remove(&key).filter(|line| received.since(&line.last) <= IDLE_US);
        let goes_on = is_piece(known);
        let mut line = match begun {
            None if !goes_on => return Joined::Alone,
            None => Line { writer, text: Vec::new(), last: received },
            Some(line) => line,
        };
        let room = MAX_LINE.saturating_sub(line.text.len()).min(text.len());
        line.text.extend_from_slice(text.get(..room).unwrap_or_default());
        line.last = received;
        if !goes_on {
            return Joined::Whole(line.text);
        }
        if self.0.len() >= MAX_LINES {
            let silent = self.0.iter().min_by_key(|(_, line)| line.last.key()).map(|(key, _)| *key);
            silent.map(|silent| self.0.remove(&silent));
        }
        self.0.insert(key, line);
        Joined::Kept
    }

    /// Whether a line of a writer goes on.
    pub(super) fn wants(&self, writer: WriterKey) -> bool {
        self.0.values().any(|line| line.writer == writer)
    }

    /// The writers of whose lines something is still to come.
    pub(super) fn writers(&self) -> impl Iterator<Item = WriterKey> {
        self.0.values().map(|line| line.writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment { realtime: None, monotonic: Some(seconds * 1_000_000) }
    }

    fn push(pieces: &mut Pieces, text: &str, id: &str, goes_on: bool, seconds: u64) -> Joined {
        let known = Known {
            systemd_unit: Some(b"docker.service"),
            container_name: Some(b"web"),
            container_partial_id: Some(id.as_bytes()),
            container_partial_message: goes_on.then_some(b"true"),
            message: Some(text.as_bytes()),
            ..Known::default()
        };
        pieces.push(&known, at(seconds))
    }

    #[test]
    fn lines_are_put_together_by_their_ids() {
        let mut pieces = Pieces::default();
        assert_eq!(push(&mut pieces, "alone", "", false, 0), Joined::Alone);
        assert_eq!(push(&mut pieces, "a1 ", "a", true, 0), Joined::Kept);
        assert_eq!(push(&mut pieces, "b1 ", "b", true, 1), Joined::Kept);
        assert_eq!(push(&mut pieces, "other", "", false, 1), Joined::Alone);
        assert_eq!(push(&mut pieces, "a2 ", "a", true, 2), Joined::Kept);
        assert_eq!(push(&mut pieces, "a3", "a", false, 3), Joined::Whole(b"a1 a2 a3".to_vec()));
        assert_eq!(pieces.writers().count(), 1);
        assert_eq!(push(&mut pieces, "b2", "b", false, 3), Joined::Whole(b"b1 b2".to_vec()));
        assert_eq!(pieces.writers().count(), 0);
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let mut pieces = Pieces::default();
        assert_eq!(push(&mut pieces, "a1 ", "", true, 0), Joined::Kept);
        assert_eq!(push(&mut pieces, "later", "", false, 20), Joined::Alone);
        for n in 0..100 {
            push(&mut pieces, "x", &n.to_string(), true, 20);
        }
        assert_eq!(pieces.writers().count(), MAX_LINES);
    }

    #[test]
    fn a_line_is_bounded() {
        let mut pieces = Pieces::default();
        let long = "x".repeat(16 << 10);
        for _ in 0..10 {
            push(&mut pieces, &long, "", true, 0);
        }
        let whole = Joined::Whole(vec![b'x'; MAX_LINE]);
        assert_eq!(push(&mut pieces, "end", "", false, 0), whole);
    }
}
