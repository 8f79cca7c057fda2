//! Forms of text that are known and not read.

const MONTHS: [&[u8]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// `Nov 23 01:13:37 host program[12]: text`.
pub(super) fn is_short(line: &[u8]) -> bool {
    let Some((month, rest)) = line.split_at_checked(3) else { return false };
    let shape = b" 99 99:99:99 ";
    let fits = |(byte, form): (&u8, &u8)| {
        if *form == b'9' { byte.is_ascii_digit() || *byte == b' ' } else { byte == form }
    };
    MONTHS.contains(&month)
        && rest.len() > shape.len()
        && rest.iter().zip(shape).all(fits)
        && rest.contains(&b':')
}

/// `[Mon Nov 23 01:13:37 2026] text`.
pub(super) fn is_dmesg_date(line: &[u8]) -> bool {
    line.strip_prefix(b"[").and_then(|rest| rest.get(4..)).is_some_and(is_short)
}
