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
        ("kind:oom-kill", r#"Kind(["oom-kill"])"#),
        ("-cause:no-space", r#"-Cause(["no-space"])"#),
        (
            "severity:critical outcome:down state:open",
            r#"Severity(["critical"]) & Outcome(["down"]) & State(["open"])"#,
        ),
        ("unit:my", r#"Unit(["my.service"])"#),
        ("unit:my.socket", r#"Unit(["my.socket"])"#),
        ("unit:my.app", r#"Unit(["my.app.service"])"#),
        ("unit:my*", r#"Unit(["my*"])"#),
        ("unit:my@?", r#"Unit(["my@?", "my@?.service"])"#),
        ("unit:/docker/1", r#"Unit(["/docker/1"])"#),
        ("unit:\"a b\" host:NightBox comm:Go*", r#"Unit(["a b.service"]) & Host("nightbox") & Comm("go*")"#),
        ("id:3F9C boot:98e32220-3f7a", r#"Id("3f9c") & Boot("98e322203f7a")"#),
        ("kind:*full cause:no*", r#"Kind(["disk-full"]) & Cause(["no-space", "no-inodes"])"#),
        ("path:/var/lib/ path:data.1", r#"Path(["/var/lib"]) & Path(["data.1", "*/data.1"])"#),
        ("function:(*Server).Run", r#"Function("(*server).run")"#),
        ("TRACE_ID=xyz789", r#"Field { name: "TRACE_ID", value: "xyz789" }"#),
        ("-TRACE_ID:\"x y\"", r#"-Field { name: "TRACE_ID", value: "x y" }"#),
        ("_SYSTEMD_UNIT=my.service UNIT=my", r#"Unit(["my.service"]) & Unit(["my.service"])"#),
        ("_HOSTNAME=A MESSAGE=oops*", r#"Host("a") & oops* …"#),
        ("ERROR: x A= b", "ERROR: & x & A= & b"),
        ("restarts:3", "Number(Restarts, Between { from: 3, to: Some(3) })"),
        (
            "restarts:>3 pid:>=3",
            "Number(Restarts, Between { from: 4, to: None }) & Number(Pid, Between { from: 3, to: None })",
        ),
        ("occurrences:2..5", "Number(Occurrences, Between { from: 2, to: Some(5) })"),
        (
            "occurrences:2.. refused:..5",
            "Number(Occurrences, Between { from: 2, to: None }) & Number(Refused, Between { from: 0, to: Some(5) })",
        ),
        ("anon_rss:>1G", "Number(AnonRss, Between { from: 1048577, to: None })"),
        ("anon_rss:<1.5GiB", "Number(AnonRss, Between { from: 0, to: Some(1572863) })"),
        ("anon_rss:97720kB", "Number(AnonRss, Between { from: 97720, to: Some(97720) })"),
        ("limit:96M", "Number(Limit, Between { from: 98304, to: Some(99327) })"),
        ("usage:>0", "Number(Usage, Between { from: 1, to: None })"),
        ("down:>5m", "Number(Down, Between { from: 300000001, to: None })"),
        ("down:2.3s", "Number(Down, Between { from: 2300000, to: Some(2399999) })"),
        ("recover:<=500ms", "Number(Recover, Between { from: 0, to: Some(500000) })"),
        ("detect:\"1min 30s..2h\"", "Number(Detect, Between { from: 90000000, to: Some(7200000000) })"),
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
        ("x restarts:many", "many", "`many` is not a number", "restarts:>3"),
        ("down:>soon", ">soon", "`soon` is not a length of time", "down:>5min"),
        ("anon_rss:>1000000", ">1000000", "it has no unit", "anon_rss:>1G"),
        ("anon_rss:1X", "1X", "`1X` is not a size", "anon_rss:>1G"),
        ("restarts:5..2", "5..2", "nothing lies in `5..2`", "smaller end first"),
        ("restarts:<0", "<0", "nothing lies in `<0`", ""),
        ("killed anon_rss>1G", "anon_rss>1G", "parted by a colon", "did you mean `anon_rss:>1G`?"),
        ("rss:>1G", "rss", "no field is called `rss`", "did you mean `anon_rss:`?"),
        ("restart:>1", "restart", "no field is called `restart`", "did you mean `restarts:`?"),
        ("trace_id:4f", "trace_id", "no field is called `trace_id`", "TRACE_ID=…"),
        ("_CMDLINE=x", "_CMDLINE", "do not keep the field `_CMDLINE`", "TRACE_ID"),
        ("kind:x*", "x*", "no kind is called `x*`", "oom-kill"),
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
