//! What programs say beside the message: fields of their own, such as `TRACE_ID=4f5e6d7c`.

use crate::Field;

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

/// The fields that are kept of a line: short text, in the order of their names, which every format shares.
pub(super) fn kept<'a>(fields: impl Iterator<Item = Field<'a>>) -> Box<[Box<str>]> {
    let own = fields.filter(|field| !field.value.is_empty() && is_own(field.name));
    let mut texts: Vec<Box<str>> = own
        .filter(|field| field.name.len().saturating_add(field.value.len()) < MAX_FIELD)
        .filter_map(|field| {
            let (name, value) = (str::from_utf8(field.name).ok()?, str::from_utf8(field.value).ok()?);
            Some([name, "=", value].concat().into())
        })
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts.truncate(MAX_FIELDS);
    let mut room = MAX_ALL;
    texts.retain(|text| match room.checked_sub(text.len()) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    });
    texts.into()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let kept = kept(fields.into_iter());
        assert_eq!(kept.join(" "), "REQUEST_ID=磁盘 TRACE_ID=xyz789");
    }

    #[test]
    fn so_many_and_no_more() {
        let count = |value: &[u8], repeats: usize| {
            let names: Vec<_> = (0..20 / repeats).map(|n| format!("A{n}")).collect();
            let fields = names.iter().map(|name| Field { name: name.as_bytes(), value });
            let fields: Vec<_> = fields.flat_map(|field| vec![field; repeats]).collect();
            kept(fields.into_iter()).len()
        };
        assert_eq!(count(&[b'x'; 100], 1), 4);
        assert_eq!(count(b"1", 1), MAX_FIELDS);
        assert_eq!(count(b"1", 10), 2);
    }
}
