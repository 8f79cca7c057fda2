#![allow(clippy::unwrap_used, clippy::string_slice)]

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;

use super::*;

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-01T10:20:30+00:00").unwrap()
}

/// A query, written out: groups apart by `&`, alternatives by `|`.
fn shown(text: &str) -> String {
    let query = Query::parse(text, &now()).unwrap();
    let literal = |one: &Literal| {
        let sign = if one.negated { "-" } else { "" };
        match &one.test {
            Test::Text { text, prefix } => format!("{sign}{text}{}", if *prefix { " …" } else { "" }),
            test => format!("{sign}{test:?}"),
        }
    };
    let group = |group: &Vec<Literal>| group.iter().map(literal).collect::<Vec<_>>().join(" | ");
    query.groups.iter().map(group).collect::<Vec<_>>().join(" & ")
}

#[test]
fn reads_what_people_write() {
    for (text, want) in [
        ("", ""),
        ("  killed   process ", "killed & process"),
        ("a OR b c", "a | b & c"),
        ("a b OR c OR d e", "a & b | c | d & e"),
        ("a OR -b", "a | -b"),
        ("\"killed process\" -foo", "killed process & -foo"),
        ("ngi* \"lib/ngi\"*", "ngi* … & lib/ngi …"),
        (r#""a \"b\" \\ \x2d""#, r#"a "b" \ \x2d"#),
        ("\"OR\" -OR", "OR & -OR"),
        ("12:30 a.b:c Error:x /a:b x-y --flag", "12:30 & a.b:c & Error:x & /a:b & x-y & --flag"),
        ("killed - => process", "killed & process"),
        ("=> OR a OR … OR b c", "a | b & c"),
        ("a … OR b", "a & b"),
        ("main.(*Server).Run", "main.(*Server).Run"),
        ("a\"b c\"", "a\"b & c\""),
        ("kind:oom-kill", "Kind(OomKill)"),
        ("-cause:no-space", "-Cause(NoSpace)"),
        ("severity:critical outcome:down state:open", "Severity(Critical) & Outcome(Down) & State(Open)"),
        ("unit:my", r#"Unit(["my.service"])"#),
        ("unit:my.socket", r#"Unit(["my.socket"])"#),
        ("unit:my.app", r#"Unit(["my.app.service"])"#),
        ("unit:my*", r#"Unit(["my*"])"#),
        ("unit:my@?", r#"Unit(["my@?", "my@?.service"])"#),
        ("unit:/docker/1", r#"Unit(["/docker/1"])"#),
        ("unit:\"a b\" host:NightBox comm:Go*", r#"Unit(["a b.service"]) & Host("nightbox") & Comm("go*")"#),
        ("id:3F9C boot:98e32220-3f7a", r#"Id("3f9c") & Boot("98e322203f7a")"#),
        ("after:@1 before:\"2026-03-01 10:20\"", "After(1000000) & Before(1772360400000000)"),
        ("after:-2h", "After(1772353230000000)"),
        ("磁盘　空间", "磁盘 & 空间"),
    ] {
        assert_eq!(shown(text), want, "{text}");
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    for (text, wrong, message, hint) in [
        ("a \"b c", "\"b c", "a quote is not closed", "close it"),
        ("OR a", "OR", "nothing stands before `OR`", "\"OR\""),
        ("a OR OR b", "OR", "nothing stands before `OR`", "\"OR\""),
        ("a OR", "OR", "nothing stands after `OR`", "\"OR\""),
        ("磁 unti:x", "unti", "no field is called `unti`", "did you mean `unit:`?"),
        ("since:today", "since", "no field is called `since`", "did you mean `after:`?"),
        ("http://x", "http", "no field is called `http`", "in quotes"),
        ("kind:oom-kil", "oom-kil", "no kind is called `oom-kil`", "did you mean `kind:oom-kill`?"),
        ("severity:bad", "bad", "no severity is called `bad`", "notice, warning, critical"),
        ("unit:", "unit:", "`unit:` has no value", "after the colon"),
        ("unit: x", "unit:", "`unit:` has no value", "after the colon"),
        ("host:\"\"", "host:\"\"", "`host:` has no value", "after the colon"),
        ("x id:3f9", "3f9", "`3f9` begins no such id", "4 to 16"),
        ("id:wxyz", "wxyz", "`wxyz` begins no such id", "4 to 16"),
        ("boot:\"98e3 2\"", "\"98e3 2\"", "`98e3 2` begins no such id", "4 to 32"),
        ("after:2h ago", "2h", "`2h` is not a time", "after:\"2 h ago\""),
        ("-- =>", "-- =>", "no letter or digit to look for", ""),
    ] {
        let error = Query::parse(text, &now()).unwrap_err();
        let start = text.rfind(wrong).unwrap();
        let start = if text == "unit: x" { 0 } else { start };
        assert_eq!(error.span, start..start + wrong.len(), "{text}: {error:?}");
        assert!(error.message.contains(message), "{text}: {error:?}");
        assert!(error.hint.clone().unwrap_or_default().contains(hint), "{text}: {error:?}");
    }
}

#[test]
fn fields_join_a_query() {
    let both = Query::parse("a", &now()).unwrap().and(Query::field("unit", "my app", &now()).unwrap());
    assert_eq!(both, Query::parse("a unit:\"my app\"", &now()).unwrap());
    assert!(both.has_text());
    assert!(!Query::parse("unit:x -a", &now()).unwrap().has_text());
    let error = Query::field("kind", "磁盘", &now()).unwrap_err();
    assert_eq!(error.span, 0..6);
}

proptest! {
    #[test]
    fn never_panics_and_points_into_the_text(
        text in prop_oneof![any::<String>(), r#"(unit|kind|after|x|OR|-|:|"|\\|\*| |磁|é|[a-z]){0,24}"#],
    ) {
        if let Err(error) = Query::parse(&text, &now()) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        }
    }

    #[test]
    fn any_text_can_be_quoted(text in any::<String>()) {
        let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match Query::parse(&quoted, &now()) {
            Ok(query) => {
                let want = Literal { negated: false, test: Test::Text { text, prefix: false } };
                prop_assert_eq!(query.groups, vec![vec![want]]);
            }
            Err(_) => prop_assert!(!text.contains(char::is_alphanumeric)),
        }
    }
}
