//! What stands in a log never acts on a terminal.

use nwlog::output::colour::When;
use nwlog::output::escape::is_hostile;
use nwlog::output::{Format, Printer, View};
use proptest::prelude::*;

use crate::incidents::filled_with;

fn printed(format: Format, view: View, text: &str) -> String {
    let mut out = Vec::new();
    Printer::new(&mut out, format, view).incident(&filled_with(text)).unwrap();
    String::from_utf8(out).unwrap()
}

fn views() -> [View; 3] {
    [View::PLAIN, View { all: true, ..View::PLAIN }, View { width: Some(40), ..View::PLAIN }]
}

fn is_harmless(out: &str) -> bool {
    out.lines().all(|line| !line.contains(is_hostile))
}

proptest! {
    #[test]
    fn no_text_of_a_log_reaches_a_terminal_raw(text in any::<String>()) {
        for format in [Format::Short, Format::Timeline, Format::Json] {
            for view in views() {
                let out = printed(format, view, &text);
                prop_assert!(is_harmless(&out), "{:?}", out);
            }
        }
    }

    #[test]
    fn nor_do_newlines_make_lines(text in "[\r\n]{1,4}[a-z]{1,4}[\r\n]{1,4}[a-z]{1,4}") {
        for format in [Format::Short, Format::Json] {
            prop_assert_eq!(printed(format, View::PLAIN, &text).lines().count(), 1);
        }
    }
}

#[test]
fn known_tricks() {
    let tricks = [
        "\x1b[2J",
        "\x1b]0;owned\x07",
        "\u{9b}31m",
        "\u{202e}txt.exe",
        "a\u{200b}b",
        "\x08\x08",
        "\0",
        "\u{7f}",
    ];
    for trick in tricks {
        for format in [Format::Short, Format::Timeline, Format::Json] {
            let out = printed(format, View::PLAIN, trick);
            assert!(is_harmless(&out), "{trick:?} in {out:?}");
        }
    }
}

#[test]
fn colour_is_all_that_escapes_are_used_for() {
    let palette = When::Always.palette(&std::io::stdout());
    let out = printed(Format::Timeline, View { palette, ..View::PLAIN }, "plain");
    assert!(out.contains('\x1b'));
    let plain = anstream::adapter::strip_str(&out).to_string();
    assert_eq!(plain, printed(Format::Timeline, View::PLAIN, "plain"));
}
