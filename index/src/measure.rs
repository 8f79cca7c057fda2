//! What of an incident is a number, and can be asked for in ranges.

use nwlog_correlate::Incident;

/// A number of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// How often it failed.
    Occurrences,
    /// How often it was restarted by itself.
    Restarts,
    /// How long it was down in all, in microseconds.
    Down,
    /// From the failure to systemd's record of it, in microseconds.
    Detect,
    /// From the failure to running again, in microseconds.
    Recover,
    /// The anonymous memory of the process that was killed, in KiB.
    AnonRss,
    /// Its address space, in KiB.
    TotalVm,
    /// The use of the memory limit that was reached, in KiB.
    Usage,
    /// That limit, in KiB.
    Limit,
    /// How many operations a file system refused.
    Refused,
    /// How many goroutines a dump has.
    Goroutines,
    /// The exit status, or the signal that ended the process.
    Status,
    /// The processes concerned.
    Pid,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Things.
    Count,
    /// Microseconds.
    Time,
    /// KiB.
    Size,
}

impl Measure {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::Occurrences,
        Self::Restarts,
        Self::Down,
        Self::Detect,
        Self::Recover,
        Self::AnonRss,
        Self::TotalVm,
        Self::Usage,
        Self::Limit,
        Self::Refused,
        Self::Goroutines,
        Self::Status,
        Self::Pid,
    ];

    /// Its name in queries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Occurrences => "occurrences",
            Self::Restarts => "restarts",
            Self::Down => "down",
            Self::Detect => "detect",
            Self::Recover => "recover",
            Self::AnonRss => "anon_rss",
            Self::TotalVm => "total_vm",
            Self::Usage => "usage",
            Self::Limit => "limit",
            Self::Refused => "refused",
            Self::Goroutines => "goroutines",
            Self::Status => "status",
            Self::Pid => "pid",
        }
    }

    /// What it counts.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Down | Self::Detect | Self::Recover => Dimension::Time,
            Self::AnonRss | Self::TotalVm | Self::Usage | Self::Limit => Dimension::Size,
            _ => Dimension::Count,
        }
    }

    /// Its values in an incident: several where several processes are concerned, none where it is not known.
    pub(crate) fn of(self, incident: &Incident) -> Vec<u64> {
        let oom = incident.oom.as_ref();
        let victim = oom.and_then(|oom| oom.victim.as_ref());
        let one = match self {
            Self::Occurrences => Some(incident.occurrences),
            Self::Restarts => Some(incident.restarts),
            Self::Down => incident.down_us,
            Self::Detect => incident.detect_us,
            Self::Recover => incident.recover_us,
            Self::AnonRss => victim.and_then(|victim| victim.anon_rss_kb),
            Self::TotalVm => victim.and_then(|victim| victim.total_vm_kb),
            Self::Usage => oom.and_then(|oom| oom.usage_kb),
            Self::Limit => oom.and_then(|oom| oom.limit_kb),
            Self::Refused => incident.disk.as_ref().map(|disk| disk.refused),
            Self::Goroutines => incident.go.as_ref().map(|go| u64::from(go.goroutines)).filter(|n| *n > 0),
            Self::Status => {
                let exit = incident.process.as_ref().and_then(|process| process.exit);
                exit.and_then(|exit| u64::try_from(exit.status).ok())
            }
            Self::Pid => return pids(incident),
        };
        one.into_iter().collect()
    }
}

fn pids(incident: &Incident) -> Vec<u64> {
    let oom = incident.oom.iter();
    let killed = oom.flat_map(|oom| {
        let invoker = oom.invoker.iter().filter_map(|task| task.pid);
        oom.victim.iter().map(|victim| victim.pid).chain(invoker)
    });
    let ended = incident.process.iter().filter_map(|process| process.pid);
    let told = incident.timeline.iter().filter_map(|item| item.pid);
    let mut pids: Vec<_> = ended.chain(killed).chain(told).map(u64::from).collect();
    pids.sort_unstable();
    pids.dedup();
    pids
}
