//! Times against `systemd-analyze timestamp`, in several time zones. Skipped where that program is missing.

use std::process::Command;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use nwlog_index::parse_time;

const ZONES: &[Tz] = &[
    Tz::UTC,
    Tz::Europe__Berlin,
    Tz::Europe__Dublin,
    Tz::America__New_York,
    Tz::America__Sao_Paulo,
    Tz::Asia__Kathmandu,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
];

/// What every systemd since 252 reads.
const ALWAYS: &[&str] = &[
    "2012-11-23 11:12:13",
    "2012-11-23 11:12:13 UTC",
    "2012-11-23 11:12",
    "2012-11-23",
    "2012-11-23 UTC",
    "12-11-23",
    "68-01-01",
    "71-01-02",
    "2026-2-3 4:5:6",
    "2026-2-3  4:5",
    "2014-03-25 03:59:56.654563",
    "2014-03-25 03:59:56.5 UTC",
    "2014-03-25 03:59:56.1234564",
    "2014-03-25 03:59:56.1234565",
    "2014-03-25 03:59:56.9999999",
    "2016-12-31 23:59:60 UTC",
    "Fri 2012-11-23",
    "fRiday 2012-11-23 11:12:13",
    "Thursday 2012-11-22 UTC",
    "11:12:13",
    "11:12",
    "11:12 UTC",
    "23:59:59.999999",
    "now",
    "today",
    "today UTC",
    "yesterday",
    "tomorrow",
    "+3h30min",
    "-5s",
    "11min ago",
    "2 months 5 days ago",
    "5 days left",
    "-1.5h",
    "-.5h",
    "-90",
    "- 2 h",
    "-1h30",
    "-1y 12month",
    "-300ms20s 5day",
    "-55s500ms",
    "-1w1M1us1µs1μs1usec1msec",
    "-1.0000019s",
    "-12.34 .56",
    "@1395716396",
    "@1395716396.123",
    "@1395716396.1234569",
    "@0",
    "@1h",
];

/// What it reads in later versions only, and the same without what they have learnt.
const LATER: &[(&str, &str)] = &[
    ("2012-11-23T11:12:13", "2012-11-23 11:12:13"),
    ("2012-11-23T11:12", "2012-11-23 11:12"),
    ("2012-11-23T11:12:13.5Z", "2012-11-23 11:12:13.5 UTC"),
    ("2012-11-23T11:12:13.5+05:30", "2012-11-23 05:42:13.5 UTC"),
    ("2012-11-23 11:12:13 +0530", "2012-11-23 05:42:13 UTC"),
    ("2012-11-23 11:12 -03", "2012-11-23 14:12 UTC"),
    ("2012-11-23 11:12 Asia/Tokyo", "2012-11-23 02:12 UTC"),
    ("2012-07-23 11:12 Europe/Berlin", "2012-07-23 09:12 UTC"),
    ("2012-07-23 11:12 CET", "2012-07-23 10:12 UTC"),
];

/// Since when systemd reads all of these.
const LATER_SINCE: u32 = 257;

/// What a clock in that zone shows twice, or by another name than the season's.
const ODD: &[(Tz, &str)] = &[
    (Tz::Europe__Berlin, "2026-10-25 01:59:59"),
    (Tz::Europe__Berlin, "2026-10-25 02:00"),
    (Tz::Europe__Berlin, "2026-10-25 02:30"),
    (Tz::Europe__Berlin, "2026-10-25 03:00"),
    (Tz::Europe__Berlin, "2026-10-25 02:30 CEST"),
    (Tz::Europe__Berlin, "2026-01-01 12:00 CEST"),
    (Tz::Europe__Dublin, "2026-10-25 01:30"),
    (Tz::Europe__Dublin, "2026-07-01 01:30 IST"),
    (Tz::America__New_York, "2026-11-01 01:30"),
    (Tz::America__New_York, "2026-11-01 01:30 EDT"),
    (Tz::America__Havana, "2026-11-01 00:30"),
    (Tz::Australia__Lord_Howe, "2026-04-05 01:45"),
    (Tz::Antarctica__Troll, "2026-10-25 02:15"),
    (Tz::Asia__Tokyo, "2026-11-23 12:00 JST"),
    // And not at all.
    (Tz::Europe__Berlin, "2026-03-29 02:30"),
    (Tz::Europe__Berlin, "2026-03-29 02:00"),
    (Tz::America__New_York, "2026-03-08 02:30"),
    (Tz::America__Havana, "2023-03-12"),
    (Tz::America__Sao_Paulo, "2018-11-04 00:30"),
    (Tz::Australia__Lord_Howe, "2026-10-04 02:15"),
    (Tz::Antarctica__Troll, "2026-03-29 01:30"),
];

