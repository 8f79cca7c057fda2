//! Exit codes and statuses as systemd prints them (src/shared/exit-status.c, src/basic/signal-util.c).

/// Signals with a name here. Numbers are those of x86 and arm.
const SIGNALS: [(&str, u32); 14] = [
    ("HUP", 1),
    ("INT", 2),
    ("QUIT", 3),
    ("ILL", 4),
    ("TRAP", 5),
    ("ABRT", 6),
    ("BUS", 7),
    ("FPE", 8),
    ("KILL", 9),
    ("USR1", 10),
    ("SEGV", 11),
    ("PIPE", 13),
    ("TERM", 15),
    ("XCPU", 24),
];

/// Statuses with a name here.
const STATUSES: [(&str, u32); 13] = [
    ("SUCCESS", 0),
    ("FAILURE", 1),
    ("INVALIDARGUMENT", 2),
    ("NOTIMPLEMENTED", 3),
    ("NOPERMISSION", 4),
    ("NOTINSTALLED", 5),
    ("NOTCONFIGURED", 6),
    ("NOTRUNNING", 7),
    ("CHDIR", 200),
    ("EXEC", 203),
    ("USER", 217),
    ("NAMESPACE", 226),
    ("STATE_DIRECTORY", 238),
];

/// The name behind the slash in `status=9/KILL`.
pub(super) fn name(code: &str, status: u32) -> Result<&'static str, String> {
    let table = match code {
        "exited" => STATUSES.as_slice(),
        "killed" | "dumped" => SIGNALS.as_slice(),
        other => return Err(format!("{other:?} is not exited, killed or dumped")),
    };
    Ok(table.iter().find(|(_, number)| *number == status).map_or("n/a", |(name, _)| name))
}

/// What strerror says of an errno.
pub(super) fn errno(number: u32) -> Result<&'static str, String> {
    match number {
        2 => Ok("No such file or directory"),
        8 => Ok("Exec format error"),
        13 => Ok("Permission denied"),
        20 => Ok("Not a directory"),
        28 => Ok("No space left on device"),
        30 => Ok("Read-only file system"),
        other => Err(format!("no text is known of errno {other}")),
    }
}
