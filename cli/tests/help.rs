//! What the help says is part of the interface: every change of it is seen.

use assert_cmd::Command;

fn printed(args: &[&str]) -> String {
    let output = Command::cargo_bin("nwlog").unwrap().env("COLUMNS", "100").args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}");
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_verb_has_help() {
    for verb in [
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
    ] {
        let name = if verb.is_empty() { "nwlog" } else { verb };
        let verb: Vec<_> = [verb].into_iter().filter(|verb| !verb.is_empty()).collect();
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
    for verb in [
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
    ] {
        let help = printed(&[verb, "-h"]);
        assert!(!help.lines().next().unwrap().ends_with('.'), "{help}");
    }
}
