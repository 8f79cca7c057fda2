//! The text of a record about used resources: `Consumed 1min 2.5s CPU time over 1h 3s wall clock time, 40.5M memory
//! peak, 1G memory swap peak, 3K incoming IP traffic.` (systemd, src/core/unit.c, unit_log_resources; v235 and later,
//! memory from v256, the wall clock from v257).

use bstr::ByteSlice;

use crate::event::unit::UnitFact;

/// Reads it.
pub(super) fn consumed(rest: &[u8]) -> Option<UnitFact> {
    let text = rest.to_str().ok()?.strip_suffix('.')?.strip_prefix("Consumed ")?;
    let (mut cpu_ns, mut memory_peak, mut swap_peak) = (None, None, None);
    for part in text.split(", ") {
        if let Some((span, _)) = part.split_once(" CPU time") {
            cpu_ns = timespan(span);
        } else if let Some(size) = part.strip_suffix(" memory peak") {
            memory_peak = bytes(size);
        } else if let Some(size) = part.strip_suffix(" memory swap peak") {
            swap_peak = bytes(size);
        }
    }
    cpu_ns.map(|cpu| UnitFact::Resources { cpu_ns: Some(cpu), memory_peak, swap_peak })
}

/// A span of time in nanoseconds (src/basic/time-util.c, format_timespan).
fn timespan(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 9] = [
        ("month", 2_629_800_000_000_000),
        ("min", 60_000_000_000),
        ("ms", 1_000_000),
        ("us", 1_000),
        ("y", 31_557_600_000_000_000),
        ("w", 604_800_000_000_000),
        ("d", 86_400_000_000_000),
        ("h", 3_600_000_000_000),
        ("s", 1_000_000_000),
    ];
    text.split(' ').try_fold(0u64, |sum, word| {
        let (number, scale) =
            UNITS.iter().find_map(|(unit, scale)| Some((word.strip_suffix(unit)?, *scale)))?;
        sum.checked_add(scaled(number, scale)?)
    })
}

/// A size in bytes, in powers of 1024 (src/basic/format-util.c, format_bytes).
fn bytes(text: &str) -> Option<u64> {
    const UNITS: [(char, u32); 7] =
        [('B', 0), ('K', 10), ('M', 20), ('G', 30), ('T', 40), ('P', 50), ('E', 60)];
    let (number, scale) =
        UNITS.iter().find_map(|(unit, bits)| Some((text.strip_suffix(*unit)?, 1 << bits)))?;
    scaled(number, scale)
}

/// A decimal number with at most six digits behind its point, times a scale.
fn scaled(number: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 6 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let tenths = 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let part = u64::try_from(u128::from(part) * u128::from(scale) / u128::from(tenths)).ok()?;
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_texts_of_all_versions() {
        let mib = 1 << 20;
        for (text, cpu_ns, memory_peak, swap_peak) in [
            ("Consumed 1.152s CPU time.", 1_152_000_000, None, None),
            ("Consumed 20ms CPU time, received 1.2K IP traffic, sent 3K IP traffic.", 20_000_000, None, None),
            ("Consumed 1.464s CPU time, 40M memory peak.", 1_464_000_000, Some(40 * mib), None),
            (
                "Consumed 1min 2.5s CPU time over 1h 3s wall clock time, 2.5M memory peak, 1G memory swap peak, 3K incoming IP traffic.",
                62_500_000_000,
                Some(5 * mib / 2),
                Some(1024 * mib),
            ),
            ("Consumed 2h 1min CPU time.", 7_260_000_000_000, None, None),
        ] {
            let expected = UnitFact::Resources { cpu_ns: Some(cpu_ns), memory_peak, swap_peak };
            assert_eq!(consumed(text.as_bytes()), Some(expected), "{text}");
        }
        for text in
            ["Consumed by guilt.", "Consumed x CPU time.", "Consumed 99999999999y CPU time.", "Started."]
        {
            assert_eq!(consumed(text.as_bytes()), None, "{text}");
        }
    }
}
