//! What service managers say, in the words and with the fields of systemd 252 (src/core/job.c, unit.c, service.c,
//! cgroup.c, execute.c; ids: src/systemd/sd-messages.h).

mod exit;
mod verb;

use super::process::trusted;
use super::stage::Spoken;
use super::subject::Subject;
use super::told::{Clock, Place, field};
use super::words::Words;

/// One record about a unit, before it has an author.
pub(super) struct Record {
    /// The priority.
    pub(super) priority: u8,
    /// MESSAGE_ID, where it has one.
    pub(super) message_id: Option<&'static str>,
    /// The text.
    pub(super) message: String,
    /// The fields of its own.
    pub(super) fields: Vec<(String, Vec<u8>)>,
    /// The pid of the forked child, where that is who writes it.
    pub(super) child: Option<u32>,
}

/// `systemd LIFE VERB …`: a record of PID 1, or of a user's manager.
pub(super) fn speak(
    words: &mut Words<'_>,
    text: Option<Vec<u8>>,
    place: &Place,
    job: u32,
) -> Result<Spoken, String> {
    let subject = Subject::parse(words.need("the unit")?)?;
    let record = verb::record(words, text, &subject, job)?;
    let mut fields = vec![
        field("_TRANSPORT", "journal"),
        field("PRIORITY", record.priority.to_string()),
        field("SYSLOG_FACILITY", "3"),
        field("MESSAGE", &record.message),
    ];
    let (unit, invocation) = match subject.user {
        None => ("UNIT", "INVOCATION_ID"),
        Some(_) => ("USER_UNIT", "USER_INVOCATION_ID"),
    };
    fields.push(field(unit, &subject.unit));
    fields.extend(subject.invocation(&place.machine, place.boot).map(|id| field(invocation, id)));
    fields.extend(record.message_id.map(|id| field("MESSAGE_ID", id)));
    fields.extend(record.fields);
    match record.child {
        Some(pid) => {
            let comm = format!("({})", subject.stem());
            fields.push(field("SYSLOG_IDENTIFIER", &comm));
            fields.extend(trusted(&subject, place, pid, subject.user.unwrap_or(0), &comm, None, false));
        }
        None => {
            fields.push(field("SYSLOG_IDENTIFIER", "systemd"));
            fields.extend(manager(subject.user));
        }
    }
    Ok(Spoken { clock: Clock::Realtime, fields })
}

/// The trusted fields of a manager.
fn manager(user: Option<u32>) -> Vec<(String, Vec<u8>)> {
    let mut fields = vec![field("_COMM", "systemd"), field("_EXE", "/usr/lib/systemd/systemd")];
    match user {
        None => fields.extend([
            field("_PID", "1"),
            field("_UID", "0"),
            field("_GID", "0"),
            field("_CMDLINE", "/sbin/init"),
            field("_SYSTEMD_CGROUP", "/init.scope"),
            field("_SYSTEMD_UNIT", "init.scope"),
            field("_SYSTEMD_SLICE", "-.slice"),
        ]),
        Some(uid) => fields.extend([
            field("_PID", "900"),
            field("_UID", uid.to_string()),
            field("_GID", uid.to_string()),
            field("_CMDLINE", "/lib/systemd/systemd --user"),
            field("_SYSTEMD_CGROUP", format!("/user.slice/user-{uid}.slice/user@{uid}.service/init.scope")),
            field("_SYSTEMD_UNIT", format!("user@{uid}.service")),
            field("_SYSTEMD_USER_UNIT", "init.scope"),
            field("_SYSTEMD_OWNER_UID", uid.to_string()),
            field("_SYSTEMD_SLICE", format!("user-{uid}.slice")),
        ]),
    }
    fields
}
