//! Whose limit a kill was for.

use super::cgroup::{contains, subject_of};
use crate::event::oom::{Constraint, OomKill};

/// Whose limit was reached, seen from the unit that the victim was of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// The unit's own, or that of a cgroup below it.
    Own,
    /// A slice's above it, or that of whatever else holds it.
    Slice,
    /// The machine's, or a part of the machine's: every kill but a memory cgroup's.
    Global,
}

/// Finds whose limit a kill was for; none where the kernel's records do not say.
///
/// A member of a killed group has no cgroup of its own in the log: it is judged by the cgroup of the limit.
pub fn limit_of(oom: &OomKill) -> Option<Limit> {
    let by_memcg = oom.constraint.map(|constraint| constraint == Constraint::Memcg).or(oom.by_memcg)?;
    if !by_memcg {
        return Some(Limit::Global);
    }
    let limit = oom.oom_memcg.as_deref()?;
    let Some(cgroup) = oom.victim.cgroup.as_deref() else {
        return subject_of(limit).map(|subject| if subject.is_slice() { Limit::Slice } else { Limit::Own });
    };
    let own = subject_of(cgroup)?.cgroup;
    if contains(own, limit) { Some(Limit::Own) } else { contains(limit, cgroup).then_some(Limit::Slice) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::oom::Victim;

    #[test]
    fn limits() {
        let (memcg, none) = (Some(Constraint::Memcg), Some(Constraint::None));
        for (constraint, by_memcg, oom_memcg, cgroup, expected) in [
            (memcg, None, Some("/system.slice/a.service"), Some("/system.slice/a.service"), Some(Limit::Own)),
            (
                memcg,
                None,
                Some("/system.slice/a.service/x"),
                Some("/system.slice/a.service/x/y"),
                Some(Limit::Own),
            ),
            (memcg, None, Some("/system.slice"), Some("/system.slice/a.service"), Some(Limit::Slice)),
            (memcg, None, Some("/s.slice"), Some("/s.slice"), Some(Limit::Own)),
            (
                memcg,
                None,
                Some("/u.slice/user@7.service"),
                Some("/u.slice/user@7.service/x.service"),
                Some(Limit::Slice),
            ),
            (
                memcg,
                None,
                Some("/u.slice/user@7.service/x.service"),
                Some("/u.slice/user@7.service/x.service/y"),
                Some(Limit::Own),
            ),
            (memcg, None, Some("/lxc/104"), Some("/lxc/104/ns/system.slice/a.service"), Some(Limit::Own)),
            (
                memcg,
                None,
                Some("/lxc/104/ns/system.slice"),
                Some("/lxc/104/ns/system.slice/a.service"),
                Some(Limit::Own),
            ),
            (
                memcg,
                None,
                Some("/kubepods/burstable/pod1"),
                Some("/kubepods/burstable/pod1/c"),
                Some(Limit::Slice),
            ),
            (memcg, None, Some("/x.slice"), Some("/system.slice/a.service"), None),
            (memcg, None, Some("/system.slice/a.service"), None, Some(Limit::Own)),
            (memcg, None, Some("/system.slice"), None, Some(Limit::Slice)),
            (memcg, None, Some("/"), None, None),
            (memcg, None, None, Some("/system.slice/a.service"), None),
            (None, Some(true), Some("/system.slice"), Some("/system.slice/a.service"), Some(Limit::Slice)),
            (none, None, None, Some("/system.slice/a.service"), Some(Limit::Global)),
            (Some(Constraint::Cpuset), None, None, None, Some(Limit::Global)),
            (None, Some(false), None, None, Some(Limit::Global)),
            (None, None, None, None, None),
        ] {
            let victim = Victim { cgroup: cgroup.map(Into::into), ..Victim::default() };
            let oom = OomKill {
                constraint,
                by_memcg,
                victim,
                oom_memcg: oom_memcg.map(Into::into),
                ..OomKill::default()
            };
            assert_eq!(limit_of(&oom), expected, "{oom_memcg:?} {cgroup:?}");
        }
    }
}