/// What neither reads.
const NEVER: &[&str] = &[
    "",
    "ago",
    "-",
    "@",
    "5min",
    "2026",
    "Yesterday",
    "Tue 2012-11-23",
    "Xyz 2012-11-23",
    "2012-11-23 24:00",
    "2012-11-23 11:60",
    "2012-11-23 11:12:13.",
    "2012-13-01",
    "2012-11-32",
    "1969-12-31",
    "69-06-01",
    "10000-01-01",
    "2012-11-23 11:12 No/Where",
    "2012-11-23 11:12 europe/berlin",
    "5sago",
    "-1h -30min",
    "-12.34.56",
    "-1.",
    "+1s left",
    "-infinity",
    "+9000y",
    "@1 UTC",
    "now UTC",
];

/// What it says to be a time, in microseconds since 1970.
fn systemd(zone: Tz, text: &str) -> Option<u64> {
    let mut analyze = Command::new("systemd-analyze");
    analyze.args(["timestamp", "--", text]).env("TZ", format!(":{zone}")).env("LC_ALL", "C");
    let out = analyze.output().unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    let line = out.lines().find_map(|line| line.trim_start().strip_prefix("UNIX seconds: @"))?;
    let (seconds, micros) = line.split_once('.').unwrap_or((line, "0"));
    Some(seconds.parse::<u64>().unwrap() * 1_000_000 + micros.parse::<u64>().unwrap())
}

#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped(needs: &str) {
    eprintln!("skipped: needs {needs}");
}

/// Its version; none, and a word about it, where it is missing.
fn version() -> Option<u32> {
    let Ok(out) = Command::new("systemd-analyze").arg("--version").output() else {
        skipped("systemd-analyze");
        return None;
    };
    let version = String::from_utf8(out.stdout).unwrap();
    let version =
        version.split(|c: char| !c.is_ascii_digit()).find(|number| !number.is_empty())?.parse().unwrap();
    if version < 252 {
        skipped("systemd 252 or later");
    }
    (version >= 252).then_some(version)
}

#[allow(clippy::disallowed_methods, reason = "the other program reads the clock")]
fn now(zone: Tz) -> DateTime<Tz> {
    Utc::now().with_timezone(&zone)
}

/// The clock goes on while the other program runs.
fn assert_same(zone: Tz, ours: &str, theirs: &str) {
    let before = parse_time(ours, &now(zone)).unwrap();
    let wanted =
        systemd(zone, theirs).unwrap_or_else(|| panic!("systemd-analyze refuses `{theirs}` in {zone}"));
    let after = parse_time(ours, &now(zone)).unwrap();
    assert!((before..=after).contains(&wanted), "{zone} `{ours}`: {before} to {after}, not {wanted}");
}

#[test]
fn times_are_those_of_systemd() {
    let Some(version) = version() else {
        return;
    };
    for zone in ZONES {
        for text in ALWAYS {
            assert_same(*zone, text, text);
        }
        for (text, plain) in LATER {
            assert_same(*zone, text, if version < LATER_SINCE { plain } else { text });
        }
    }
    for (zone, text) in ODD {
        assert_same(*zone, text, text);
    }
}

#[test]
fn what_systemd_refuses_is_refused() {
    if version().is_none() {
        return;
    }
    for text in NEVER {
        let zone = Tz::Europe__Berlin;
        assert_eq!(systemd(zone, text), None, "{text}");
        assert!(parse_time(text, &now(zone)).is_err(), "{text}");
    }
}
