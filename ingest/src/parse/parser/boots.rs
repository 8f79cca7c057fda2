//! What is known of each boot of each machine.

use serde::{Deserialize, Serialize};

use super::Parser;
use crate::Id128;
use crate::entry::Known;
use crate::parse::clock::KernelClock;
use crate::parse::gap;
use crate::parse::oom::{Earlyoom, OomAssembler, Oomd};
use crate::time::Moment;

/// The boots whose state is kept at once. Beyond it the one that was silent longest goes.
const MAX_BOOTS: usize = 256;

/// A machine, and one of its boots.
pub(in crate::parse) type BootKey = (Option<Id128>, Option<Id128>);

/// The boot that an entry was written in.
pub(super) fn key(known: &Known<'_>) -> BootKey {
    (known.machine_id.and_then(Id128::parse), known.boot_id.and_then(Id128::parse))
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Boot {
    pub(super) clock: KernelClock,
    pub(super) oom: OomAssembler,
    #[serde(default)]
    pub(super) oomd: Oomd,
    #[serde(default)]
    pub(super) earlyoom: Earlyoom,
    /// When the machine went to sleep, while it does.
    #[serde(default)]
    pub(super) asleep: Option<Moment>,
    /// The numbers of /dev/kmsg records.
    #[serde(default)]
    pub(super) numbers: gap::Sequence,
    pub(super) used: u64,
}

impl Parser {
    /// Notes that something other than the kernel's backlog was written in a boot.
    pub(super) fn ran(&mut self, known: &Known<'_>) {
        let boot = [known.machine_id, known.boot_id];
        let is_known = self.ran.as_ref().is_some_and(|ran| ran.each_ref().map(Option::as_deref) == boot);
        if !is_known {
            self.boot(known).clock.ran();
            self.ran = Some(boot.map(|id| id.map(Box::from)));
        }
    }

    pub(super) fn boot(&mut self, known: &Known<'_>) -> &mut Boot {
        self.boot_of(key(known))
    }

    pub(super) fn boot_of(&mut self, key: BootKey) -> &mut Boot {
        self.used += 1;
        if self.boots.len() >= MAX_BOOTS && !self.boots.contains_key(&key) {
            let oldest = self.boots.iter().min_by_key(|(_, boot)| boot.used).map(|(key, _)| *key);
            oldest.map(|oldest| self.boots.remove(&oldest));
        }
        let boot = self.boots.entry(key).or_default();
        boot.used = self.used;
        boot
    }
}
