//! Log text is hostile: here it becomes text that a terminal shows and does not obey.
//!
//! Control characters (C0, DEL, C1), bidirectional overrides and isolates, zero-width and other invisible
//! characters are shown as visible escapes: `\n`, `\t`, `\x1b`, `\u{202e}`. Everything else stays as it is.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether a character may act on a terminal, or hide or reorder what stands around it.
pub const fn is_hostile(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator.
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        // Zero-width characters and marks; line and paragraph separators, embeddings and overrides.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        // Word joiner, invisible operators, isolates, deprecated format characters.
        | '\u{2060}'..='\u{206f}'
        // Byte order mark, interlinear annotation, tags.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Text on one line, with every hostile character as a visible escape. Newlines at its end are left out.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = text.trim_end_matches(['\n', '\r']);
    let Some(first) = text.find(is_hostile) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at_checked(first).unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(clean);
    for c in rest.chars() {
        push(&mut out, c);
    }
    Cow::Owned(out)
}

fn push(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if is_hostile(c) && c.is_ascii() => {
            let _ = write!(out, "\\x{:02x}", u32::from(c));
        }
        c if is_hostile(c) => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// How many columns a terminal needs for escaped text.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Escaped text with spaces behind it, so that it takes at least so many columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// Escaped text with spaces before it, so that it takes at least so many columns.
pub fn right(text: &str, width: usize) -> String {
    format!("{:1$}{text}", "", width.saturating_sub(columns(text)))
}

/// Text on one line as [`fn@line`] has it, and no wider than `max` columns: what is left out shows as `…`.
pub fn cut(text: &str, max: Option<usize>) -> Cow<'_, str> {
    let safe = line(text);
    let Some(max) = max.filter(|max| columns(&safe) > *max) else {
        return safe;
    };
    let mut out = String::new();
    let mut used = 1;
    for c in safe.chars() {
        used += c.width().unwrap_or_default();
        if used > max {
            break;
        }
        out.push(c);
    }
    out.push('…');
    Cow::Owned(out)
}

/// Text as [`fn@line`] has it, on as many lines as it takes where it may be no wider than `max` columns: cut at spaces and
/// between characters of scripts that write none, and a word that is wider stands alone.
pub fn wrapped(text: &str, max: Option<usize>) -> Vec<String> {
    let safe = line(text);
    let Some(max) = max.filter(|max| columns(&safe) > *max) else {
        return vec![safe.into_owned()];
    };
    let mut lines: Vec<String> = Vec::new();
    for word in safe.split(' ') {
        for (at, piece) in pieces(word).into_iter().enumerate() {
            let space = usize::from(at == 0);
            match lines.last_mut().filter(|line| columns(line) + space + columns(piece) <= max) {
                Some(line) => {
                    line.push_str(" ".get(..space).unwrap_or_default());
                    line.push_str(piece);
                }
                None => lines.push(piece.to_owned()),
            }
        }
    }
    lines
}

/// The pieces of a text that may stand on different lines, each with the spaces behind it.
pub(super) fn pieces_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.len() - rest.trim_start_matches(' ').len();
        let word = word + rest.get(word..)?.find(' ').unwrap_or(rest.len() - word);
        let end = word + rest.get(word..)?.find(|c| c != ' ').unwrap_or(rest.len() - word);
        let (piece, after) = rest.split_at_checked(end).filter(|(piece, _)| !piece.is_empty())?;
        rest = after;
        Some(piece)
    })
    .flat_map(pieces)
}

