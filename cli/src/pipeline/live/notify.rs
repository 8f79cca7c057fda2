//! Tells systemd how the service does (sd_notify(3)).

use std::env;
use std::ffi::OsString;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::process;
use std::time::Duration;

use super::clock;

/// How long it is waited for a manager that is too busy to listen.
const PATIENCE: Duration = Duration::from_millis(100);

/// The service manager, where there is one.
#[derive(Debug)]
pub(super) struct Manager {
    to: Option<(UnixDatagram, SocketAddr)>,
    watchdog: Option<Duration>,
}

impl Manager {
    /// As the environment says.
    pub(super) fn find() -> Self {
        let to = env::var_os("NOTIFY_SOCKET").and_then(connect);
        let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
        let is_ours = number("WATCHDOG_PID").is_none_or(|pid| pid == u64::from(process::id()));
        let watchdog = number("WATCHDOG_USEC").filter(|_| is_ours && to.is_some());
        Self { to, watchdog: watchdog.map(Duration::from_micros) }
    }

    /// How often it wants to hear that all is well: twice in the time after which it gives up.
    pub(super) fn watchdog(&self) -> Option<Duration> {
        self.watchdog.map(|after| after / 2)
    }

    /// It is ready, again too after a reload.
    pub(super) fn ready(&self, status: &str) {
        self.say(&format!("READY=1\nSTATUS={status}"));
    }

    /// It is alive.
    pub(super) fn alive(&self) {
        self.say("WATCHDOG=1");
    }

    /// What it does, in a line.
    pub(super) fn status(&self, status: &str) {
        self.say(&format!("STATUS={status}"));
    }

    /// It reads its configuration again.
    pub(super) fn reloading(&self) {
        self.say(&format!("RELOADING=1\nMONOTONIC_USEC={}", clock::monotonic()));
    }

    /// It ends.
    pub(super) fn stopping(&self) {
        self.say("STOPPING=1");
    }

    fn say(&self, text: &str) {
        if let Some((socket, address)) = &self.to {
            // Where nobody listens, there is nobody to tell that to.
            let _ = socket.send_to_addr(text.as_bytes(), address);
        }
    }
}

fn connect(path: OsString) -> Option<(UnixDatagram, SocketAddr)> {
    let address = match path.as_bytes().split_first()? {
        (b'@', name) => SocketAddr::from_abstract_name(name).ok()?,
        _ => SocketAddr::from_pathname(&path).ok()?,
    };
    let socket = UnixDatagram::unbound().ok()?;
    socket.set_write_timeout(Some(PATIENCE)).ok()?;
    Some((socket, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_may_listen_where_no_file_is() {
        let name = format!("nwlog-notify-{}", process::id());
        let listens = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        let to = connect(format!("@{name}").into());
        assert!(to.is_some());
        Manager { to, watchdog: None }.ready("following");
        let mut room = [0; 64];
        let len = listens.recv(&mut room).unwrap();
        assert_eq!(&room[..len], b"READY=1\nSTATUS=following");
    }
}
