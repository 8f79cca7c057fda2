//! Chinese, where a person reads: all of the help, of what is said on stderr, and of status. What scripts read stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog::words::Lang;
use nwlog_benches::years;
use nwlog_index::{Store, WriterOptions};

use crate::desk::{Desk, Said};
use crate::help::VERBS;

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '一'..='龥' | '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}'))
}

fn in_chinese(desk: &Desk, words: &[&str]) -> Said {
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    Said::of(command.env("LC_ALL", "zh_CN.UTF-8").args(words).output().unwrap())
}

/// Whether a line of help is one that is the same in any language: options, an example without a remark.
fn is_for_all(line: &str) -> bool {
    let words = line.trim_start();
    // A list of values that goes on.
    if line.starts_with("             ") && words.ends_with(']') {
        return true;
    }
    words.is_empty()
        || words.starts_with('-')
        || ["nwlog ", "ssh ", "source ", "[PATH", "[QUERY", "[TOPIC", "<ID", "<SHELL"]
            .iter()
            .any(|begin| words.starts_with(begin))
}

#[test]
fn no_line_of_help_is_left_in_english() {
    let desk = Desk::new();
    for verb in VERBS {
        for flag in ["-h", "--help"] {
            let words: Vec<_> = verb.split_whitespace().chain([flag]).collect();
            let help = in_chinese(&desk, &words).with_status(0).out;
            for line in help.lines() {
                let says_more = line.trim_start().starts_with('-') && flag == "-h";
                assert!(
                    is_chinese(line) || (is_for_all(line) && !says_more),
                    "{verb} {flag}: {line}\n{help}"
                );
            }
            assert!(
                !help.contains("default:") && !help.contains("OPTIONS") && !help.contains("ossible values"),
                "{help}"
            );
        }
    }
    let query = in_chinese(&desk, &["help", "query"]).with_status(0).out;
    for line in query.lines().filter(|line| !line.starts_with("  nwlog ")) {
        assert!(line.is_empty() || is_chinese(line), "{line}");
    }
}

/// The string literals of a source of Rust that stand in calls which make messages.
fn messages(source: &str) -> Vec<String> {
    const CALLS: &[&str] = &[
        "anyhow!(",
        "hinted(",
        ".hint(",
        "context(",
        ".note(",
        ".warn(",
        "#[error(",
        "message: ",
        "hint: ",
        "what: ",
        "let what = ",
        "let hint = ",
        "io::Error::other(",
        "dangling(",
        "Some(\"",
        "say(",
    ];
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            let rest = &source[at + call.len() - usize::from(call.ends_with('"'))..];
            found.extend(literals(rest, !call.ends_with('(')));
        }
    }
    found
}

/// The literals up to the end of a call, or only the first of all.
fn literals(source: &str, one: bool) -> Vec<String> {
    let (mut found, mut depth) = (Vec::new(), 1_i32);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            ',' | ';' if one && depth == 1 => return found,
            '\'' => {
                // A character, and no lifetime: these are not in calls.
                let escaped = chars.next() == Some('\\');
                if escaped {
                    chars.next();
                }
                chars.next();
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    match (c, c == '\\') {
                        (_, true) => match chars.next() {
                            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                            Some('n') => text.push('\n'),
                            other => text.extend(other),
                        },
                        (c, false) => text.push(c),
                    }
                }
                found.push(text);
                if one {
                    return found;
                }
            }
            _ => {}
        }
        if depth <= 0 {
            return found;
        }
    }
    found
}

/// A format with something in its gaps.
fn filled(format: &str) -> String {
    let (mut text, mut rest) = (String::new(), format);
    while let Some((before, after)) = rest.split_once('{') {
        let (_, after) = after.split_once('}').unwrap_or(("", after));
        text = text + before + "7";
        rest = after;
    }
    text + rest
}

/// What stands in such calls and is no message of its own, or none that a person reads.
const NO_MESSAGES: &[&str] = &[
    // Parts that other wordings take in, and names.
    "field",
    "incident",
    "no such value",
    "--since: 7",
    "exclude: 7: 7",
    // Worded for each thing that stands there.
    "no 7 is called `7`",
    "`7` is not 7",
    // What messages are printed with.
    "nwlog: 7",
    "nwlog: 7777",
];

fn sources(dir: &Path, to: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            sources(&path, to);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests.rs" {
            to.push(path);
        }
    }
}

