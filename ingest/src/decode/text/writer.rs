//! Who wrote a line, as far as its text says so.

use memchr::{memchr, memmem};

use super::syslog::{Priority, split_pid};
use crate::decode::draft::Draft;

/// The name before a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Writer<'a> {
    /// What the writer calls itself, or the unit that it is of.
    pub(crate) name: &'a [u8],
    /// Its process.
    pub(crate) pid: Option<&'a [u8]>,
}

impl Writer<'_> {
    /// Whether the kernel's records are called so. They have no process.
    pub(crate) fn is_kernel(&self) -> bool {
        self.name == b"kernel" && self.pid.is_none()
    }
}

/// Reads `NAME: TEXT` or `NAME[PID]: TEXT`. A name may hold blanks: it ends at the first colon with a blank, or at the end of its
/// line. A text without one has no writer.
pub(super) fn read(input: &[u8]) -> (&[u8], Option<Writer<'_>>) {
    let line = input.get(..memchr(b'\n', input).unwrap_or(input.len())).unwrap_or(input);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let end = memmem::find(line, b": ").or_else(|| line.ends_with(b":").then(|| line.len() - 1));
    let split = end.and_then(|end| input.split_at_checked(end)).filter(|(name, _)| !name.is_empty());
    let Some((name, after)) = split else { return (input, None) };
    let after = after.get(1..).unwrap_or_default();
    let (name, pid) = split_pid(name);
    (after.strip_prefix(b" ").unwrap_or(after), Some(Writer { name, pid }))
}

/// Writes the fields that journald would most likely have set. A user's manager cannot be told from what calls itself one,
/// unless the form names units. A priority tells the kernel's own records from those that programs write to its log.
pub(super) fn origin<'c>(
    writer: Option<Writer<'c>>,
    priority: Option<Priority>,
    has_units: bool,
    draft: &mut Draft<'c>,
) {
    let Some(writer) = writer else {
        draft.lend(b"_TRANSPORT", b"syslog");
        return;
    };
    if has_units && let Some(unit) = Unit::read(writer.name) {
        unit.origin(writer.pid, draft);
        return;
    }
    draft.lend(b"SYSLOG_IDENTIFIER", writer.name);
    if let Some(pid) = writer.pid {
        draft.lend(b"SYSLOG_PID", pid);
    }
    match (writer.name, writer.pid) {
        (b"kernel", None) if priority.is_none_or(|priority| priority.facility() == 0) => {
            draft.lend(b"_TRANSPORT", b"kernel");
            if priority.is_none() {
                draft.lend(b"SYSLOG_FACILITY", b"0");
            }
        }
        (b"systemd", Some(b"1")) => first_process(draft),
        (b"systemd", _) | (b"kernel", None) => draft.lend(b"_TRANSPORT", b"syslog"),
        (name, pid) => {
            draft.lend(b"_TRANSPORT", b"stdout");
            if let Some(pid) = pid {
                draft.lend(b"_PID", pid);
            }
            draft.lend(b"_COMM", name);
        }
    }
}

fn first_process(draft: &mut Draft<'_>) {
    draft.lend(b"_TRANSPORT", b"journal");
    draft.lend(b"_PID", b"1");
    draft.lend(b"_UID", b"0");
    draft.lend(b"_COMM", b"systemd");
}

/// What `journalctl -o with-unit` has for a name: `app.service`, or `user@1000.service/app.service`.
struct Unit<'a> {
    system: &'a [u8],
    user: Option<&'a [u8]>,
}

/// What names of units end with (systemd, src/basic/unit-def.c: unit_type_table).
const TYPES: [&[u8]; 11] = [
    b".service",
    b".scope",
    b".slice",
    b".socket",
    b".mount",
    b".automount",
    b".swap",
    b".timer",
    b".path",
    b".target",
    b".device",
];

impl<'a> Unit<'a> {
    fn read(name: &'a [u8]) -> Option<Self> {
        let is_unit = |name: &[u8]| {
            let ends = |suffix: &&[u8]| name.len() > suffix.len() && name.ends_with(suffix);
            TYPES.iter().any(ends) && !name.iter().any(u8::is_ascii_whitespace)
        };
        let (system, user) = match memchr(b'/', name).and_then(|at| name.split_at_checked(at)) {
            Some((system, user)) => (system, Some(user.get(1..)?)),
            None => (name, None),
        };
        (is_unit(system) && user.is_none_or(is_unit)).then_some(Self { system, user })
    }

    fn origin(&self, pid: Option<&'a [u8]>, draft: &mut Draft<'a>) {
        if let Some(pid) = pid {
            draft.lend(b"SYSLOG_PID", pid);
        }
        let owner = self.system.strip_prefix(b"user@").and_then(|owner| owner.strip_suffix(b".service"));
        match (self.system, self.user, pid) {
            (b"init.scope", None, Some(b"1")) => first_process(draft),
            (_, Some(b"init.scope"), Some(pid)) if owner.is_some() => {
                draft.lend(b"_TRANSPORT", b"journal");
                draft.lend(b"_PID", pid);
                draft.lend(b"_UID", owner.unwrap_or_default());
            }
            (_, _, pid) => {
                draft.lend(b"_TRANSPORT", b"stdout");
                if let Some(pid) = pid {
                    draft.lend(b"_PID", pid);
                }
            }
        }
        draft.lend(b"_SYSTEMD_UNIT", self.system);
        if let Some(user) = self.user {
            draft.lend(b"_SYSTEMD_USER_UNIT", user);
        }
    }
}
