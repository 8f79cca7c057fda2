//! The memory and the processor time of a running process, as /proc tells them.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often memory is looked at.
const PACE: Duration = Duration::from_millis(10);

/// The most memory that a process was seen to have, in KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Resident, and not pages of files (`RssAnon`): what the machine cannot have back.
    pub own: u64,
    /// Resident in all (`VmHWM`), mapped files among it.
    pub resident: u64,
}

impl Memory {
    /// The larger of each.
    #[must_use]
    pub fn most(self, other: Self) -> Self {
        Self { own: self.own.max(other.own), resident: self.resident.max(other.resident) }
    }

    /// Reads /proc/PID/status (proc_pid_status(5)).
    fn of_status(status: &str) -> Self {
        let kib = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
        };
        Self { own: kib("RssAnon:"), resident: kib("VmHWM:") }
    }
}

/// Looks at a process's memory until it has ended.
pub fn memory(pid: u32, ended: &AtomicBool) -> Memory {
    let mut most = Memory::default();
    while !ended.load(Ordering::Relaxed) {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        most = most.most(Memory::of_status(&status));
        thread::sleep(PACE);
    }
    most
}

/// The processor time of a process, its threads included, also when it has ended and nobody has waited for it.
pub fn processor_time(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let ticks = ticks(&stat).unwrap_or_default();
    Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second().max(1))
}

/// utime and stime of /proc/PID/stat (proc_pid_stat(5)): the 14th and the 15th field, the second of which is a name that
/// can hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ').skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_of_files_is_told_apart() {
        let status =
            "Name:\ta\nVmHWM:\t  133852 kB\nVmRSS:\t  9000 kB\nRssAnon:\t     512 kB\nRssFile:\t 8488 kB\n";
        assert_eq!(Memory::of_status(status), Memory { own: 512, resident: 133_852 });
        assert_eq!(Memory::of_status("Name:\tzombie\n"), Memory::default());
    }

    #[test]
    fn time_is_found_behind_any_name() {
        let stat = "7 (a) R) ) S 1 7 7 0 -1 4194304 100 0 0 0 25 17 0 0 20 0 3 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks(""), None);
    }

    #[test]
    fn this_process_has_memory_of_its_own() {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = Memory::of_status(&status);
        assert!(memory.own > 0 && memory.own <= memory.resident, "{memory:?}");
    }
}
