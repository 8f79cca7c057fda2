//! What a block told, at its kill line.

use super::{Block, Stage};
use crate::event::oom::{Constraint, Killer, OomKill, OomNoteKind, Victim};
use crate::parse::Record;
use crate::parse::oom::kill::{Kill, Message};

impl Block {
    /// Makes a kill of its line and of what the block told. The block's notes go with the first.
    pub(in crate::parse::oom) fn kill(&mut self, record: &Record<'_>, kill: Kill) -> OomKill {
        let Kill { message, mut victim } = kill;
        let group = self.stage == Stage::Group;
        self.message = message.or(self.message);
        if let Some(summary) = self.summary.as_ref().filter(|summary| summary.pid == victim.pid) {
            victim.uid = victim.uid.or(summary.uid);
            victim.cgroup.clone_from(&summary.task_memcg);
        } else if !group {
            victim.cgroup = self.limited_cgroup(&victim);
        }
        let constraint = match (&self.summary, &self.limited) {
            (Some(summary), _) => summary.constraint,
            (None, Some(_)) => Some(Constraint::Memcg),
            (None, None) => self.message.and_then(Message::constraint),
        };
        let summary_limit = self.summary.as_ref().and_then(|summary| summary.oom_memcg.clone());
        let task_limit = || self.limited.as_ref().map(|limited| limited.limit.clone());
        let by_memcg = self.by_memcg();
        let is_memcg = by_memcg == Some(true);
        let page_kb = self.top.page_kb(&victim);
        let machine = self.machine.filter(|_| !is_memcg).and_then(|machine| machine.sizes(page_kb));
        let mut notes = std::mem::take(&mut self.notes);
        let asked = self.asked && !is_memcg;
        notes.retain(|note| match note.kind {
            OomNoteKind::Machine => machine.is_some(),
            OomNoteKind::Asked => asked,
            _ => true,
        });
        let kill = OomKill {
            block: *self.id.get_or_insert(record.identity.0),
            constraint,
            by_memcg,
            invoker: self.invoker.clone(),
            oom_memcg: summary_limit.or_else(task_limit),
            usage_kb: self.usage.map(|usage| usage.used_kb),
            limit_kb: self.usage.and_then(|usage| usage.limit_kb),
            top: self.top.sizes(page_kb),
            group,
            notes,
            victim,
            killer: Killer::Kernel,
            asked,
            request: self.request.clone(),
            stats: self.stats.filter(|_| is_memcg).and_then(|stats| stats.sizes()),
            machine,
        };
        if !group {
            self.stage = Stage::Killed;
        }
        kill
    }

    /// The victim's cgroup, by the line of old kernels. That names the chosen process: a child that died in its place
    /// is below the limit, and so in the same cgroup only where the limit is that cgroup's own.
    fn limited_cgroup(&self, victim: &Victim) -> Option<Box<str>> {
        let limited = self.limited.as_ref()?;
        let chosen = self.chosen.is_none_or(|chosen| chosen == victim.pid);
        (chosen || limited.task == limited.limit).then(|| limited.task.clone())
    }
}
