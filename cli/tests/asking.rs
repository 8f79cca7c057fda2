//! The asking side as its users see it: list, search, stats, help on queries, completions, languages.

use nwlog::output::{Format, Printer, View};
use nwlog::words::Lang;
use nwlog_benches::years;
use nwlog_index::{Store, WriterOptions};

use crate::asked::now;
use crate::desk::{Desk, Said};
use crate::incidents;

/// A desk with a store of generated incidents, in which nothing depends on the day.
fn desk(n: u64) -> Desk {
    let desk = Desk::new();
    let mut writer = Store::open_writer(desk.path(".local/state/nwlog"), WriterOptions::LIVE).unwrap();
    for n in 0..n {
        writer.write(years::incident(3, n)).unwrap();
    }
    writer.commit(None).unwrap();
    writer.close().unwrap();
    desk
}

fn in_chinese(desk: &Desk, words: &str) -> Said {
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    Said::of(command.env("LANG", "zh_CN.UTF-8").args(words.split_whitespace()).output().unwrap())
}

fn ids(said: &Said) -> Vec<String> {
    said.column("id")
}

#[test]
fn the_newest_come_first_and_turned_around_last() {
    let desk = desk(60);
    let times = |said: &Said| said.column("last");
    let newest = desk.run("list -o json -n 10").with_status(0);
    assert_eq!(newest.json().len(), 10);
    assert!(times(&newest).is_sorted_by(|a, b| a >= b), "{:?}", times(&newest));
    let mut turned = ids(&desk.run("list -o json -n 10 -r"));
    turned.reverse();
    assert_eq!(turned, ids(&newest));
    assert_eq!(ids(&desk.run("search -o json -n 10")), ids(&newest));

    let by_time = desk.run("search -o json killed -n all").with_status(0);
    assert!(times(&by_time).is_sorted_by(|a, b| a >= b));
    let best = desk.run("search -o json killed OR nginx -n all --relevance").with_status(0);
    let newest = desk.run("search -o json killed OR nginx -n all").with_status(0);
    let (mut a, mut b) = (ids(&best), ids(&newest));
    assert_ne!(a, b);
    a.sort();
    b.sort();
    assert_eq!(a, b);
    desk.run("list -u nothing").with_status(1);
}

#[test]
fn a_field_of_a_units_line_finds_its_incident() {
    let story = "\
machine web-1
00:00.000 systemd shop.service/1 started
00:01.000 unit    shop.service/1 native pid=311 TRACE_ID=xyz789 | taking the order
00:02.500 systemd shop.service/1 exited exited 1
+0.010    systemd shop.service/1 failed exit-code
00:03.000 systemd other.service/1 started
00:04.000 unit    other.service/1 native pid=412 TRACE_ID=abc123 | taking the order
00:05.000 systemd other.service/1 exited exited 1
+0.010    systemd other.service/1 failed exit-code
";
    let desk = Desk::new();
    desk.put("x.export", nwlog_corpora::scenario::parse(story).unwrap().export());
    desk.run("analyze -q -o short x.export").with_status(0);
    for query in ["TRACE_ID=xyz789", "TRACE_ID:xyz*", "xyz789"] {
        let found = desk.nwlog(["search", query, "-o", "json"]).with_status(0);
        assert_eq!(found.column("unit"), ["shop.service"], "{query}");
        let fields = found.json()[0]["fields"].as_array().unwrap().clone();
        assert!(fields.contains(&"TRACE_ID=xyz789".into()), "{fields:?}");
    }
    desk.run("search TRACE_ID=xyz").with_status(1);
    let id = &desk.run("search TRACE_ID=abc123 -o json").column("id")[0];
    assert!(desk.nwlog(["show", id]).out.contains("TRACE_ID=abc123"));
}

#[test]
fn facets_count_what_search_finds() {
    let desk = desk(80);
    let all = desk.run("search -o json killed -n all").with_status(0).json();
    for (facet, key) in
        [("kind", "kind"), ("unit", "unit"), ("host", "host"), ("cause", "cause"), ("day", "first")]
    {
        let said = desk.nwlog(["search", "killed", "--facet", facet, "-n", "all", "-o", "json", "--utc"]);
        for row in said.with_status(0).json() {
            assert_eq!((row["schema"].as_u64(), row["facet"].as_str()), (Some(1), Some(facet)));
            let value = row["value"].as_str().unwrap();
            let count = all.iter().filter(|one| one[key].as_str().unwrap().starts_with(value));
            let count = count.filter(|one| facet == "day" || one[key] == value).count();
            assert_eq!(row["count"].as_u64(), Some(count as u64), "{facet} {value}");
        }
    }
    let said = desk.run("search --facet kind").with_status(0);
    insta::assert_snapshot!(said.out);
    let said = desk.run("search --facet unit -n 3").with_status(0);
    insta::assert_snapshot!(format!("{}{}", said.out, said.err));
    desk.run("search nosuchword --facet kind").with_status(1);
}

