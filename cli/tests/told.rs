//! From a log to the story of what died in it: analyze, search, show.

use std::sync::OnceLock;

use crate::desk::Desk;
use crate::journal;

/// A desk where the recorded machine was analyzed.
fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        desk.nwlog(["analyze", "-q", "-o", "short", journal::path().to_str().unwrap()]).with_status(0);
        desk
    })
}

/// The ids that `search` prints, in its order.
fn found(args: &[&str]) -> Vec<String> {
    let said = desk().nwlog([&["search", "-o", "json"], args].concat());
    said.column("unit")
}

#[test]
fn the_words_of_the_kernel_find_the_unit_that_it_never_names() {
    assert_eq!(
        found(&["--relevance", "killed process myapp"]).first().map(String::as_str),
        Some("myapp.service")
    );
    assert_eq!(found(&["--relevance", "killed", "process", "myapp"])[0], "myapp.service");
    let said = desk().nwlog(["search", "--relevance", "killed process myapp"]).with_status(0);
    assert!(said.out.lines().next().unwrap().contains("myapp.service"), "{}", said.out);
}

#[test]
fn fields_phrases_and_times_find_what_they_say() {
    for (args, units) in [
        (&["kind:oom-kill unit:myapp"][..], &["myapp.service"][..]),
        (&["kind:disk-full", "\"read-only file system\""], &["rofill.service"]),
        (&["deadlock"], &["dead.service"]),
        (&["main.main.func2"], &["mapw.service"]),
        (&["--kind", "go-panic", "-u", "web"], &["web.service"]),
        (
            &["-S", "2026-11-23 01:14:55", "-U", "2026-11-23 01:15", "--kind", "oom-kill", "hog"],
            &["hog.service"],
        ),
    ] {
        assert_eq!(found(args), units, "{args:?}");
    }
}

#[test]
fn words_that_nothing_holds_find_nothing() {
    for words in
        ["zeppelin", "killed process zeppelin", "kind:oom-kill deadlock", "unit:nothing-of-that-name"]
    {
        let said = desk().nwlog(["search", words]).with_status(1);
        assert_eq!(said.out, "", "{words}");
    }
}

#[test]
fn a_wrong_query_is_pointed_at() {
    let mut told = String::new();
    for query in ["knd:oom", "killed \"process myapp", "kind:flood", "after:soon"] {
        let said = desk().nwlog(["search", query]).with_status(2);
        assert!(said.out.is_empty() && said.err.contains('^') && said.err.contains("hint: "), "{}", said.err);
        told += &format!("$ nwlog search '{query}'\n{}\n", said.err);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn show_tells_the_whole_story_in_true_order_with_the_reason_of_each_record() {
    let id =
        &desk().nwlog(["search", "-o", "json", "kind:oom-kill unit:myapp"]).with_status(0).column("id")[0];
    let said = desk().nwlog(["show", &id[..6]]).with_status(0);
    assert_eq!(said.err, "");
    let times: Vec<_> = said
        .out
        .lines()
        .filter_map(|line| line.split_once("  "))
        .filter(|(time, _)| time.starts_with("01:"))
        .collect();
    assert!(times.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{}", said.out);
    for who in ["kernel ", "systemd ", "unit "] {
        assert!(times.iter().any(|(_, rest)| rest.starts_with(who)), "{who}: {}", said.out);
    }
    for (_, rest) in times.iter().filter(|(_, rest)| !rest.starts_with("unit")) {
        assert!(rest.ends_with(')'), "{rest}");
    }
    insta::assert_snapshot!(said.out);
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&said.out), "README.md shows another story");

    let all = desk().nwlog(["show", "--all", id]).with_status(0);
    assert_eq!(all.out.matches("killed process ").count(), 8);
    let json = &desk().nwlog(["show", "-o", "json", id]).with_status(0).json()[0];
    let links: Vec<_> =
        json["timeline"].as_array().unwrap().iter().map(|item| item["link"].as_str()).collect();
    assert!(links.iter().all(Option::is_some), "{links:?}");
    for link in ["kernel-cgroup", "invocation"] {
        assert!(links.contains(&Some(link)), "{link}");
    }
}

#[test]
fn the_readme_shows_the_answers_that_are_given() {
    let readme = include_str!("../../README.md");
    for words in ["stats", "list -n 3 --lang zh"] {
        let said = desk().run(words).with_status(0);
        assert!(readme.contains(&format!("$ nwlog {words}\n{}", said.out)), "{words}: {}", said.out);
    }
}

#[test]
fn an_id_that_is_unknown_or_no_id_is_told() {
    let said = desk().run("show ffffffff").with_status(1);
    assert_eq!(said.err, "nwlog: no incident that is kept begins with ffffffff\n");
    for id in ["fff", "myapp.service"] {
        let said = desk().run(&format!("show {id}")).with_status(2);
        assert!(said.err.starts_with("nwlog: error: ") && said.err.contains("hint: "), "{}", said.err);
    }
}

#[test]
fn status_tells_what_is_kept() {
    let said = desk().run("status").with_status(0);
    for line in [
        "incidents  21, 0 open",
        "kinds      3 oom-kill, 3 disk-full, 8 go-panic, 7 unit-failure",
        "oldest     2026-11-23 01:13:38",
    ] {
        assert!(said.out.lines().any(|found| found == line), "{line}: {}", said.out);
    }
}
