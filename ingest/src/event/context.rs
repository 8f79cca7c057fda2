//! What a unit said before an event.

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Line;

/// Lines that are where they were found: each is read when it is asked for.
pub trait Shelf: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Reads one, counted from the oldest. None where it is gone or damaged.
    fn line(&self, n: usize) -> Option<Line>;
}

/// The last lines of a unit before an event, oldest first.
///
/// Most events open nothing, and of most ends of a crash loop two or three lines are looked at. So a line of a source that
/// can be read backwards is not read before someone looks at it, and once however many copies of the context there are.
#[derive(Clone, Default)]
pub struct Context(Option<Arc<Lines>>);

struct Lines {
    shelf: Option<Box<dyn Shelf>>,
    // Boxed, since most are never read.
    read: Box<[OnceLock<Option<Box<Line>>>]>,
}

impl Context {
    /// Lines that are read as they are looked at.
    pub fn on(shelf: impl Shelf + 'static) -> Self {
        match shelf.count() {
            0 => Self::default(),
            count => {
                let read = (0..count).map(|_| OnceLock::new()).collect();
                Self(Some(Arc::new(Lines { shelf: Some(Box::new(shelf)), read })))
            }
        }
    }

    /// The lines, oldest first, and from either end.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Line> + Clone {
        let lines = self.0.as_deref();
        let cells = lines.map(|lines| lines.read.iter().enumerate()).into_iter().flatten();
        cells.filter_map(move |(n, cell)| {
            cell.get_or_init(|| lines.and_then(|lines| lines.shelf.as_ref()?.line(n).map(Box::new)))
                .as_deref()
        })
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.iter().next_back().is_none()
    }
}

impl FromIterator<Line> for Context {
    fn from_iter<I: IntoIterator<Item = Line>>(lines: I) -> Self {
        let read: Box<[_]> = lines.into_iter().map(|line| OnceLock::from(Some(Box::new(line)))).collect();
        Self((!read.is_empty()).then(|| Arc::new(Lines { shelf: None, read })))
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Line>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Counting(Arc<AtomicUsize>);

    impl Shelf for Counting {
        fn count(&self) -> usize {
            5
        }

        fn line(&self, n: usize) -> Option<Line> {
            self.0.fetch_add(1, Ordering::Relaxed);
            // One of them is damaged.
            (n != 3).then(|| line(n))
        }
    }

    fn line(n: usize) -> Line {
        let text = n.to_string().into();
        Line { at: Default::default(), invocation: None, pid: None, text, fields: Box::default() }
    }

    #[test]
    fn reads_what_is_looked_at_and_that_once() {
        let reads = Arc::new(AtomicUsize::new(0));
        let context = Context::on(Counting(Arc::clone(&reads)));
        let copy = context.clone();
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        let last: Vec<_> = context.iter().rev().take(2).map(|line| &*line.text).collect();
        assert_eq!(last, ["4", "2"]);
        assert_eq!(reads.load(Ordering::Relaxed), 3);
        let all: Vec<_> = copy.iter().map(|line| &*line.text).collect();
        assert_eq!(all, ["0", "1", "2", "4"]);
        assert_eq!(reads.load(Ordering::Relaxed), 5);
    }

    #[test]
    fn is_kept_as_lines() {
        let context = Context::on(Counting(Arc::default()));
        let kept = serde_json::to_string(&context).unwrap_or_default();
        let back: Context = serde_json::from_str(&kept).unwrap_or_default();
        assert_eq!(back, context);
        assert_eq!(back, [0, 1, 2, 4].map(line).into_iter().collect());
        assert!(!context.is_empty() && Context::default().is_empty());
    }
}
