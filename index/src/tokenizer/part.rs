//! The parts of a word: `ServeHTTP` is `Serve` and `HTTP`, `97720kB` is `97720` and `kB`.

/// How many times letters and digits must change places in a word of hex digits for it to be a number: `3f9c2a1b`, but
/// not `96b` or `dead1`.
const MIXED: usize = 2;
/// The most letters of a unit.
const MAX_UNIT: usize = 3;
/// The fewest digits of such a number.
const MIN_HEX: usize = 4;

/// The parts of a word of letters and digits, in order: what begins with a capital, and digits apart from letters.
/// A hexadecimal number is one part, without its `0x`.
pub(super) fn parts(word: &str) -> Vec<&str> {
    if let Some(digits) = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"))
        && !digits.is_empty()
        && is_hex(digits)
    {
        return vec![digits];
    }
    let cuts = cuts(word);
    if cuts.is_empty() || is_number(word) {
        return vec![word];
    }
    let ends = cuts.iter().copied().chain([word.len()]);
    let mut from = 0;
    ends.filter_map(|to| word.get(std::mem::replace(&mut from, to)..to)).collect()
}

/// Where a part begins, but the first.
fn cuts(word: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    // Where the letters begin that stand here.
    let mut from = 0;
    let mut chars = word.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        if let Some(before) = before {
            let digits = before.is_numeric() != c.is_numeric();
            let hump = before.is_lowercase() && c.is_uppercase();
            let last = before.is_uppercase()
                && c.is_uppercase()
                && chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            if digits {
                from = at;
            }
            if digits || (hump || last) && !is_unit(word.get(from..).unwrap_or_default()) {
                cuts.push(at);
            }
        }
        before = Some(c);
    }
    cuts
}

/// Whether letters, up to the next digit, are no more than a unit has: `kB`, `MiB`.
fn is_unit(word: &str) -> bool {
    word.chars().take_while(|c| !c.is_numeric()).take(MAX_UNIT + 1).count() <= MAX_UNIT
}

fn is_hex(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a word is a hexadecimal number, in which letters and digits stand as they come.
fn is_number(word: &str) -> bool {
    let digits = word.as_bytes();
    let changes = digits.iter().zip(digits.iter().skip(1));
    let changes = changes.filter(|(a, b)| a.is_ascii_digit() != b.is_ascii_digit()).count();
    word.len() >= MIN_HEX && changes >= MIXED && is_hex(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_have_parts() {
        for (word, want) in [
            ("nginx", "nginx"),
            ("ServeHTTP", "Serve HTTP"),
            ("HTTPServer", "HTTP Server"),
            ("newConn", "new Conn"),
            ("97720kB", "97720 kB"),
            ("go1", "go 1"),
            ("v2", "v 2"),
            ("sda1", "sda 1"),
            ("0xdeadbeef", "deadbeef"),
            ("0XFF", "FF"),
            ("0x", "0 x"),
            ("0xyz", "0 xyz"),
            ("3f9c2a1b", "3f9c2a1b"),
            ("98e32220", "98e32220"),
            ("96b", "96 b"),
            ("dead1", "dead 1"),
            ("MiB", "MiB"),
            ("96MiB", "96 MiB"),
            ("x86MyApp", "x 86 My App"),
            ("ПриветМир", "Привет Мир"),
            ("KILL", "KILL"),
            ("x86", "x 86"),
        ] {
            assert_eq!(parts(word).join(" "), want, "{word}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_a_prefix_is_lost(word in "\\w{1,24}") {
            let joined = parts(&word).concat();
            prop_assert!(word.ends_with(&joined) && word.len() - joined.len() <= 2);
            prop_assert!(parts(&word).iter().all(|part| !part.is_empty()));
        }
    }
}
