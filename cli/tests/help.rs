//! What the help says is part of the interface: every change of it is seen.

use assert_cmd::Command;

/// All that has help of its own, nwlog itself first.
pub(crate) const VERBS: &[&str] = &[
    "",
    "analyze",
    "cat",
    "completions",
    "follow",
    "help",
    "list",
    "search",
    "show",
    "stats",
    "status",
    "store",
    "store check",
    "store repair",
    "store upgrade",
    "store compact",
    "store trim",
];

fn printed(args: &[&str]) -> String {
    let output = Command::cargo_bin("nwlog").unwrap().env("COLUMNS", "100").args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}");
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_verb_has_help() {
    for verb in VERBS.iter().filter(|verb| !verb.contains(' ')) {
        let name = if verb.is_empty() { "nwlog" } else { verb };
        let verb: Vec<_> = verb.split_whitespace().collect();
        insta::assert_snapshot!(format!("{name}-short"), printed(&[&verb[..], &["-h"]].concat()));
        insta::assert_snapshot!(format!("{name}-long"), printed(&[&verb[..], &["--help"]].concat()));
    }
}

#[test]
fn nothing_to_do_prints_help() {
    assert_eq!(printed(&[]), printed(&["-h"]));
}

#[test]
fn first_lines_have_no_full_stop() {
    for verb in VERBS {
        let words: Vec<_> = verb.split_whitespace().collect();
        let help = printed(&[&words[..], &["-h"]].concat());
        assert!(!help.lines().next().unwrap().ends_with('.'), "{help}");
    }
}
