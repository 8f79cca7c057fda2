//! The boots that entries come from.

use serde::{Deserialize, Serialize};

use super::ran;
use crate::Id128;
use crate::entry::Known;
use crate::event::Origin;
use crate::parse::{clock, origin};
use crate::scan::Seen;
use crate::time::Moment;

/// The boots that are known at once. Beyond it the one that was silent longest is forgotten.
const MAX_BOOTS: usize = 64;

/// The boots that entries come from, in the order in which they wrote last.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Boots(Vec<Boot>);

#[derive(Debug, Serialize, Deserialize)]
struct Boot {
    hash: u64,
    origin: Origin,
    last: Moment,
    /// Something other than the backlog of journald's start was seen.
    ran: bool,
    /// How far it was read was not told yet.
    is_news: bool,
}

impl Boots {
    /// Notes an entry. Tells whether it is the first of its boot that ends the backlog of journald's start.
    pub(super) fn note(&mut self, known: &Known<'_>) -> bool {
        let hash = origin::boot_hash(known);
        let last = clock::received(known);
        if self.0.last().is_none_or(|boot| boot.hash != hash) {
            let boot = match self.0.iter().position(|boot| boot.hash == hash) {
                Some(at) => self.0.remove(at),
                None => Boot { hash, origin: origin::of_machine(known), last, ran: false, is_news: true },
            };
            if self.0.len() >= MAX_BOOTS {
                self.0.remove(0);
            }
            self.0.push(boot);
        }
        let Some(boot) = self.0.last_mut() else { return false };
        if last.order(&boot.last).is_gt() {
            boot.last = last;
        }
        boot.is_news = true;
        ran(known) && !std::mem::replace(&mut boot.ran, true)
    }

    /// Machine, boot and host of a boot.
    pub(super) fn origin(&self, id: Id128) -> Origin {
        let known = self.0.iter().rev().find(|boot| boot.origin.boot == Some(id));
        known.map_or_else(|| Origin { boot: Some(id), ..Origin::default() }, |boot| boot.origin.clone())
    }

    /// How far boots were read, of which that was not told yet.
    pub(super) fn take_seen(&mut self) -> Vec<Seen> {
        let seen = |boot: &mut Boot| {
            let is_news = std::mem::take(&mut boot.is_news);
            is_news.then(|| Seen { origin: boot.origin.clone(), last: boot.last })
        };
        self.0.iter_mut().filter_map(seen).collect()
    }

    /// Takes out the boots after which their machine began another.
    pub(super) fn take_over(&mut self) -> Vec<Seen> {
        let mut over = Vec::new();
        let mut at = 0;
        while let Some(boot) = self.0.get(at) {
            let machine = boot.origin.machine;
            let later = self.0.iter().skip(at + 1);
            let has_next = machine.is_some()
                && later.clone().any(|other| other.origin.machine == machine && other.hash != boot.hash);
            if has_next {
                let Boot { origin, last, .. } = self.0.remove(at);
                over.push(Seen { origin, last });
            } else {
                at += 1;
            }
        }
        over
    }

    /// Every boot that is not over, and when its last entry was stored.
    pub(super) fn last(&self) -> Vec<Seen> {
        self.0.iter().map(|boot| Seen { origin: boot.origin.clone(), last: boot.last }).collect()
    }
}
