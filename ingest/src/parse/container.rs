//! Lines of containers, which their engine writes to the journal for them.
//!
//! The fields that say so are the engine's own (moby, daemon/logger/journald/journald.go; conmon, src/ctr_logging.c), and
//! anyone can write them: they are believed of a unit that is an engine's, and of nobody else.

use bstr::ByteSlice;

use super::origin::unit_of;
use crate::entry::Known;
use crate::event::Manager;

/// The digits of a whole id.
const ID_DIGITS: usize = 64;
/// The longest name that is kept, in bytes.
const MAX_NAME: usize = 128;

/// A container whose line an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container<'a> {
    /// Whose engine it is.
    pub manager: Manager,
    /// What it is called as a subject: its scope where the whole id is known, as the kernel names it too, else a path.
    pub subject: Box<[u8]>,
    /// What the engine calls it.
    pub name: Option<&'a [u8]>,
}

/// The container whose line an entry is, where an engine wrote it.
pub fn container<'a>(known: &Known<'a>) -> Option<Container<'a>> {
    // Nearly all entries have none of these.
    known.container_id_full.or(known.container_id).or(known.container_name)?;
    let (manager, unit) = unit_of(known)?;
    let engine = engine(unit)?;
    let is_id = |id: &&[u8]| id.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let full = known.container_id_full.filter(|id| id.len() == ID_DIGITS).filter(is_id);
    let is_name = |name: &&[u8]| {
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
        (1..=MAX_NAME).contains(&name.len()) && name.iter().all(allowed)
    };
    let name = known.container_name.map(|name| name.strip_prefix(b"/").unwrap_or(name)).filter(is_name);
    let short = known.container_id.filter(is_name).filter(is_id);
    let subject = match (full, short.or(name)) {
        (Some(id), _) => [engine, b"-", id, b".scope"].concat(),
        (None, Some(id)) => [b"/", engine, b"/", id].concat(),
        (None, None) => return None,
    };
    Some(Container { manager, subject: subject.into(), name })
}

/// Whether an entry is a piece of a line that goes on in the next one of its container.
pub fn is_piece(known: &Known<'_>) -> bool {
    known.container_partial_message == Some(b"true")
}

/// What an engine's containers are called, by the unit that the engine runs in: systemd's scopes and the cgroups without
/// systemd begin with it.
fn engine(unit: &[u8]) -> Option<&'static [u8]> {
    match unit {
        b"docker.service" | b"containerd.service" | b"snap.docker.dockerd.service" => Some(b"docker"),
        b"podman.service" => Some(b"libpod"),
        _ if unit.starts_with(b"libpod-conmon-") && unit.ends_with_str(".scope") => Some(b"libpod"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &[u8] = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn only_engines_are_believed() {
        let scope = |engine: &str| format!("{engine}-{}.scope", String::from_utf8_lossy(ID));
        let (docker, libpod) = (Some(scope("docker")), Some(scope("libpod")));
        let path = |path: &str| Some(path.to_owned());
        type Row<'a> = (&'a str, Option<&'a [u8]>, Option<&'a [u8]>, Option<&'a [u8]>, Option<String>);
        let table: [Row<'_>; 11] = [
            ("docker.service", Some(ID), Some(b"0123456789ab"), Some(b"web"), docker.clone()),
            ("libpod-conmon-0123.scope", Some(ID), None, Some(b"web"), libpod),
            ("docker.service", None, Some(b"0123456789ab"), Some(b"web"), path("/docker/0123456789ab")),
            ("docker.service", None, None, Some(b"/web_1.x"), path("/docker/web_1.x")),
            ("docker.service", Some(b"../etc"), None, Some(b"web"), path("/docker/web")),
            ("docker.service", Some(b"zz"), Some(b"zz"), None, None),
            ("docker.service", None, None, Some(b"a/../b"), None),
            ("docker.service", None, None, None, None),
            ("app.service", Some(ID), Some(b"0123456789ab"), Some(b"web"), None),
            ("docker.service.fake", Some(ID), None, None, None),
            ("", Some(ID), None, None, None),
        ];
        for (unit, full, short, name, expected) in table {
            let known = Known {
                systemd_unit: Some(unit.as_bytes()).filter(|unit| !unit.is_empty()),
                container_id_full: full,
                container_id: short,
                container_name: name,
                ..Known::default()
            };
            let subject = container(&known).map(|container| container.subject);
            let subject = subject.map(|subject| String::from_utf8_lossy(&subject).into_owned());
            assert_eq!(subject, expected, "{unit} {full:?} {short:?} {name:?}");
        }
    }

    #[test]
    fn a_users_engine_has_the_users_containers() {
        let known = Known {
            systemd_unit: Some(b"user@1000.service"),
            systemd_user_unit: Some(b"docker.service"),
            container_id_full: Some(ID),
            ..Known::default()
        };
        assert_eq!(container(&known).map(|container| container.manager), Some(Manager::User(1000)));
    }
}
