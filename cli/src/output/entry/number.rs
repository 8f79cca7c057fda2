//! Numbers as text, without the detour through a formatter.

use nwlog_ingest::Id128;

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// Appends a number in decimal.
pub(super) fn decimal(n: u64, out: &mut Vec<u8>) {
    let mut room = [0; 20];
    let mut rest = n;
    let mut len = 0;
    for place in room.iter_mut().rev() {
        // A remainder of ten is a digit.
        *place = b'0' + (rest % 10) as u8;
        rest /= 10;
        len += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(room.get(room.len() - len..).unwrap_or_default());
}

/// Appends a number in decimal, filled up on the left to a width.
pub(super) fn padded(n: u64, width: usize, fill: u8, out: &mut Vec<u8>) {
    let start = out.len();
    decimal(n, out);
    let missing = width.saturating_sub(out.len() - start);
    out.splice(start..start, std::iter::repeat_n(fill, missing));
}

/// Appends a number in hex, without leading zeros.
pub(super) fn hex(n: u64, out: &mut Vec<u8>) {
    let digits = (64 - n.leading_zeros()).div_ceil(4).max(1);
    out.extend((0..digits).rev().map(|place| digit(n >> (4 * place))));
}

/// Appends the 32 hex digits of an id.
pub(super) fn hex_id(id: Id128, out: &mut Vec<u8>) {
    out.extend_from_slice(&id.hex());
}

fn digit(n: u64) -> u8 {
    DIGITS.get((n & 15) as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = b"<".to_vec();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn numbers_are_as_a_formatter_has_them(n: u64, small in 0_u64..300, id: u128, width in 0_usize..9) {
            for n in [n, small, 0, u64::MAX] {
                prop_assert_eq!(written(|out| decimal(n, out)), format!("<{n}"));
                prop_assert_eq!(written(|out| hex(n, out)), format!("<{n:x}"));
                prop_assert_eq!(written(|out| padded(n, width, b'0', out)), format!("<{n:0width$}"));
                prop_assert_eq!(written(|out| padded(n, width, b' ', out)), format!("<{n:width$}"));
            }
            prop_assert_eq!(written(|out| hex_id(Id128::from_u128(id), out)), format!("<{id:032x}"));
        }
    }
}
