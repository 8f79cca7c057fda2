//! Upkeep of stores: told in clear words, with the way out.

use std::fs;
use std::path::{Path, PathBuf};

use nwlog_benches::years;
use nwlog_index::{Store, WriterOptions};

use crate::desk::Desk;

const STORE: &str = ".local/state/nwlog";

fn desk() -> Desk {
    let desk = Desk::new();
    let mut writer = Store::open_writer(desk.path(STORE), WriterOptions::LIVE).unwrap();
    for n in 0..40 {
        writer.write(years::incident(5, n)).unwrap();
    }
    writer.commit(None).unwrap();
    writer.close().unwrap();
    desk
}

fn named(dir: &Path, end: &str) -> PathBuf {
    let mut files = fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
    files.find(|path| path.to_str().unwrap().ends_with(end)).unwrap()
}

#[test]
fn a_store_of_an_earlier_version_opens() {
    let desk = Desk::new();
    let earlier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../index/tests/stores/schema-1");
    fs::create_dir_all(desk.path(STORE)).unwrap();
    for file in fs::read_dir(earlier).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), desk.path(STORE).join(file.file_name())).unwrap();
    }
    let said = desk.run("list -o json").with_status(0);
    assert_eq!(said.json().len(), 11);
    assert!(
        said.err.contains("is of an earlier version") || said.err.contains("written anew"),
        "{}",
        said.err
    );
    // Once.
    assert_eq!(desk.run("list -o json").err, "");
    let said = desk.run("store upgrade").with_status(0);
    assert!(said.out.ends_with("is of this version\n"), "{}", said.out);
}

#[test]
fn a_damaged_store_is_told_and_repaired() {
    let desk = desk();
    let said = desk.run("store check").with_status(0);
    assert!(said.out.ends_with(" is sound\n"), "{}", said.out);

    let documents = named(&desk.path(STORE), ".store");
    let mut bytes = fs::read(&documents).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xff);
    fs::write(&documents, bytes).unwrap();
    let said = desk.run("store check");
    assert!(said.status == Some(1) || said.status == Some(2), "{said:?}");
    assert!((said.out + &said.err).contains("nwlog store repair"));
    let said = desk.run("store repair").with_status(0);
    assert!(said.err.contains("could not be read") && said.err.contains("nwlog analyze"), "{}", said.err);
    desk.run("store check").with_status(0);
    desk.run("list").with_status(0);
}

#[test]
fn a_missing_file_is_told_and_repaired() {
    let desk = desk();
    fs::remove_file(desk.path(STORE).join("meta.json")).unwrap();
    for words in ["list", "search killed", "status", "stats"] {
        let said = desk.run(words).with_status(2);
        assert!(said.err.contains("is damaged") && said.err.contains("nwlog store repair"), "{}", said.err);
    }
    let said = desk.run("store repair").with_status(0);
    assert!(said.out.ends_with(" has 40 incidents now\n"), "{}", said.out);
    assert_eq!(desk.run("list -n all -o json").json().len(), 40);
}

#[test]
fn the_oldest_are_forgotten() {
    let desk = desk();
    let newest = desk.run("list -n 10 -o json").column("id");
    let said = desk.run("store trim --max-incidents 10 --compact").with_status(0);
    // An open one stays.
    let left = desk.run("list -n all -o json").json();
    let closed: Vec<_> = left.iter().filter(|one| one["state"] == "closed").collect();
    assert!(said.out.contains("has forgotten"), "{}", said.out);
    assert!(left.len() == 10 || closed.len() < 10, "{}", left.len());
    assert!(closed.iter().all(|one| newest.contains(&one["id"].as_str().unwrap().to_owned())));
    let said = desk.run("store trim --max-bytes 10").with_status(2);
    assert!(said.err.contains("write a number and a unit"), "{}", said.err);
    let missing = desk.run("store compact --store nowhere").with_status(2);
    assert!(missing.err.contains("no incidents are stored in nowhere"), "{}", missing.err);
}

#[test]
fn a_full_disk_is_told_and_what_was_stored_is_still_there() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("small")).unwrap();
    // A store that is there, and room for nothing more.
    let script = r#"
        mount -t tmpfs -o size=2m none small || exit 77
        "$1" analyze -q -o short --store small/store "$2" >/dev/null || exit 78
        dd if=/dev/zero of=small/rest bs=4k 2>/dev/null
        "$1" analyze -q -o short --store small/store "$3" >/dev/null
        echo "analyze $?"
        "$1" list --store small/store -n all -o short | wc -l
    "#;
    let recordings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpora/recordings");
    let mut command = desk.command("unshare");
    command.args(["-rm", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_nwlog")]);
    command.arg(recordings.join("nightbox.export.zst")).arg(recordings.join("harbor.export.zst"));
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    let said = match command.output() {
        Ok(output) if !matches!(output.status.code(), Some(1 | 77)) => crate::desk::Said::of(output),
        _ => return eprintln!("skipped: needs unshare and a user that may make a mount namespace"),
    };
    assert_eq!(said.out, "analyze 2\n21\n", "{}", said.err);
    assert!(
        said.err.contains("no space is left") || said.err.contains("a full or failing disk"),
        "{}",
        said.err
    );
}
