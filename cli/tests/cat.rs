//! `nwlog cat` against journalctl, on the same journal files.

use std::path::{Path, PathBuf};
use std::process::Command;

use nwlog_corpora::recordings;
use serde_json::Value;

use crate::desk::{Desk, Said};
use crate::journal::decompressed;

const REMOTE: &str = "/lib/systemd/systemd-journal-remote";

/// A journal file made of an export. None where there is no program to make it, which is told.
fn journal(desk: &Desk, name: &str, export: &[u8]) -> Option<PathBuf> {
    if !Path::new(REMOTE).exists() {
        eprintln!("skipped: {REMOTE} is not installed (package systemd-journal-remote)");
        return None;
    }
    let (from, to) = (desk.put(&format!("{name}.from"), export), desk.path(&format!("{name}.journal")));
    let made = desk.command(REMOTE).arg("-o").arg(&to).arg(&from).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(to)
}

/// What a command prints, as bytes.
fn printed(command: &mut Command) -> (Vec<u8>, Option<i32>) {
    let output = command.output().unwrap();
    (output.stdout, output.status.code())
}

fn journalctl(desk: &Desk, files: &[&Path], args: &[&str]) -> Vec<u8> {
    let mut command = desk.command("journalctl");
    command
        .args(files.iter().flat_map(|file| ["--file".as_ref(), file.as_os_str()]))
        .arg("--no-pager")
        .args(args);
    printed(&mut command).0
}

fn nwlog(desk: &Desk, files: &[&Path], args: &[&str]) -> (Vec<u8>, Option<i32>) {
    printed(desk.command(env!("CARGO_BIN_EXE_nwlog")).arg("cat").args(files).args(args))
}

/// Holds the two against each other; JSON by value, for journalctl's keys come in the order of a hash table.
#[track_caller]
fn assert_same(desk: &Desk, files: &[&Path], args: &[&str]) {
    let (theirs, (ours, _)) = (journalctl(desk, files, args), nwlog(desk, files, args));
    if args.contains(&"json") {
        let (theirs, ours) = (values(&theirs), values(&ours));
        assert_eq!(theirs.len(), ours.len(), "{args:?}");
        for (theirs, ours) in theirs.iter().zip(&ours) {
            assert_eq!(theirs, ours, "{args:?}");
        }
        return;
    }
    let differs = theirs.iter().zip(&ours).position(|(theirs, ours)| theirs != ours);
    if differs.is_some() || theirs.len() != ours.len() {
        let at = differs.unwrap_or(theirs.len().min(ours.len())).saturating_sub(80);
        let part = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 200)]).into_owned();
        panic!("{args:?} at {at}\njournalctl: {}\nnwlog:      {}", part(&theirs), part(&ours));
    }
}

