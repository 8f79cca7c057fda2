//! The Debian package, as it is installed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use nwlog::config::Config;
use serde_json::Value;

use crate::desk::Desk;

/// What the scripts end with where this machine has no container.
const SKIPPED: i32 = 77;

fn packaging() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging")
}

#[test]
fn every_setting_that_is_shown_is_one() {
    let shown = fs::read_to_string(packaging().join("config.toml")).unwrap();
    let settings: Vec<_> = shown.lines().filter_map(|line| line.strip_prefix('#')).collect();
    let settings: Vec<_> = settings.into_iter().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(settings.len(), 7, "{settings:?}");
    let desk = Desk::new();
    let path = desk.path("config.toml");
    fs::write(&path, settings.join("\n")).unwrap();
    let config = Config::load(Some(&path)).unwrap();
    assert!(config.store.is_some() && config.max_bytes.is_some(), "{config:?}");
}

fn run(script: &str, arguments: &[&Path]) -> Output {
    let out = Command::new(packaging().join(script)).args(arguments).stdin(Stdio::null()).output().unwrap();
    eprint!("{}", String::from_utf8_lossy(&out.stderr));
    out
}

/// The last package of this architecture that was made.
fn package() -> Option<std::path::PathBuf> {
    let binary = Path::new(env!("CARGO_BIN_EXE_nwlog"));
    let folder = binary.parent()?.parent()?.join("debian");
    let made = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    made.filter(|path| path.extension().is_some_and(|end| end == "deb"))
        .max_by_key(|path| path.metadata().and_then(|about| about.modified()).ok())
}

#[test]
fn installed_in_a_container_it_watches_and_survives_journald() {
    if !Command::new("cargo").args(["deb", "--version"]).output().is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: cargo-deb is not installed (cargo install cargo-deb)");
        return;
    }
    let built = run("build", &[Path::new("dev")]);
    assert!(built.status.success(), "{}", built.status);
    let desk = Desk::new();
    let out = desk.path("package");
    let tried = run("try", &[&package().unwrap(), &out]);
    if tried.status.code() == Some(SKIPPED) {
        return;
    }
    assert!(tried.status.success(), "{}", tried.status);

    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_default();
    let incidents: Vec<Value> =
        read("incidents.json").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let units: Vec<_> = incidents.iter().map(|incident| incident["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["first.service", "second.service"]);
    assert_eq!(read("state").lines().collect::<Vec<_>>(), ["nwlog", "systemd-journal", "active", "0"]);
    assert_eq!(read("process"), "same\n", "it was started again");
    assert_eq!(read("store"), "nwlog systemd-journal 750\n");
    assert_eq!(read("result"), "success\n", "{}", read("said"));
    assert!(read("files").lines().count() >= 3, "{}", read("files"));
    let exposure = read("security").lines().last().unwrap_or_default().to_owned();
    eprintln!("{exposure}");
    assert!(exposure.contains("SAFE"), "{exposure}");
}
