//! Exit statuses, and what goes to which stream.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

/// The command, in a home of its own.
fn nwlog(home: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("nwlog").unwrap();
    command.env_clear().env("HOME", home.path()).env("TZ", "UTC").current_dir(home.path()).args(args);
    command
}

fn said(command: &mut Command, status: i32) -> (String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "stdout: {out}\nstderr: {err}");
    (out, err)
}

#[test]
fn usage_errors_are_status_2_and_on_stderr() {
    let home = TempDir::new().unwrap();
    for args in [
        &["nonsense"][..],
        &["show"],
        &["show", "--color", "sometimes", "3f9c"],
        &["search", "-b", "killed process"],
        &["search", "--kind", "flood"],
        &["search", "-n", "few"],
        &["analyze", "-p", "debug", "x"],
        &["analyze", "--jobs", "0", "x"],
        &["analyze", "--store", "x", "--no-store", "x"],
        &["analyze", "-S", "soon", "x"],
        &["analyze", "-S", "today", "-U", "yesterday", "x"],
    ] {
        let (out, err) = said(&mut nwlog(&home, args), 2);
        assert!(out.is_empty(), "{out}");
        assert!(err.starts_with("nwlog: error: "), "{err}");
    }
}

#[test]
fn a_boot_that_is_a_query_is_explained() {
    let home = TempDir::new().unwrap();
    let (_, err) = said(&mut nwlog(&home, &["search", "-b", "killed process"]), 2);
    assert!(err.contains("put the query first"), "{err}");
}

#[test]
fn nothing_to_read_says_what_to_do() {
    let home = TempDir::new().unwrap();
    let null = fs::File::open("/dev/null").unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("nwlog"));
    let output = command.arg("analyze").env_clear().env("HOME", home.path()).stdin(null).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(err, "nwlog: error: there are no journal files\nhint: give a PATH, or -D DIR\n");
}

#[test]
fn an_input_that_is_missing_is_named_and_the_status_is_2() {
    let home = TempDir::new().unwrap();
    let (out, err) = said(&mut nwlog(&home, &["analyze", "--no-store", "missing.export", "\x1b[2J.log"]), 2);
    assert!(out.is_empty());
    assert!(err.contains("missing.export"), "{err}");
    assert!(err.contains("\\x1b[2J.log") && !err.contains('\x1b'), "{err}");
}

#[test]
fn what_is_no_log_says_what_to_do_and_the_rest_is_read() {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join("dir")).unwrap();
    fs::write(home.path().join("dir/blob"), [0; 512]).unwrap();
    fs::write(home.path().join("blob"), [0; 512]).unwrap();
    fs::write(home.path().join("a.export"), "__REALTIME_TIMESTAMP=1\nMESSAGE=x\n\n").unwrap();
    for (path, status) in [("dir", 2), ("blob", 2), ("a.export", 0)] {
        let (_, err) = said(&mut nwlog(&home, &["analyze", "--no-store", "a.export", path]), status);
        assert_eq!(err.contains("nwlog: error: cannot read "), status == 2, "{err}");
    }
}