#[test]
fn stats_are_the_table_of_a_review() {
    let desk = desk(300);
    let all = desk.run("search -o json -n all").with_status(0).json();
    for by in ["kind", "cause", "unit", "host", "day", "week", "month"] {
        let rows =
            desk.nwlog(["stats", "--by", by, "-n", "all", "-o", "json", "--utc"]).with_status(0).json();
        let sum = |key: &str| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
        assert_eq!(sum("incidents"), 300, "{by}");
        assert_eq!(sum("down_us"), all.iter().filter_map(|one| one["down_us"].as_u64()).sum::<u64>(), "{by}");
    }
    let rows = desk.run("stats kind:oom-kill --by kind -o json").with_status(0).json();
    let mut detect: Vec<_> = all.iter().filter(|one| one["kind"] == "oom-kill").collect();
    detect.sort_by_key(|one| one["detect_us"].as_u64());
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["detect_us"], detect[(detect.len() - 1) / 2]["detect_us"]);
    insta::assert_snapshot!(desk.run("stats").with_status(0).out);
    insta::assert_snapshot!(desk.run("stats --by month -S 2026-01-01 --utc").with_status(0).out);
    desk.run("stats nosuchword").with_status(1);
}

#[test]
fn the_locale_and_an_option_choose_the_language() {
    let desk = desk(40);
    let english = desk.run("list -n 5 --utc");
    assert_eq!(desk.run("list -n 5 --utc --lang en").out, english.out);
    let chinese = in_chinese(&desk, "list -n 5 --utc").with_status(0);
    assert_eq!(desk.run("list -n 5 --utc --lang zh").out, chinese.out);
    insta::assert_snapshot!(format!("{}{}", chinese.out, chinese.err));
    insta::assert_snapshot!(in_chinese(&desk, "stats").with_status(0).out);
    // What scripts read is the same in any language.
    assert_eq!(in_chinese(&desk, "list -o json").out, desk.run("list -o json").out);
}

