//! What processes write: stdout of a service, syslog, native records, /dev/kmsg; and journald's own records.

use super::ids::id;
use super::stage::Spoken;
use super::subject::Subject;
use super::told::{Clock, Place, field};
use super::words::Words;

/// Someone who can say one line after the other.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    /// The time that its records tell.
    pub(super) clock: Clock,
    /// The fields of every record of it.
    pub(super) fields: Vec<(String, Vec<u8>)>,
    /// What it says where the story has no text.
    pub(super) text: Option<String>,
}

impl Voice {
    /// One record of it.
    pub(super) fn say(&self, text: Option<Vec<u8>>) -> Result<Spoken, String> {
        let text = text.or_else(|| self.text.clone().map(String::into_bytes));
        let text = text.ok_or("a text is missing; write | TEXT")?;
        let mut fields = self.fields.clone();
        fields.push(field("MESSAGE", text));
        Ok(Spoken { clock: self.clock, fields })
    }
}

/// `unit LIFE [pid=N] [comm=NAME] [uid=N] [ident=NAME] [stream=NAME] [slice=PATH] [prio=N] [syslog|native|kmsg|bare]
/// [FIELD=VALUE…] | TEXT`.
pub(super) fn unit(words: &mut Words<'_>, place: &Place) -> Result<Voice, String> {
    let subject = Subject::parse(words.need("the unit")?)?;
    let pid = words.parsed("pid")?.unwrap_or(300 + subject.life.unwrap_or_default());
    let uid = words.parsed("uid")?.or(subject.user).unwrap_or(0);
    let comm = words.option("comm").unwrap_or(subject.stem()).to_owned();
    let ident = words.option("ident").unwrap_or(subject.stem()).to_owned();
    let stream = words.option("stream").map(str::to_owned);
    let stream = stream.unwrap_or_else(|| subject.life.unwrap_or_default().to_string());
    let priority: u8 = words.parsed("prio")?.unwrap_or(6);
    let slice = words.option("slice").map(str::to_owned);
    let bare = words.flag("bare");
    let (transport, clock) = match (words.flag("syslog"), words.flag("native"), words.flag("kmsg")) {
        (false, false, false) => ("stdout", Clock::None),
        (true, false, false) => ("syslog", Clock::Realtime),
        (false, true, false) => ("journal", Clock::Realtime),
        (false, false, true) => ("kernel", Clock::Kernel),
        _ => return Err("syslog, native and kmsg do not go together".to_owned()),
    };
    let own = words.fields();
    if !own.is_empty() && transport != "journal" {
        return Err("only a native record can bring fields".to_owned());
    }
    let mut fields = vec![field("_TRANSPORT", transport), field("PRIORITY", priority.to_string())];
    match transport {
        "stdout" => {
            let manager = subject.manager();
            let stream =
                id(&["stream", &place.machine, &place.boot.to_string(), &manager, &subject.unit, &stream]);
            fields.extend([field("_STREAM_ID", stream), field("SYSLOG_FACILITY", "3")]);
        }
        "syslog" => fields.extend([field("SYSLOG_FACILITY", "3"), field("SYSLOG_PID", pid.to_string())]),
        "kernel" => fields.extend([field("SYSLOG_FACILITY", "1"), field("SYSLOG_PID", pid.to_string())]),
        _ => {}
    }
    fields.push(field("SYSLOG_IDENTIFIER", ident));
    if transport != "kernel" {
        fields.extend(trusted(&subject, place, pid, uid, &comm, slice.as_deref(), bare));
    }
    fields.extend(own);
    Ok(Voice { clock, fields, text: None })
}

/// The fields that journald adds: who it was. Of a process that is gone by then it learns little more than the pid.
pub(super) fn trusted(
    subject: &Subject,
    place: &Place,
    pid: u32,
    uid: u32,
    comm: &str,
    slice: Option<&str>,
    bare: bool,
) -> Vec<(String, Vec<u8>)> {
    let unit = &subject.unit;
    let mut fields = vec![field("_PID", pid.to_string()), field("_UID", uid.to_string())];
    fields.push(field("_GID", uid.to_string()));
    if bare {
        return fields;
    }
    let short = comm.as_bytes().get(..15).unwrap_or(comm.as_bytes());
    fields.extend([field("_COMM", short), field("_EXE", format!("/usr/bin/{comm}"))]);
    fields.push(field("_CMDLINE", format!("/usr/bin/{comm}")));
    fields.push(field("_SYSTEMD_CGROUP", subject.cgroup(slice)));
    match subject.user {
        None => {
            fields.push(field("_SYSTEMD_UNIT", unit));
            let slice = slice
                .map_or_else(|| subject.slice(), |path| path.rsplit('/').next().unwrap_or(path).to_owned());
            fields.push(field("_SYSTEMD_SLICE", slice));
        }
        Some(uid) => fields.extend([
            field("_SYSTEMD_UNIT", format!("user@{uid}.service")),
            field("_SYSTEMD_USER_UNIT", unit),
            field("_SYSTEMD_OWNER_UID", uid.to_string()),
            field("_SYSTEMD_SLICE", format!("user-{uid}.slice")),
            field("_SYSTEMD_USER_SLICE", subject.slice()),
        ]),
    }
    fields
        .extend(subject.invocation(&place.machine, place.boot).map(|id| field("_SYSTEMD_INVOCATION_ID", id)));
    fields
}

/// `journald suppressed UNIT N` (systemd, src/journal/journald-server.c) or `journald missed N` (journald-kmsg.c).
pub(super) fn journald(words: &mut Words<'_>) -> Result<Voice, String> {
    let (message_id, text, count) = match words.need("what journald says")? {
        "suppressed" => {
            let unit = words.need("the unit")?;
            let n = words.number("count")?;
            ("a596d6fe7bfa4994828e72309e95d61e", format!("Suppressed {n} messages from {unit}"), Some(n))
        }
        "missed" => {
            let n = words.number("count")?;
            ("e9bf28e6e834481bb6f48f548ad13606", format!("Missed {n} kernel messages"), None)
        }
        other => return Err(format!("journald has no verb {other:?}; suppressed and missed it has")),
    };
    let mut fields = vec![
        field("_TRANSPORT", "driver"),
        field("PRIORITY", "4"),
        field("SYSLOG_FACILITY", "3"),
        field("SYSLOG_IDENTIFIER", "systemd-journald"),
        field("MESSAGE_ID", message_id),
        field("_PID", "185"),
        field("_UID", "0"),
        field("_COMM", "systemd-journal"),
        field("_SYSTEMD_UNIT", "systemd-journald.service"),
    ];
    fields.extend(count.map(|n| field("N_DROPPED", n.to_string())));
    Ok(Voice { clock: Clock::None, fields, text: Some(text) })
}
