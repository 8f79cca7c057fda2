//! A scan of so much of a file.

use std::ops::ControlFlow;

use nwlog_journal::{Data, EntryHead, Marked, Scan};

use super::scanner::Scanner;
use super::writers::Who;
use crate::scan::Extent;

/// A scan that never sees what lies outside of an extent.
pub(super) struct Within<'a> {
    pub(super) scanner: Scanner,
    pub(super) extent: &'a Extent,
}

impl Scan for Within<'_> {
    type Shared = Who;

    #[inline]
    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        self.scanner.data(data)
    }

    #[inline]
    fn is_shared(&self, mark: u32) -> bool {
        self.scanner.is_shared(mark)
    }

    #[inline]
    fn shared(&mut self, marks: &[Marked]) -> Who {
        self.scanner.shared(marks)
    }

    #[inline]
    fn entry(&mut self, head: &EntryHead, who: &mut Who, marks: &[Marked]) -> ControlFlow<()> {
        match self.extent.holds(Some(head.realtime), Some(head.boot_id)) {
            true => self.scanner.entry(head, who, marks),
            false => ControlFlow::Continue(()),
        }
    }
}