#[test]
fn a_story_in_chinese() {
    let mut out = Vec::new();
    let view = View { lang: Lang::Zh, width: Some(80), ..View::PLAIN };
    for format in [Format::Short, Format::Timeline] {
        let mut printer = Printer::new(&mut out, format, view);
        for incident in [incidents::oom(), incidents::go_panic(), incidents::disk(), incidents::bare()] {
            printer.incident(&incident).unwrap();
        }
    }
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn what_nwlog_words_itself_is_said_in_chinese() {
    let recordings = nwlog_corpora::recordings::all().unwrap();
    let item = Lang::Zh.words().item;
    let mut said = 0;
    for recording in recordings.iter().filter(|recording| ["nightbox", "quay"].contains(&recording.name)) {
        for incident in nwlog_benches::incidents_of(&recording.read().unwrap().into()).unwrap() {
            let worded =
                incident.timeline.iter().filter(|item| item.source != nwlog_ingest::event::Writer::Unit);
            for told in worded {
                assert!(
                    item(&told.text).contains(|c| ('一'..='龥').contains(&c)),
                    "{}: {}",
                    told.event,
                    told.text
                );
                said += 1;
            }
        }
    }
    assert!(said > 100, "{said}");
}

#[test]
fn what_was_looked_for_is_marked_where_there_is_colour() {
    let desk = desk(40);
    let said = desk.run("search killed --color always").with_status(0);
    assert!(said.out.contains("\x1b[7mkilled\x1b[27m"), "{}", said.out);
    for plain in ["search killed", "search killed --color never", "list --color always"] {
        assert!(!desk.run(plain).out.contains("\x1b[7m"), "{plain}");
    }
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    let said = Said::of(command.env("NO_COLOR", "1").args(["search", "killed"]).output().unwrap());
    assert!(!said.out.contains('\x1b'));
}

#[test]
fn times_are_shown_and_read_in_the_zone_that_is_asked_for() {
    let desk = desk(200);
    let first = &desk.run("list -n 1 -o json").with_status(0).json()[0];
    let id = &first["id"].as_str().unwrap()[..8];
    for (option, zone) in
        [("--utc", "UTC"), ("--tz=Asia/Shanghai", "Asia/Shanghai"), ("--tz=America/Lima", "America/Lima")]
    {
        let tz: chrono_tz::Tz = zone.parse().unwrap();
        let at: chrono::DateTime<chrono::Utc> = first["first"].as_str().unwrap().parse().unwrap();
        let shown = at.with_timezone(&tz).format("%Y-%m-%d %H:%M:%S").to_string();
        let said = desk.nwlog(["list", "-n", "1", option]).with_status(0);
        assert!(said.out.starts_with(&shown), "{zone}: {}", said.out);
        // From that second on there it is, and is not before it.
        let found = desk.nwlog(["search", &format!("id:{id}"), "-U", &shown, option]);
        assert_eq!(found.status, Some(1), "{zone}");
        desk.nwlog(["search", &format!("id:{id} after:\"{shown}\""), option]).with_status(0);
    }
    desk.run("list --tz Nowhere/City").with_status(2);
}

#[test]
fn every_example_of_the_help_on_queries_can_be_asked() {
    let desk = desk(5);
    for lang in ["en", "zh"] {
        let help = desk.nwlog(["help", "query", "--lang", lang]).with_status(0).out;
        let examples: Vec<_> = help.lines().filter_map(|line| line.strip_prefix("  nwlog search ")).collect();
        assert!(examples.len() > 25, "{lang}: {}", examples.len());
        for example in examples {
            let command = example.split("   ").next().unwrap();
            let words = shell_words(command);
            nwlog_index::Query::parse(&words.join(" "), &now())
                .unwrap_or_else(|why| panic!("{example}: {why}"));
        }
        assert!(help.lines().all(|line| nwlog::output::escape::columns(line) <= 120), "{help}");
    }
}

/// The words of a command line in which quotes are single ones.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn help_knows_its_verbs_and_says_when_it_does_not() {
    let desk = Desk::new();
    assert_eq!(desk.run("help search").out, desk.run("search --help").out);
    assert_eq!(desk.run("help").out, desk.run("-h").out);
    assert!(desk.run("help store repair").with_status(0).out.contains("brings back"));
    let said = desk.run("help nonsense").with_status(2);
    assert!(said.err.contains("topics are query, "), "{}", said.err);
}

#[test]
fn help_is_in_chinese_too() {
    let desk = Desk::new();
    let help = |words: &str| in_chinese(&desk, words).with_status(0).out;
    assert_eq!(help("help search"), help("search --help"));
    assert_eq!(help(""), help("-h"));
    assert_eq!(desk.run("stats -h --lang zh").out, help("stats -h"));
    assert_eq!(desk.run("--lang zh stats -h").out, help("stats -h"));
    insta::assert_snapshot!(format!("{}{}", help("-h"), help("stats -h")));
}

#[test]
fn man_pages_are_written() {
    let desk = Desk::new();
    desk.run("help --man man").with_status(0);
    for page in ["nwlog.1", "nwlog-search.1", "nwlog-stats.1", "nwlog-store-repair.1"] {
        let text = std::fs::read_to_string(desk.path("man").join(page)).unwrap();
        assert!(text.contains(".SH") && text.contains("nwlog"), "{page}");
    }
}

#[test]
fn shells_complete_verbs_units_and_ids() {
    let desk = desk(60);
    for shell in ["bash", "zsh", "fish"] {
        let said = desk.nwlog(["completions", shell]).with_status(0);
        assert!(said.out.contains("NWLOG_COMPLETE"), "{shell}: {}", said.out);
    }
    // As fish asks: one candidate a line, with help after a tab.
    let complete = |words: &[&str]| {
        let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        command.env("NWLOG_COMPLETE", "fish").args(["--", "nwlog"]).args(words);
        let said = Said::of(command.output().unwrap()).with_status(0);
        said.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(complete(&["st"]).contains(&"stats".to_owned()));
    assert!(complete(&["list", "--unit", "ngi"]).contains(&"nginx.service".to_owned()));
    assert!(complete(&["search", "kind:oo"]).contains(&"kind:oom-kill".to_owned()));
    assert!(complete(&["search", "unit:etc"]).contains(&"unit:etcd.service".to_owned()));
    assert!(complete(&["search", "-anon"]).is_empty() || !complete(&["search", "anon"]).is_empty());
    let id = &desk.run("list -n 1 -o json").json()[0]["id"].as_str().unwrap()[..8].to_owned();
    assert!(complete(&["show", &id[..4]]).contains(id));
}
