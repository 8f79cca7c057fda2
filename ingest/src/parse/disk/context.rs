//! Whether the words before an errno make it the writer's own error.

/// Marks of a command line or of a shell's trace.
const COMMANDS: [&str; 8] =
    ["COMMAND=", "CMD (", "CMD=", "cmd=", "cmdline=", "command=", "argv=", "proctitle="];
/// Words of a message that speaks of an error, and does not report one.
const TALK: [&str; 16] = [
    "asked",
    "docs",
    "example",
    "faq",
    "filter",
    "grep",
    "how",
    "match",
    "matching",
    "pattern",
    "query",
    "question",
    "search",
    "searching",
    "subject",
    "title",
];
/// What runs out with ENOSPC and is no disk: watches (inotify_add_watch(2)), semaphores and shared memory (semget(2),
/// shmget(2)), and bpf and perf's slots.
const ELSEWHERE: [&str; 17] = [
    "bpf",
    "fanotify",
    "fsnotify",
    "inotify",
    "inotify_add_watch",
    "mutex",
    "perf_event_open",
    "ptmx",
    "pty",
    "semaphore",
    "semaphores",
    "semget",
    "shmget",
    "terminal",
    "tty",
    "watch",
    "watcher",
];

/// Whether a message ends with an error of its own: the errno stands alone, behind a colon, or behind a log's prefix.
/// A form that proves it needs no colon, and is still no error where it is part of a command.
pub(super) fn is_claim(context: &[u8], is_proof: bool) -> bool {
    let holds = |words: &str| memchr::memmem::find(context, words.as_bytes()).is_some();
    let quoted = [&b"$ "[..], b"+ ", b"> "].iter().any(|mark| context.starts_with(mark));
    if quoted
        || COMMANDS.iter().any(|words| holds(words))
        || last_part(context).any(|word| is_one_of(word, &TALK))
    {
        return false;
    }
    is_proof || ends_prefix(context)
}

fn ends_prefix(context: &[u8]) -> bool {
    let trimmed = context.trim_ascii_end();
    if trimmed.len() == context.len() && !context.is_empty() {
        return false;
    }
    let word = trimmed.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    if memchr::memmem::find(word, b"://").is_some() {
        return false;
    }
    match word.last() {
        None => true,
        Some(b':' | b']' | b'|' | b'-' | b'>') => true,
        Some(byte) => byte.is_ascii_digit() || word.len() > 2 && word.iter().all(u8::is_ascii_uppercase),
    }
}

/// Whether the errno means something else than a disk here.
pub(super) fn is_elsewhere(context: &[u8], operation: Option<&[u8]>, path: Option<&[u8]>) -> bool {
    let virtual_file = path.is_some_and(|path| path.starts_with(b"/proc/") || path.starts_with(b"/sys/"));
    let watch = operation.is_some_and(|word| is_one_of(word, &ELSEWHERE));
    virtual_file || watch || last_part(context).any(|word| is_one_of(word, &ELSEWHERE))
}

/// Whether EIO came from a disk: where a file is named, or the words themselves say so. Of what lies in /dev only block
/// devices are disks.
pub(super) fn is_of_disk(context: &[u8], path: Option<&[u8]>, is_named: bool) -> bool {
    const DISKS: [&[u8]; 8] = [b"sd", b"nvme", b"vd", b"xvd", b"mapper/", b"dm-", b"loop", b"md"];
    let device = path.and_then(|path| path.strip_prefix(b"/dev/"));
    let is_file = match (path, device) {
        (_, Some(device)) => DISKS.iter().any(|disk| device.starts_with(disk)),
        (Some(_), None) => true,
        (None, None) => memchr::memmem::find(context, b"java.io.IOException").is_some(),
    };
    is_named || is_file
}

/// The words of a message's last part.
fn last_part(context: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = context.trim_ascii_end();
    let text = text.strip_suffix(b":").unwrap_or(text);
    let part = memchr::memmem::rfind(text, b": ").and_then(|at| text.get(at..)).unwrap_or(text);
    part.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
}

fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    words.iter().any(|one| word.eq_ignore_ascii_case(one.as_bytes()))
}
