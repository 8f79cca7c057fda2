//! JSON strings without characters that a terminal obeys.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::output::escape::is_hostile;

/// Compact JSON in which every hostile character is a `\uXXXX` escape.
#[derive(Clone, Copy, Debug, Default)]
pub struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hostile) {
            let (clean, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            writer.write_all(clean.as_bytes())?;
            let mut chars = tail.chars();
            if let Some(hostile) = chars.next() {
                for unit in hostile.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line;
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_what_json_itself_would_leave() {
        assert_eq!(written("a\u{9b}b\u{7f}\u{202e}"), "\"a\\u009bb\\u007f\\u202e\"\n");
        assert_eq!(written("\u{e0041}"), "\"\\udb40\\udc41\"\n");
    }

    proptest! {
        #[test]
        fn reads_back_and_holds_nothing_hostile(text in any::<String>()) {
            let json = written(&text);
            prop_assert!(!json.trim_end_matches('\n').contains(is_hostile));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
