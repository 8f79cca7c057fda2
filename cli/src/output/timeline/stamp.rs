//! The time that programs write before their lines, where it says what the record's own time says already.

use nwlog_ingest::time::Moment;

/// How many seconds a line may have been on its way for its stamp to say nothing new.
const AGREES: u64 = 1;

/// What zones differ by, in seconds.
const QUARTER: u64 = 15 * 60;

/// A line without its stamp: `2026/01/31 00:22:38 ` as Go's log writes it, or ISO 8601 in brackets or none.
///
/// Zones differ by quarters of an hour, so what is past the quarter decides whether it agrees; where it does not it is
/// left as it is.
pub(super) fn left_out<'a>(text: &'a str, at: &Moment) -> &'a str {
    let seconds = at.realtime.map(|micros| micros / 1_000_000 % QUARTER);
    match (seconds, stamp(text.as_bytes())) {
        (Some(at), Some((stamp, len))) if (at + QUARTER - stamp % QUARTER) % QUARTER <= AGREES => {
            text.get(len..).map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(text)
        }
        _ => text,
    }
}

/// The seconds past the hour that a stamp at the beginning tells, and its length.
fn stamp(text: &[u8]) -> Option<(u64, usize)> {
    let mut rest = text.strip_prefix(b"[").unwrap_or(text);
    let bracket = rest.len() < text.len();
    let mut number = |digits: usize, ends: &[u8]| -> Option<u64> {
        let (number, after) = rest.split_at_checked(digits)?;
        rest = match ends {
            [] => after,
            ends => after.split_first().filter(|(end, _)| ends.contains(end)).map(|(_, after)| after)?,
        };
        let is_number = number.iter().all(u8::is_ascii_digit);
        is_number.then(|| number.iter().fold(0, |n, digit| n * 10 + u64::from(digit - b'0')))
    };
    number(4, b"-/")?;
    number(2, b"-/")?;
    number(2, b" T")?;
    number(2, b":")?;
    let minutes = number(2, b":")?;
    let seconds = number(2, b"")?;
    if let Some(fraction) = rest.strip_prefix(b".").or(rest.strip_prefix(b",")) {
        rest = after_digits(fraction);
    }
    rest = match rest {
        [b'Z', after @ ..] => after,
        [b'+' | b'-', zone @ ..] => {
            after_digits(after_digits(zone).strip_prefix(b":").unwrap_or(after_digits(zone)))
        }
        rest => rest,
    };
    if bracket {
        rest = rest.strip_prefix(b"]")?;
    }
    rest = rest.strip_prefix(b":").unwrap_or(rest);
    rest.first().filter(|byte| **byte == b' ')?;
    Some((minutes * 60 + seconds, text.len() - rest.len()))
}

fn after_digits(text: &[u8]) -> &[u8] {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.get(digits..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2026-01-31 00:22:38.9 UTC.
    const AT: Moment = Moment { realtime: Some(1_769_818_958_900_000), monotonic: None };

    #[test]
    fn a_stamp_that_agrees_is_left_out() {
        for (text, expected) in [
            ("2026/01/31 00:22:38 starting", "starting"),
            ("2026/01/31 00:22:37.999999 starting", "starting"),
            ("2026-01-31T05:52:38,123+05:30 starting", "starting"),
            ("2026-01-31T00:22:38Z  starting", "starting"),
            ("[2026-01-31 01:22:38 +x", "[2026-01-31 01:22:38 +x"),
            ("[2026-01-31 01:22:38.1] starting", "starting"),
            ("2026-01-31 00:22:38: starting", "starting"),
            ("2026/01/31 00:22:36 late", "2026/01/31 00:22:36 late"),
            ("2026/01/31 00:22:39 early", "2026/01/31 00:22:39 early"),
            ("2026/01/31 00:22:38", "2026/01/31 00:22:38"),
            ("2026/01/31 00:22:38 ", "2026/01/31 00:22:38 "),
            ("2026/01/31 00:22:38starting", "2026/01/31 00:22:38starting"),
            ("2026/1/31 00:22:38 starting", "2026/1/31 00:22:38 starting"),
            ("starting", "starting"),
            ("", ""),
        ] {
            assert_eq!(left_out(text, &AT), expected);
        }
        assert_eq!(left_out("2026/01/31 00:22:38 x", &Moment::default()), "2026/01/31 00:22:38 x");
    }

    proptest! {
        #[test]
        fn what_is_left_is_the_end_of_the_text(text in "\\[?[0-9/ :T.+é-]{0,30}.{0,9}") {
            prop_assert!(text.ends_with(left_out(&text, &AT)));
        }
    }
}
