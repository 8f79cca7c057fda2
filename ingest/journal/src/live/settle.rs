//! Files that come to their end.

use super::followed::Followed;
use super::progress::Way;
use super::{Live, Trouble};
use crate::OpenError;

impl Live {
    /// Files to which nothing will be added are read to their ends.
    pub(super) fn settle(&mut self) {
        let mut troubles = Vec::new();
        let lost = self.files.lost();
        self.files.each_open(|id, file| {
            let is_over = file.is_settled() || lost.contains(&id) || !file.is_there && file.is_wiped();
            if file.is_growing()
                && is_over
                && let Err(error) = file.settle()
            {
                troubles.extend(give_up(file, &error));
            }
        });
        troubles.into_iter().for_each(|trouble| self.files.tell(trouble));
    }

    /// Lets go of files that are through, and tells of damage.
    pub(super) fn sweep(&mut self) {
        let mut troubles = Vec::new();
        self.files.each_open(|_, file| {
            let passed = file.passed();
            if passed.damaged > 0 && !std::mem::replace(&mut file.is_told, true) {
                troubles.push(match file.is_deleted() {
                    true => Trouble::deleted(&file.path),
                    false => Trouble::damaged(&file.path, passed.damaged),
                });
            }
            if matches!(&file.way, Way::Places(places) if passed.nth >= places.len()) {
                file.finish();
            }
        });
        self.files.close();
        troubles.into_iter().for_each(|trouble| self.files.tell(trouble));
    }
}

/// A file cannot be read on. It is worth a word if there was more in it.
pub(super) fn give_up(file: &mut Followed, error: &OpenError) -> Option<Trouble> {
    let trouble = file.has_more().then(|| match file.is_deleted() {
        true => Trouble::deleted(&file.path),
        false => Trouble::not_opened(&file.path, error),
    });
    file.finish();
    trouble
}
