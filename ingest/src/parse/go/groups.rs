//! Goroutines that are alike: in the same state, with the same stack below the runtime.

use serde::{Deserialize, Serialize};

use super::stack::Stack;
use crate::event::go::{GoroutineGroup, MAX_GROUPS};

/// The most groups counted while the largest are not known yet.
const MAX_COUNTED: usize = 256;

/// The groups of a dump, as far as it has been read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Groups(Vec<Counted>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Counted {
    #[serde(default)]
    shape: u64,
    #[serde(flatten)]
    group: GoroutineGroup,
}

impl Groups {
    /// Counts a goroutine. False where there are too many groups already for a new one.
    pub(super) fn count(&mut self, stack: &Stack) -> bool {
        let shape = stack.shape();
        let same =
            |counted: &&mut Counted| counted.shape == shape && counted.group.state == stack.goroutine.state;
        if let Some(Counted { group, .. }) = self.0.iter_mut().find(same) {
            group.count = group.count.saturating_add(1);
            group.minutes = group.minutes.max(stack.minutes);
            return true;
        }
        let room = self.0.len() < MAX_COUNTED;
        if room {
            self.0.push(Counted { shape, group: stack.group() });
        }
        room
    }

    /// The groups, the largest first, and how many goroutines are in those left out.
    pub(super) fn largest(self) -> (Vec<GoroutineGroup>, u64) {
        let mut groups: Vec<_> = self.0.into_iter().map(|counted| counted.group).collect();
        groups.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| a.frame.cmp(&b.frame)).then_with(|| a.state.cmp(&b.state))
        });
        let left_out = groups.iter().skip(MAX_GROUPS).map(|group| u64::from(group.count)).sum();
        groups.truncate(MAX_GROUPS);
        (groups, left_out)
    }
}
