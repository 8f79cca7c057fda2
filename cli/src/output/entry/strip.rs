//! The formatting in a message that is noise on a line (systemd, src/basic/string-util.c of v252, strip_tab_ansi):
//! tabs become eight spaces; colours, `ESC [ … m`, and operating system commands, `ESC ] … BEL`, go, as do carriage
//! returns at the end of a line. Everything else stays, a sequence that is cut off too: what is left of it makes the
//! message unprintable.

use memchr::memchr3;

/// The message without it: itself where there is nothing to take, else what is written into `room`.
pub(super) fn strip<'a>(message: &'a [u8], room: &'a mut Vec<u8>) -> &'a [u8] {
    let Some(first) = memchr3(b'\t', b'\r', 0x1b, message) else { return message };
    room.clear();
    let (clean, mut rest) = message.split_at_checked(first).unwrap_or((message, b""));
    room.extend_from_slice(clean);
    while let [byte, tail @ ..] = rest {
        rest = match byte {
            b'\t' => {
                room.extend_from_slice(b"        ");
                tail
            }
            b'\r' => returns(rest, room),
            0x1b => match sequence(tail) {
                Some(tail) => tail,
                None => {
                    room.push(0x1b);
                    introducer(tail, room)
                }
            },
            _ => {
                room.push(*byte);
                tail
            }
        };
    }
    room
}

/// Carriage returns stay where something other than the end of the line follows.
fn returns<'a>(bytes: &'a [u8], room: &mut Vec<u8>) -> &'a [u8] {
    let count = bytes.iter().take_while(|byte| **byte == b'\r').count();
    let (returns, rest) = bytes.split_at_checked(count).unwrap_or((bytes, b""));
    if !matches!(rest.first(), None | Some(b'\n')) {
        room.extend_from_slice(returns);
    }
    rest
}

/// What follows a whole sequence, which begins behind its ESC.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (last, within): (u8, fn(u8) -> bool) = match bytes.first()? {
        b'[' => (b'm', |byte| byte.is_ascii_digit() || byte == b';'),
        b']' => (0x07, |byte| (b' '..=b'~').contains(&byte)),
        _ => return None,
    };
    let body = bytes.get(1..)?;
    let end = body.iter().position(|byte| !within(*byte) || *byte == last)?;
    (body.get(end) == Some(&last)).then(|| body.get(end + 1..)).flatten()
}

/// What follows an ESC that begins no sequence stands for itself, a tab or another ESC too.
fn introducer<'a>(bytes: &'a [u8], room: &mut Vec<u8>) -> &'a [u8] {
    match bytes {
        [byte, rest @ ..] => {
            room.push(*byte);
            rest
        }
        [] => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_goes_and_the_rest_stays() {
        for (message, stripped) in [
            (&b"plain"[..], &b"plain"[..]),
            (b"a\tb", b"a        b"),
            (b"\x1b[1;31mred\x1b[0m", b"red"),
            (b"\x1b]8;;http://x\x07link\x1b]8;;\x07", b"link"),
            (b"\x1b[2Jgone", b"\x1b[2Jgone"),
            (b"cut \x1b[1;3", b"cut \x1b[1;3"),
            (b"cut \x1b]0;title", b"cut \x1b]0;title"),
            (b"\x1b]0;\xc3\xbc\x07", b"\x1b]0;\xc3\xbc\x07"),
            (b"end\x1b", b"end\x1b"),
            (b"\x1bM", b"\x1bM"),
            (b"\x1b\tx", b"\x1b\tx"),
            (b"\x1b\x1b[m", b"\x1b\x1b[m"),
            (b"a\r\nb\r\r\nc\r", b"a\nb\nc"),
            (b"a\rb\r\rc", b"a\rb\r\rc"),
            (b"a\r\x1b[mb", b"a\rb"),
            (b"\x1b[m\t", b"        "),
        ] {
            assert_eq!(strip(message, &mut Vec::new()), stripped, "{message:?}");
        }
    }
}
