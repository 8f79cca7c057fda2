//! How sizes, counts and durations are written.

/// A size in KiB, in the unit that leaves one to four digits before the point.
pub fn size(kib: u64) -> String {
    const UNITS: [&str; 4] = ["MiB", "GiB", "TiB", "PiB"];
    if kib < 1024 {
        return format!("{kib} KiB");
    }
    let mut tenths = u128::from(kib) * 10 / 1024;
    let mut unit = UNITS[0];
    for next in UNITS.iter().skip(1) {
        if tenths < 10_240 {
            break;
        }
        tenths /= 1024;
        unit = next;
    }
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// A count with its noun: `1 incident`, `2 incidents`, `3 entries`.
pub fn count(n: u64, noun: &str) -> String {
    match noun.strip_suffix("ry") {
        _ if n == 1 => format!("{n} {noun}"),
        Some(stem) => format!("{n} {stem}ries"),
        None => format!("{n} {noun}s"),
    }
}

/// How long something takes, in its largest unit: `250 ms`, `3 s`, `2 h`.
pub fn duration(us: u64) -> String {
    const UNITS: [(&str, u64); 5] =
        [("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1_000)];
    let unit = UNITS.iter().find(|(_, size)| us >= *size);
    unit.map_or_else(|| "nothing".to_owned(), |(name, size)| format!("{} {name}", us / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (kib, text) in [
            (0, "0 KiB"),
            (1023, "1023 KiB"),
            (1024, "1.0 MiB"),
            (97_689, "95.3 MiB"),
            (1024 * 1024, "1.0 GiB"),
            (5 * 1024 * 1024 * 1024, "5.0 TiB"),
        ] {
            assert_eq!(size(kib), text);
        }
        assert!(size(u64::MAX).ends_with(" PiB"));
    }

    #[test]
    fn durations() {
        let times = [(0, "nothing"), (2_000, "2 ms"), (59_999_999, "59 s"), (7_200_000_000, "2 h")];
        times.into_iter().for_each(|(us, text)| assert_eq!(duration(us), text));
    }

    #[test]
    fn counts() {
        assert_eq!(count(0, "incident"), "0 incidents");
        assert_eq!(count(1, "incident"), "1 incident");
        assert_eq!(count(2, "incident"), "2 incidents");
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(2, "entry"), "2 entries");
    }
}
