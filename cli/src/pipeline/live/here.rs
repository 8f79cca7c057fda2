//! Where this process runs, and what it will find of itself in a journal.

use std::env;
use std::fs;
use std::process;

use nwlog_ingest::scan::{KmsgHead, Own, OwnProcess};
use nwlog_ingest::time::Moment;

/// The unit that a package installs.
const UNIT: &str = "nwlog.service";

/// What is known of this machine and this process.
#[derive(Clone, Debug)]
pub(super) struct Here {
    machine_id: Box<str>,
    boot_id: Box<str>,
    hostname: Box<str>,
}

impl Here {
    /// Asks the system.
    pub(super) fn find() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default().trim().to_owned();
        Self {
            machine_id: read("/etc/machine-id").into(),
            boot_id: read("/proc/sys/kernel/random/boot_id").replace('-', "").into(),
            hostname: read("/proc/sys/kernel/hostname").into(),
        }
    }

    /// What journald would add to a record of the kernel that was read at a moment.
    pub(super) fn head(&self, read: Moment) -> KmsgHead {
        KmsgHead {
            machine_id: self.machine_id.clone(),
            boot_id: self.boot_id.clone(),
            hostname: self.hostname.clone(),
            read,
        }
    }

    /// What journald writes of this process, and of this program where it is a service.
    pub(super) fn own(&self) -> Own {
        let pid = process::id().to_string();
        // systemd says so to a service's main process (systemd.exec(5), v248).
        let is_service = env::var("SYSTEMD_EXEC_PID").is_ok_and(|own| own == pid);
        let unit = is_service.then(|| fs::read_to_string("/proc/self/cgroup").ok()).flatten();
        let unit = unit.as_deref().and_then(service_of).map(str::to_owned);
        let units = unit.into_iter().chain([UNIT.to_owned()]);
        Own {
            units: units.map(|unit| unit.into_bytes().into()).collect(),
            process: Some(OwnProcess {
                boot_id: self.boot_id.as_bytes().into(),
                pid: pid.into_bytes().into(),
            }),
        }
    }
}

/// The service that a process runs in, from its /proc/PID/cgroup.
fn service_of(cgroups: &str) -> Option<&str> {
    let mut paths = cgroups.lines().filter_map(|line| {
        let mut parts = line.splitn(3, ':');
        let (number, controllers) = (parts.next()?, parts.next()?);
        (number == "0" || controllers == "name=systemd").then(|| parts.next()).flatten()
    });
    let last = |path: &'_ str| path.len() > 1;
    let path = paths.find(|path| last(path))?;
    path.rsplit('/').find(|name| name.ends_with(".service"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_found_on_either_kind_of_cgroup() {
        for (cgroups, expected) in [
            ("0::/system.slice/nwlog.service\n", Some("nwlog.service")),
            ("5:memory:/x\n1:name=systemd:/system.slice/watch.service/sub\n0::/\n", Some("watch.service")),
            ("0::/user.slice/user-1000.slice/session-2.scope\n", None),
            ("0::/\n", None),
            ("", None),
        ] {
            assert_eq!(service_of(cgroups), expected, "{cgroups}");
        }
    }
}
