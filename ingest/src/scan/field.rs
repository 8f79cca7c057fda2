//! What programs say beside the message: fields of their own, such as `TRACE_ID=4f5e6d7c`.

use crate::Entry;

/// The most of them that are kept of a line, and how long one may be, in bytes: a longer one is left out.
const MAX_FIELDS: usize = 8;
const MAX_FIELD: usize = 128;
/// How long all of a line's may be, in bytes.
const MAX_ALL: usize = 512;

/// Whether a field is a program's own, and of use in looking for an incident: neither what journald sets, nor what every
/// line has (systemd, man/systemd.journal-fields.xml).
pub(super) fn is_own(name: &[u8]) -> bool {
    let everyones = matches!(name, b"MESSAGE" | b"MESSAGE_ID" | b"PRIORITY" | b"TID" | b"INVOCATION_ID");
    let is_name = name.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_');
    is_name
        && !everyones
        && !name.is_empty()
        && ![&b"_"[..], b"SYSLOG_", b"CODE_", b"COREDUMP_"].iter().any(|begin| name.starts_with(begin))
}

/// The fields that are kept of a line: short text.
pub(super) fn kept(entry: &Entry<'_>) -> Box<[Box<str>]> {
    let mut room = MAX_ALL;
    let own = entry.fields().iter().filter(|field| is_own(field.name) && !field.value.is_empty());
    let texts = own.filter_map(|field| {
        let (name, value) = (str::from_utf8(field.name).ok()?, str::from_utf8(field.value).ok()?);
        let len = name.len() + 1 + value.len();
        room = (len <= MAX_FIELD).then(|| room.checked_sub(len)).flatten()?;
        Some(format!("{name}={value}").into())
    });
    texts.take(MAX_FIELDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Field, Provenance};

    #[test]
    fn a_programs_own_fields_are_kept() {
        let long = [b'x'; MAX_FIELD];
        let fields: Vec<_> = [
            ("MESSAGE", &b"hello"[..]),
            ("_PID", b"1"),
            ("PRIORITY", b"6"),
            ("SYSLOG_IDENTIFIER", b"app"),
            ("CODE_FILE", b"a.c"),
            ("TRACE_ID", b"xyz789"),
            ("LONG", &long),
            ("BINARY", b"\xff"),
            ("EMPTY", b""),
            ("lower", b"1"),
            ("REQUEST_ID", "磁盘".as_bytes()),
        ]
        .map(|(name, value)| Field { name: name.as_bytes(), value })
        .into();
        let kept = kept(&Entry::new(&fields, Provenance::Journal, 0));
        assert_eq!(kept.join(" "), "TRACE_ID=xyz789 REQUEST_ID=磁盘");
    }

    #[test]
    fn so_many_and_no_more() {
        let value = [b'x'; 100];
        let fields = vec![Field { name: b"A", value: &value }; 20];
        assert_eq!(kept(&Entry::new(&fields, Provenance::Journal, 0)).len(), 5);
        let fields = vec![Field { name: b"A", value: b"1" }; 20];
        assert_eq!(kept(&Entry::new(&fields, Provenance::Journal, 0)).len(), MAX_FIELDS);
    }
}
