//! Lines that are wider than the terminal go on below themselves, where their text began, and are not cut by it anywhere.

use std::borrow::Cow;

use super::{escape, styled};

/// How far to the right a text may begin for what goes on to stand below it, of a hundred.
const FAR: usize = 65;

/// Text in which no line is wider than so many columns. It may have styles in it.
pub fn folded(text: &str, width: Option<usize>) -> Cow<'_, str> {
    let Some(width) = width else { return Cow::Borrowed(text) };
    let is_wide = |line: &str| line.len() > width && escape::columns(&styled::plain(line).0) > width;
    if !text.lines().any(is_wide) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_inclusive('\n').map(|line| folded_line(line, width)).collect())
}

fn folded_line(line: &str, width: usize) -> String {
    let (plain, places) = styled::plain(line);
    let text = plain.trim_end();
    if escape::columns(text) <= width {
        return line.to_owned();
    }
    let hang = hang(text, width);
    let place = |at: usize| places.get(at).copied().unwrap_or(line.len());
    let mut out = String::with_capacity(line.len() + 64);
    let (mut copied, mut used) = (0, 0);
    let mut at = 0;
    for piece in escape::pieces_of(text) {
        let (from, to) = (at, at + piece.len());
        at = to;
        let word = piece.trim_end_matches(' ');
        let wide = escape::columns(word);
        if used + wide > width && used > hang {
            out.push_str(line.get(copied..place(from)).unwrap_or_default().trim_end_matches(' '));
            copied = place(from);
            go_on(&mut out, hang);
            used = hang;
        }
        if used + wide > width {
            // A word that no line has room for.
            for (n, c) in word.char_indices() {
                let wide = escape::columns(c.encode_utf8(&mut [0; 4]));
                if used + wide > width && used > hang {
                    out.push_str(line.get(copied..place(from + n)).unwrap_or_default());
                    copied = place(from + n);
                    go_on(&mut out, hang);
                    used = hang;
                }
                used += wide;
            }
            used += piece.len() - word.len();
        } else {
            used += escape::columns(piece);
        }
    }
    out.push_str(line.get(copied..).unwrap_or_default());
    out
}

fn go_on(out: &mut String, hang: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', hang));
}

/// Where the text of a line begins, in columns: behind its last gap of two spaces that is not too far to the right.
fn hang(text: &str, width: usize) -> usize {
    let lead = text.len() - text.trim_start_matches(' ').len();
    let gaps = text.match_indices("  ").filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let begins = at + (rest.len() - rest.trim_start_matches(' ').len());
        text.get(..begins).map(escape::columns).filter(|columns| *columns * 100 <= width * FAR)
    });
    gaps.last().unwrap_or(lead).max(lead).min(width / 2 + width / 5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_go_on_below_their_text() {
        for (line, want) in [
            ("short\n", "short\n"),
            ("one two three four\n", "one two\nthree four\n"),
            ("  - one two three\nx\n", "  - one\n  two\n  three\nx\n"),
            ("  x  one two three\n", "  x  one\n     two\n     three\n"),
            (
                "  \x1b[1mx\x1b[0m  one \x1b[2mtwo\x1b[0m\n",
                "  \x1b[1mx\x1b[0m  one \x1b[2m\n     two\x1b[0m\n",
            ),
            ("x  磁盘空间，已用尽\n", "x  磁盘空\n   间，已\n   用尽\n"),
            ("abcdefghijklmnop\n", "abcdefghij\nklmnop\n"),
            ("abcdefg  h  ijk\n", "abcdefg  h\nijk\n"),
        ] {
            assert_eq!(folded(line, Some(10)), want, "{line:?}");
        }
        assert_eq!(folded("one two three four", None), "one two three four");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_and_nothing_is_lost(text in "[ a-f磁盘，]{0,80}", width in 4_usize..40) {
            let folded = folded(&text, Some(width));
            prop_assert!(folded.lines().all(|line| escape::columns(line.trim_end()) <= width), "{folded:?}");
            let words = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(words(&folded), words(&text));
        }
    }
}