fn values(lines: &[u8]) -> Vec<Value> {
    lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

fn recorded(name: &str) -> Vec<u8> {
    decompressed(
        &recordings::all().unwrap().into_iter().find(|recording| recording.name == name).unwrap().path,
    )
}

const FORMATS: [&str; 5] = ["export", "json", "short", "short-iso-precise", "cat"];

#[test]
fn recorded_machines_are_printed_as_journalctl_prints_them() {
    let desk = Desk::new();
    for name in ["nightbox", "harbor", "quay"] {
        let Some(file) = journal(&desk, name, &recorded(name)) else { return };
        for format in FORMATS {
            assert_same(&desk, &[&file], &["-o", format]);
            assert_same(&desk, &[&file], &["-o", format, "--all", "-n", "300"]);
        }
    }
}

#[test]
fn entries_are_selected_as_journalctl_selects_them() {
    let desk = Desk::new();
    for name in ["nightbox", "harbor"] {
        let Some(file) = journal(&desk, name, &recorded(name)) else { return };
        for select in [
            "-b",
            "-b -1",
            "-b 1",
            "-b all -t kernel",
            "-k",
            "-k -b 1",
            "-u myapp",
            "-u *.service",
            "-u system.slice",
            "-u init.scope -u app*",
            "-u no-such-unit",
            "-t systemd -t kernel",
            "-t systemd -p warning",
            "-p 3..4",
            "-p crit..err -k",
            "_PID=1",
            "_PID=1 _UID=0 + _TRANSPORT=kernel",
            "_TRANSPORT=kernel PRIORITY=3 PRIORITY=4",
            "PRIORITY=3 + PRIORITY=4 _TRANSPORT=kernel",
            "-S @1795396480 -U @1795396500",
            "-S @1795396480.5",
            "-U @1795396500",
            "-g killed.process",
            "-g Killed.process -k",
            "-g KILLED --case-sensitive=no",
            "-g . -p err",
            "-n 17",
            "-n 3 -u myapp",
            "-r -t systemd",
            "-r -n 5",
        ] {
            let args: Vec<_> = select.split(' ').collect();
            for format in ["export", "short"] {
                // journalctl tells of boots that -g has found nothing in.
                let quiet: &[&str] = if args.contains(&"-g") { &["-q"] } else { &[] };
                assert_same(&desk, &[&file], &[&["-o", format], quiet, args.as_slice()].concat());
            }
        }
    }
}

/// Fields of an entry: what is no text on one line goes by its length.
fn entry(at: u64, fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = format!(
        "__REALTIME_TIMESTAMP={}\n__MONOTONIC_TIMESTAMP={}\n_BOOT_ID=000000000000000000000000000b0071\n",
        1_795_396_417_000_000 + at,
        5_000_000 + at
    )
    .into_bytes();
    for (name, value) in fields {
        bytes.extend_from_slice(name.as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(&(value.len() as u64).to_le_bytes());
        bytes.extend_from_slice(value);
        bytes.push(b'\n');
    }
    bytes.push(b'\n');
    bytes
}

/// Entries that no well-behaved program writes, and any program can.
fn odd() -> Vec<u8> {
    let long = vec![b'x'; 5_000];
    let huge: Vec<u8> = (0..200_000_u32).map(|n| b'a' + (n % 7 * n % 26) as u8).collect();
    let (below, at) = (vec![b'y'; 4_095 - 8], vec![b'y'; 4_096 - 8]);
    let names: Vec<_> = (0..300).map(|n| format!("FIELD_{n}")).collect();
    let many: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), &b"v"[..]))
        .chain([("MESSAGE", &b"300 fields"[..])])
        .collect();
    let long_name = vec![b'n'; 300];
    let entries: [&[(&str, &[u8])]; 27] = [
        &[("MESSAGE", b"plain"), ("_HOSTNAME", b"host"), ("SYSLOG_IDENTIFIER", b"id"), ("_PID", b"7")],
        &[("MESSAGE", b"two\nlines\n"), ("_HOSTNAME", b"host"), ("_COMM", b"comm"), ("SYSLOG_PID", b"8")],
        &[("MESSAGE", b"a\n\n\nb\n\n"), ("_COMM", b"comm")],
        &[("MESSAGE", b"who\nsaid this")],
        &[("MESSAGE", b"")],
        &[("MESSAGE", b"\n")],
        &[("NOTHING", b"to say")],
        &[("MESSAGE", b"one"), ("MESSAGE", b"two"), ("TAG", b"b"), ("TAG", b"a"), ("TAG", b"\xff")],
        &[("MESSAGE", b"\xff\xfe broken")],
        &[
            ("MESSAGE", b"\x1b[31mred\x1b[0m \x1b]0;title\x07and\ttab\r\nline\r"),
            ("SYSLOG_IDENTIFIER", b"esc"),
        ],
        &[("MESSAGE", b"\x1b[2Jcleared")],
        &[("MESSAGE", b"cut \x1b[1;")],
        &[("MESSAGE", b"\x7f del")],
        &[("MESSAGE", "ünï 漢字 🦀 \u{202e}\u{feff}".as_bytes())],
        &[("MESSAGE", "c1 \u{9b}31m".as_bytes())],
        &[("MESSAGE", "reserved \u{fdd0}".as_bytes())],
        &[("MESSAGE", "reserved \u{1fffe}".as_bytes())],
        &[("MESSAGE", b"quote \" back \\ slash / tab\t")],
        &[("MESSAGE", &long)],
        &[("MESSAGE", &huge), ("TAG", b"huge")],
        &[("MESSAGE", &below)],
        &[("MESSAGE", &at)],
        &[
            ("MESSAGE", b"bad names"),
            ("SYSLOG_IDENTIFIER", b"\x1b[m"),
            ("_COMM", b"comm"),
            ("_PID", b"\x07"),
            ("SYSLOG_PID", b"9"),
        ],
        &[("MESSAGE", b"long names"), ("SYSLOG_IDENTIFIER", &long_name), ("_HOSTNAME", &long_name)],
        &[("MESSAGE", b"own time"), ("_SOURCE_REALTIME_TIMESTAMP", b"1795396400000000")],
        &[("MESSAGE", b"no own time"), ("_SOURCE_REALTIME_TIMESTAMP", b"never")],
        &many,
    ];
    (0..).zip(entries).flat_map(|(at, fields)| entry(at * 400_000, fields)).collect()
}

