//! Inputs that cannot be read, or not to their end: each is told, the rest is read, and the status is 2.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, Said};
use crate::journal;

const JOURNAL_FILE: &[u8] = b"LPKSHHRH\0\0\0\0\0\0\0\0";

/// A desk with everything on it that may go wrong, and one good file.
fn desk() -> Desk {
    let desk = Desk::new();
    let plain = journal::plain();
    let compressed = journal::recording().read().unwrap();
    let json: String = journal::entries(&plain).iter().take(300).map(|entry| entry.json() + "\n").collect();
    desk.put("good.export.zst", &compressed);
    desk.put("empty.export", "");
    desk.put("empty.export.gz", journal::gzip(b""));
    desk.put("cut.export.zst", &compressed[..compressed.len() / 2]);
    desk.put("cut.export", &plain[..2_000_000]);
    desk.put("cut.json", &json[..json.len() - 40]);
    desk.put("blob", [&[0; 600][..], &[0xff; 600]].concat());
    desk.put("system.journal", JOURNAL_FILE);
    for (dir, file, bytes) in
        [("nothing", "blob", &[0; 99][..]), ("journals", "system.journal", JOURNAL_FILE)]
    {
        fs::create_dir(desk.path(dir)).unwrap();
        desk.put(&format!("{dir}/{file}"), bytes);
    }
    desk
}

fn kept(desk: &Desk) -> u64 {
    desk.run("status -o json").with_status(0).json()[0]["incidents"].as_u64().unwrap()
}

#[test]
fn each_is_told_with_what_to_do() {
    let desk = desk();
    let mut told = String::new();
    for name in [
        "empty.export",
        "empty.export.gz",
        "cut.export.zst",
        "cut.export",
        "cut.json",
        "blob",
        "system.journal",
        "nothing",
        "journals",
        "missing.export",
    ] {
        let said = desk.run(&format!("analyze --no-store -o short {name}")).with_status(2);
        assert_eq!(!said.out.is_empty(), name.starts_with("cut.export"), "{name}");
        told += &format!("$ nwlog analyze {name}\n{}\n", said.err);
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_pipe_that_brings_nothing_is_a_quiet_log() {
    let said = desk().pipe("analyze --no-store", std::iter::empty()).with_status(0);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "nwlog: no incidents\n"));
}

#[test]
fn a_good_file_among_them_is_read_whole_and_kept() {
    let desk = desk();
    let bad = "empty.export blob missing.export";
    let worse = "nothing journals system.journal";
    let said = desk.run(&format!("analyze -o json {bad} good.export.zst {worse}")).with_status(2);
    assert_eq!(said.json().len(), 21);
    assert_eq!(said.err.matches("nwlog: error: ").count(), 6, "{}", said.err);
    assert_eq!(kept(&desk), 21);
}

#[test]
fn what_a_cut_file_still_holds_is_kept() {
    for name in ["cut.export.zst", "cut.export"] {
        let desk = desk();
        let found = desk.run(&format!("analyze -o json {name}")).with_status(2).json().len();
        assert!(found > 5, "{name}: {found}");
        assert_eq!(kept(&desk), found as u64, "{name}");
    }
}

/// Runs the command as somebody who owns nothing here. None where that is not possible.
fn as_somebody_else(desk: &Desk, args: &[&str]) -> Option<Said> {
    let program = desk.path("nwlog");
    fs::set_permissions(desk.path("."), Permissions::from_mode(0o755)).ok()?;
    fs::copy(env!("CARGO_BIN_EXE_nwlog"), &program).ok()?;
    let root = Command::new("id").arg("-u").output().ok()?.stdout == b"0\n";
    let mut command = match root {
        true => desk.command("setpriv"),
        false => desk.command(&program),
    };
    if root {
        // Looked up on a path, for the environment is empty.
        command.env("PATH", "/usr/bin:/bin");
        command.args(["--reuid", "65534", "--clear-groups"]).arg(&program);
    }
    let said = Said::of(command.args(args).output().ok()?);
    (said.status != Some(127) && !said.err.starts_with("setpriv")).then_some(said)
}

#[test]
fn a_file_of_somebody_else_is_told_and_the_rest_is_read() {
    let desk = desk();
    fs::set_permissions(desk.path("cut.json"), Permissions::from_mode(0o000)).unwrap();
    let args = ["analyze", "--no-store", "-o", "json", "cut.json", "good.export.zst"];
    let Some(said) = as_somebody_else(&desk, &args) else {
        // There is no other way to find out as root, whom no permission stops.
        assert!(!Path::new("/usr/bin/setpriv").exists(), "setpriv is there and did not run");
        return;
    };
    let said = said.with_status(2);
    assert_eq!(said.json().len(), 21);
    insta::assert_snapshot!(said.err);
}