#[test]
fn what_is_wrong_is_said_in_chinese() {
    let desk = Desk::new();
    desk.put("blob", [0; 512]);
    desk.put("a.export", "__REALTIME_TIMESTAMP=1\nMESSAGE=x\n\n");
    desk.put("bad.toml", "latenes = \"30s\"\n");
    let mut told = String::new();
    for (words, status) in [
        (&["nonsense"][..], 2),
        (&["show"], 2),
        (&["show", "--colour", "never", "3f9c"], 2),
        (&["list", "--color", "sometimes"], 2),
        (&["list", "-n", "few"], 2),
        (&["list", "--utc", "--tz", "UTC"], 2),
        (&["store"], 2),
        (&["analyze", "--jobs", "0", "x"], 2),
        (&["analyze", "-S", "soon", "x"], 2),
        (&["analyze", "-S", "today", "-U", "yesterday", "x"], 2),
        (&["analyze", "--no-store", "missing.export"], 2),
        (&["analyze", "--no-store", "blob"], 2),
        (&["analyze", "a.export"], 0),
        (&["search", "untit:app"], 2),
        (&["search", "kind:flood"], 2),
        (&["search", "漢字 anon_rss:>1"], 2),
        (&["search", "after:\"2026-02-30\""], 2),
        (&["search", "killed OR"], 2),
        (&["search", "killed"], 1),
        (&["show", "zz"], 2),
        (&["show", "abcdef"], 1),
        (&["store", "check", "--store", "nowhere"], 2),
        (&["store", "check"], 0),
        (&["store", "trim", "--max-age", "1y"], 0),
        (&["cat", "-g", "(", "a.export"], 2),
        (&["follow", "--config", "bad.toml"], 2),
        (&["help", "nonsense"], 2),
    ] {
        let said = in_chinese(&desk, words).with_status(status);
        assert!(said.err.is_empty() || is_chinese(&said.err), "{}", said.err);
        let here = desk.path("");
        let here = here.to_str().unwrap();
        told +=
            &format!("$ nwlog {}\n{}{}\n", words.join(" "), said.out, said.err).replace(here, "/home/me/");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn status_is_in_chinese() {
    let desk = Desk::new();
    let store = desk.path(".local/state/nwlog");
    let mut writer = Store::open_writer(&store, WriterOptions::LIVE).unwrap();
    for n in 0..40 {
        writer.write(years::incident(3, n)).unwrap();
    }
    writer.commit(None).unwrap();
    writer.close().unwrap();
    let progress = r#"{"pid":null,"at":1769818958000000,"read":1769818958000000,"caught_up":false,"rate":0.0,
        "counts":{"entries":12345,"gaps":2,"missing":70,"incidents":9},"held":3,"dropped":1,
        "fails":"no space is left for /x: free some and run this again; what was stored before is still there"}"#;
    fs::write(store.join("follow.json"), progress).unwrap();
    let said = in_chinese(&desk, &["status", "--utc"]).with_status(0);
    // What depends on the day and on how the index is written.
    let lines = said.out.lines().filter(|line| !line.starts_with("存储") && !line.starts_with("大小"));
    let told: Vec<_> = lines
        .map(|line| line.split_once("，落后 ").map_or(line.to_owned(), |(to, _)| format!("{to}，落后 …")))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(said.err.is_empty());
    assert_eq!(in_chinese(&desk, &["list", "-o", "json"]).out, desk.run("list -o json").out);
}

#[test]
fn shells_are_offered_chinese_descriptions() {
    let desk = Desk::new();
    for word in ["st", "--c"] {
        let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        command.env("NWLOG_COMPLETE", "fish").env("LC_ALL", "zh_CN.UTF-8").args(["--", "nwlog", word]);
        let said = Said::of(command.output().unwrap()).with_status(0);
        assert!(!said.out.is_empty() && said.out.lines().all(is_chinese), "{}", said.out);
    }
}

#[test]
fn every_message_has_chinese_words() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for dir in ["cli/src", "index/src", "ingest/journal/src", "ingest/src/source"] {
        sources(&house.join(dir), &mut files);
    }
    let said = Lang::Zh.words().message;
    let mut missing = Vec::new();
    let mut known = 0;
    // The words themselves, and cursors, which nobody types.
    let passed = ["cli/src/words", "ingest/journal/src/cursor.rs"].map(|path| house.join(path));
    for file in files.iter().filter(|file| !passed.iter().any(|path| file.starts_with(path))) {
        for text in messages(&fs::read_to_string(file).unwrap()) {
            let text = filled(&text);
            let is_text = text.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 2);
            if !is_text || NO_MESSAGES.contains(&text.as_str()) {
                continue;
            }
            // Some stand behind the name of a file or a store.
            let placed = [format!("/x {text}"), format!("/x: {text}"), format!(": {text}")];
            let all = [text.clone()].into_iter().chain(placed);
            match all.into_iter().any(|text| is_chinese(&said(&text))) {
                true => known += 1,
                false => missing.push(format!("{}: {text}", file.strip_prefix(house).unwrap().display())),
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(known > 150, "{known}");
}