/// As much of a text as has room in so many columns, cut where [`wrapped`] cuts, and the rest of it.
pub fn split(text: &str, max: usize) -> (&str, &str) {
    let mut used = 0;
    let mut at = 0;
    for piece in pieces_of(text) {
        let room = max.saturating_sub(used);
        if columns(piece.trim_end_matches(' ')) > room {
            break;
        }
        used += columns(piece);
        at += piece.len();
    }
    if at == 0 {
        // A word that has no room at all.
        let mut used = 0;
        for c in text.chars() {
            used += c.width().unwrap_or_default();
            if used > max {
                break;
            }
            at += c.len_utf8();
        }
    }
    let (one, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    (one.trim_end_matches(' '), rest)
}

/// The pieces of a word that may stand on different lines: a wide character begins one, unless it ends a phrase.
fn pieces(word: &str) -> Vec<&str> {
    let is_wide = |c: char| c.width() == Some(2);
    let closes = |c: char| "，。；：、！？）】》」』”’".contains(c);
    let opens = |c: char| "（【《「『".contains(c);
    let pairs = word.char_indices().zip(word.chars().skip(1));
    let cuts = pairs.filter(|((_, c), next)| (is_wide(*c) || is_wide(*next)) && !closes(*next) && !opens(*c));
    let mut from = 0;
    let ends = cuts.map(|((at, c), _)| at + c.len_utf8()).chain([word.len()]);
    ends.filter_map(|to| word.get(std::mem::replace(&mut from, to)..to)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_characters_are_shown() {
        for (raw, safe) in [
            ("plain text, ünïcode 漢字", "plain text, ünïcode 漢字"),
            ("\x1b[2Jgone", "\\x1b[2Jgone"),
            ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
            ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
            ("end\r\n\n", "end"),
            ("\x7f\u{9b}31m", "\\x7f\\u{9b}31m"),
            ("user\u{202e}gpj.exe", "user\\u{202e}gpj.exe"),
            ("a\u{200b}b\u{feff}c\u{2066}d", "a\\u{200b}b\\u{feff}c\\u{2066}d"),
            ("\0", "\\x00"),
            ("\u{e0041}", "\\u{e0041}"),
            ("", ""),
        ] {
            assert_eq!(line(raw), safe);
        }
    }

    #[test]
    fn cuts_at_columns_not_at_bytes() {
        assert_eq!(cut("abcdef", Some(6)), "abcdef");
        assert_eq!(cut("abcdef", Some(5)), "abcd…");
        assert_eq!(cut("漢字漢字", Some(5)), "漢字…");
        assert_eq!(cut("漢字漢字", Some(4)), "漢…");
        assert_eq!(cut("\x1b[31mred", Some(6)), "\\x1b[…");
        assert_eq!(cut("abcdef", None), "abcdef");
    }

    #[test]
    fn wraps_at_spaces() {
        assert_eq!(wrapped("one two three", None), ["one two three"]);
        assert_eq!(wrapped("one two three", Some(13)), ["one two three"]);
        assert_eq!(wrapped("one two three", Some(12)), ["one two", "three"]);
        assert_eq!(wrapped("one two three", Some(1)), ["one", "two", "three"]);
        assert_eq!(wrapped("a\nb", Some(9)), ["a\\nb"]);
        assert_eq!(wrapped("磁盘空间，已用尽 no space", Some(8)), ["磁盘空", "间，已用", "尽 no", "space"]);
    }

    #[test]
    fn splits_where_it_wraps() {
        for (text, max, want) in [
            ("one two three", 9, ("one two", "three")),
            ("one two", 7, ("one two", "")),
            ("abcdef gh", 4, ("abcd", "ef gh")),
            ("磁盘空间，已用尽", 9, ("磁盘空", "间，已用尽")),
            ("磁", 1, ("", "磁")),
        ] {
            assert_eq!(split(text, max), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_hostile_comes_out(text in any::<String>()) {
            prop_assert!(!line(&text).contains(is_hostile));
        }

        #[test]
        fn never_wider_than_asked(text in any::<String>(), max in 1_usize..60) {
            let out = cut(&text, Some(max));
            prop_assert!(columns(&out) <= max, "{out:?} is {} wide", columns(&out));
        }

        #[test]
        fn wrapping_loses_nothing(text in any::<String>(), max in 1_usize..60) {
            let lines = wrapped(&text, Some(max));
            prop_assert_eq!(lines.concat().replace(' ', ""), line(&text).replace(' ', ""));
            if text.is_ascii() {
                prop_assert_eq!(lines.join(" "), line(&text));
            }
            prop_assert!(lines.iter().all(|line| columns(line) <= max || !line.contains(' ')), "{lines:?}");
        }

        #[test]
        fn escaping_twice_is_escaping_once(text in any::<String>()) {
            let once = line(&text).into_owned();
            prop_assert_eq!(line(&once), once.as_str());
        }
    }
}