#[test]
fn odd_entries_are_printed_as_journalctl_prints_them() {
    let desk = Desk::new();
    let Some(file) = journal(&desk, "odd", &odd()) else { return };
    for format in FORMATS {
        assert_same(&desk, &[&file], &["-o", format]);
        assert_same(&desk, &[&file], &["-o", format, "--all"]);
        for pattern in ["^two$", "red", "\\x1b", "x{4000}", "b..ken", "B..KEN"] {
            assert_same(&desk, &[&file], &["-o", format, "-g", pattern]);
        }
    }
}

#[test]
fn several_files_are_one_journal() {
    let desk = Desk::new();
    let entries = crate::journal::entries(&recorded("harbor"));
    let of = |kernel: bool| {
        let chosen = entries.iter().filter(|entry| crate::journal::is_of_the_kernel(entry) == kernel);
        crate::journal::export(chosen)
    };
    let (kernel, rest) = (of(true), of(false));
    let Some(first) = journal(&desk, "kernel", &kernel) else { return };
    let Some(second) = journal(&desk, "rest", &rest) else { return };
    let copy = desk.path("copy.journal");
    std::fs::copy(&second, &copy).unwrap();
    for select in
        [&[][..], &["-b", "-1"], &["-n", "40"], &["-r", "-n", "40"], &["-p", "err"], &["-g", "memory", "-q"]]
    {
        for format in ["export", "short"] {
            let args = [&["-o", format], select].concat();
            assert_same(&desk, &[&first, &second], &args);
            assert_same(&desk, &[&second, &first, &copy], &args);
        }
    }
    // A stream and a file, too.
    let stream = desk.put("rest.export", journalctl(&desk, &[&second], &["-o", "export"]));
    let both = nwlog(&desk, &[&first, &stream], &["-o", "short"]).0;
    assert_eq!(both, journalctl(&desk, &[&first, &second], &["-o", "short"]));
}

#[test]
fn an_export_is_printed_as_it_is() {
    let desk = Desk::new();
    let Some(file) = journal(&desk, "nightbox", &recorded("nightbox")) else { return };
    let export = journalctl(&desk, &[&file], &["-o", "export"]);
    let stream = desk.put("x.export", &export);
    assert!(nwlog(&desk, &[&stream], &["-o", "export"]).0 == export);
    for args in ["-o short -u myapp", "-o json -b -p err", "-o cat -g killed.process", "-o short -n 9 -r"] {
        let args: Vec<_> = args.split(' ').collect();
        assert_eq!(nwlog(&desk, &[&stream], &args), nwlog(&desk, &[&file], &args), "{args:?}");
    }
}

#[test]
fn times_are_in_the_zone_that_is_asked_for() {
    let desk = Desk::new();
    let Some(file) = journal(&desk, "nightbox", &recorded("nightbox")) else { return };
    for zone in ["Asia/Kolkata", "America/St_Johns", "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30"] {
        for args in [&["-o", "short"][..], &["-o", "short-iso-precise"], &["-o", "short", "--utc"]] {
            let theirs =
                printed(desk.command("journalctl").env("TZ", zone).arg("--file").arg(&file).args(args));
            let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
            let ours = printed(command.env("TZ", zone).arg("cat").arg(&file).args(args));
            assert!(theirs == ours, "{zone} {args:?}");
        }
    }
}

#[test]
fn statuses_tell_how_it_went() {
    let desk = Desk::new();
    let export = desk.put("x.export", entry(0, &[("MESSAGE", b"here"), ("A", b"1")]));
    let export = export.to_str().unwrap();
    let desk_says = |args: &[&str]| -> Said { desk.nwlog([&["cat"], args].concat()) };
    assert_eq!(desk_says(&[export, "-o", "cat"]).with_status(0).out, "here\n");
    assert_eq!(desk_says(&[export, "-g", "there"]).with_status(1).out, "-- No entries --\n");
    assert_eq!(desk_says(&[export, "-g", "there", "-o", "cat"]).with_status(1).out, "");
    assert_eq!(desk_says(&[export, "A=2", "-q"]).with_status(1).out, "");
    assert_eq!(desk_says(&[export, "A=2", "+", "A=1", "-o", "cat"]).with_status(0).out, "here\n");
    let missing = desk_says(&[export, "missing", "-o", "cat"]).with_status(2);
    assert_eq!(missing.out, "here\n");
    assert!(missing.err.contains("missing"), "{}", missing.err);
    for (args, said) in [
        (&["-g", "(?<=a)b"][..], "look-around"),
        (&["-b", "-7"], "there is no such boot"),
        (&["A=1", "+"], "stands between"),
        (&["-p", "loud"], "not a priority"),
        (&["-D", "/nowhere"], "whose journal"),
    ] {
        let told = desk_says(&[&[export], args].concat()).with_status(2);
        assert!(told.err.contains(said) && told.out.is_empty(), "{}", told.err);
    }
}
