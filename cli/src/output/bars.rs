//! Numbers as pictures: bars, and lines of small ones.

/// Eighths of a column, but the whole one.
const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// Levels of a spark, the lowest first.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for a share of the largest, that one as wide as this. Something is never nothing.
pub fn bar(n: u64, largest: u64, width: usize) -> String {
    let eighths = u128::from(n) * (width as u128) * 8 / u128::from(largest.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).max(usize::from(n > 0));
    let part = PARTS.get(eighths % 8).copied().unwrap_or_default();
    format!("{}{part}", "█".repeat((eighths / 8).min(width)))
}

/// A line of bars, a column each; a space where there is nothing.
pub fn spark(numbers: &[u64]) -> String {
    let largest = numbers.iter().copied().max().unwrap_or_default();
    let level = |n: u64| {
        let at = (u128::from(n) * 8).div_ceil(u128::from(largest.max(1))).saturating_sub(1);
        LEVELS.get(usize::try_from(at).unwrap_or_default()).copied().unwrap_or('█')
    };
    numbers.iter().map(|n| if *n == 0 { ' ' } else { level(*n) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share() {
        for (n, largest, want) in [
            (0, 8, ""),
            (8, 8, "████"),
            (4, 8, "██"),
            (1, 8, "▌"),
            (1, 1000, "▏"),
            (0, 0, ""),
            (9, 16, "██▎"),
        ] {
            assert_eq!(bar(n, largest, 4), want, "{n} of {largest}");
        }
        assert_eq!(bar(u64::MAX, u64::MAX, 2), "██");
    }

    #[test]
    fn sparks_show_the_course() {
        assert_eq!(spark(&[0, 1, 2, 4, 8]), " ▁▂▄█");
        assert_eq!(spark(&[5, 5]), "██");
        assert_eq!(spark(&[1, 1000]), "▁█");
        assert_eq!(spark(&[]), "");
    }
}
