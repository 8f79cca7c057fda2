//! Times that options and queries name, in the zone of the machine.

use crate::desk::{Desk, Said};

fn search(zone: &str, args: &[&str]) -> Said {
    let desk = Desk::new();
    let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
    Said::of(command.env("TZ", zone).args(["search", "--store", "."]).args(args).output().unwrap())
}

/// Whether the end of a search is found to come after its beginning.
fn is_before(zone: &str, since: &str, until: &str) -> bool {
    let said = search(zone, &["--since", since, "--until", until]);
    let refused = said.err.contains("--since is not before --until");
    assert!(refused || said.err.contains("no incidents are stored"), "{zone} {since}: {}", said.err);
    !refused
}

#[test]
fn options_are_read_in_the_zone_of_the_machine_as_it_was_then() {
    for (zone, text, utc) in [
        ("Europe/Berlin", "2026-07-01 12:00", "2026-07-01 10:00"),
        ("Europe/Berlin", "2026-01-01 12:00", "2026-01-01 11:00"),
        ("Europe/Berlin", "2026-01-01 12:00 CEST", "2026-01-01 10:00"),
        (":Europe/Berlin", "2026-07-01 12:00 CET", "2026-07-01 11:00"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 01:30"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
        ("America/New_York", "2026-11-01 01:30 EST", "2026-11-01 06:30"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01 12:00", "2026-07-01 10:00"),
        ("UTC", "2026-07-01 12:00 Asia/Tokyo", "2026-07-01 03:00"),
    ] {
        assert!(!is_before(zone, text, &format!("{utc} UTC")), "{zone} {text} is before {utc}");
        assert!(is_before(zone, text, &format!("{utc}:00.000001 UTC")), "{zone} {text} is after {utc}");
    }
}

#[test]
fn a_wrong_time_is_told_with_its_option_and_what_to_write() {
    for (args, told) in [
        (
            ["--since", "2026-02-30"],
            "nwlog: error: --since: `2026-02-30` is not a time: 2026-02 has no day 30\nhint: write 2026-01-31",
        ),
        (
            ["-U", "2h"],
            "nwlog: error: --until: `2h` is not a time: it says how long, but not how long ago\nhint: write -2h or \"2h ago\"\n",
        ),
        (
            ["-S", "12:00 CEST"],
            "nwlog: error: --since: `12:00 CEST` is not a time: no time zone is called `CEST`\nhint: write UTC,",
        ),
    ] {
        let said = search("UTC", &args).with_status(2);
        assert!(said.err.starts_with(told), "{}", said.err);
    }
}
