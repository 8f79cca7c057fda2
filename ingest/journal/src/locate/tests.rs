#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

const OWN: &str = "52fe2060181e4bb9af8027dd23585e23";
const OTHER: &str = "6a6b4010b26646f1a0c56ec09891ff83";
const PUT_ASIDE: &str = "var/O/system@000660ecec30e782-4221190f3bc9b035.journal~";

/// A system with files of every kind. `O` stands for its own id, `X` for another machine's.
fn system() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for name in [
        "run/log/journal/O/system.journal",
        "run/log/journal/X/system.journal",
        "var/log/journal/O/system.journal",
        "var/log/journal/O/system@000660ecec30e782-4221190f3bc9b035.journal~",
        "var/log/journal/O/user-1000.journal",
        "var/log/journal/O/fss",
        "var/log/journal/O/old.journal.zst",
        "var/log/journal/O/deeper/system.journal",
        "var/log/journal/O.web/system.journal",
        "var/log/journal/O.db/system.journal",
        "var/log/journal/X/system.journal",
        "var/log/journal/not-an-id/system.journal",
        "var/log/journal/top.journal",
        "var/log/journal/remote/remote-10.0.0.1.journal",
        "var/log/journal/remote/X/remote.journal",
    ] {
        let path =
            root.path().join(name.replace("/O", &format!("/{OWN}")).replace("/X", &format!("/{OTHER}")));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    fs::create_dir_all(root.path().join("etc")).unwrap();
    fs::write(root.path().join("etc/machine-id"), format!("{OWN}\n")).unwrap();
    root
}

/// The files' paths below a directory, with the ids short again.
fn short(root: &Path, located: &Located) -> Vec<String> {
    let short = |file: &FoundFile| {
        let path = file.path.strip_prefix(root).unwrap().to_str().unwrap();
        path.replace(OWN, "O").replace(OTHER, "X").replace("log/journal/", "")
    };
    located.files.iter().map(short).collect()
}

#[test]
fn which_files() {
    let root = system();
    let system =
        |namespaces: &str| (Place::System(Some(root.path().to_owned())), namespaces.to_owned(), false);
    let directory = |path: &str, all| (Place::Directory(root.path().join(path)), String::new(), all);
    let run = ["run/O/system.journal", "run/X/system.journal"].as_slice();
    let top = ["var/top.journal"].as_slice();
    let own = ["var/O/system.journal", PUT_ASIDE, "var/O/user-1000.journal"].as_slice();
    let web = ["var/O.web/system.journal"].as_slice();
    let db = ["var/O.db/system.journal"].as_slice();
    let other = ["var/X/system.journal"].as_slice();
    let received = ["var/remote/remote-10.0.0.1.journal"].as_slice();
    let remote = ["var/remote/remote-10.0.0.1.journal", "var/remote/X/remote.journal"].as_slice();
    let table = [
        ("a root", system(""), vec![run, top, own, other, remote]),
        ("a namespace", system("web"), vec![top, web, received]),
        ("two namespaces", system("+db"), vec![run, top, own, db, other, remote]),
        ("all namespaces", system("*"), vec![run, top, own, db, web, other, remote]),
        ("a directory of journals", directory("var/log/journal", false), vec![top, own, other]),
        ("and what was received", directory("var/log/journal", true), vec![top, own, other, remote]),
        ("a directory of one journal", directory(&format!("var/log/journal/{OWN}"), false), vec![own]),
        ("one of received files", directory("var/log/journal/remote", false), vec![remote]),
    ];
    for (what, (place, namespaces, all_machines), files) in table {
        let search = Search { place, namespaces: Namespaces::parse(&namespaces), all_machines };
        let located = locate(&search);
        assert_eq!(short(root.path(), &located), files.concat(), "{what}");
        assert!(located.unreadable.is_empty(), "{what}");
        assert!(located.files.iter().all(|file| file.siblings == Siblings::All), "{what}");
    }
}

fn search(place: Place) -> Search {
    Search { place, namespaces: Namespaces::Unnamed, all_machines: false }
}

#[test]
fn one_machine_of_several() {
    let root = system();
    let search = search(Place::System(None));
    for (machine, files) in [(Some(OWN), 4), (Some(OTHER), 2), (None, 1)] {
        let mut finder = Finder::new(&search);
        let machine = machine.and_then(|id| Id128::parse(id.as_bytes()));
        finder.top(&root.path().join("var/log/journal"), Machines::Only(machine), false);
        assert_eq!(finder.found.files.len(), files, "{machine:?}");
    }
    let ids = [(OWN, true), ("uninitialized\n", false), ("", false), (&format!(" {OTHER}\n\n"), true)];
    let file = root.path().join("id");
    for (text, is_id) in ids {
        fs::write(&file, text).unwrap();
        assert_eq!(machine_id(&file).is_some(), is_id, "{text:?}");
    }
}

#[test]
fn files_and_patterns() {
    let root = system();
    let at = |path: &str| root.path().join("var/log/journal").join(path.replace('O', OWN));
    let table: [(&[&str], &[&str]); 5] = [
        (&["O/fss"], &["var/O/fss"]),
        (&["O/*.journal"], &["var/O/system.journal", "var/O/user-1000.journal"]),
        (
            &["O/user*", "O/system.journal", "O/user-1000.journal"],
            &["var/O/user-1000.journal", "var/O/system.journal"],
        ),
        (&["O.{web,db}/*"], &["var/O.web/system.journal", "var/O.db/system.journal"]),
        (&["O", "top.journal"], &["var/top.journal"]),
    ];
    for (patterns, files) in table {
        let located = locate(&search(Place::Files(patterns.iter().map(|path| at(path)).collect())));
        assert_eq!(short(root.path(), &located), files, "{patterns:?}");
        assert!(located.files.iter().all(|file| file.siblings == Siblings::Unknown), "{patterns:?}");
        assert_eq!(located.unreadable.len(), usize::from(patterns.contains(&"O")), "{patterns:?}");
    }
}

#[test]
fn links_and_what_is_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("system.journal"), "").unwrap();
    fs::hard_link(at("system.journal"), at("z-twice.journal")).unwrap();
    symlink("system.journal", at("z-link.journal")).unwrap();
    symlink(".", at(OWN)).unwrap();
    fs::create_dir(at("dir.journal")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe.journal"), rustix::fs::FileType::Fifo, 0o600.into(), 0)
        .unwrap();
    let found = || locate(&search(Place::Directory(dir.path().to_owned())));
    let located = found();
    assert_eq!(short(dir.path(), &located), ["system.journal"]);
    assert!(located.unreadable.is_empty());
    symlink("loop.journal", at("loop.journal")).unwrap();
    symlink("nothing", at("broken.journal")).unwrap();
    let located = found();
    assert_eq!(located.files.iter().map(|file| file.siblings).collect::<Vec<_>>(), [Siblings::Unreadable]);
    let unreadable: BTreeSet<_> =
        located.unreadable.iter().map(|it| it.path.strip_prefix(dir.path()).unwrap()).collect();
    for name in ["broken.journal", "loop.journal"] {
        assert!(unreadable.contains(Path::new(name)), "{name}");
    }
}

#[test]
fn what_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let nothing = dir.path().join("nothing");
    let table = [
        (Place::System(Some(nothing.clone())), 0),
        (Place::Directory(nothing.clone()), 1),
        (Place::Files(vec![nothing.join("*.journal")]), 1),
        (Place::Files(vec![nothing]), 1),
    ];
    for (place, unreadable) in table {
        let located = locate(&search(place.clone()));
        assert!(located.files.is_empty(), "{place:?}");
        assert_eq!(located.unreadable.len(), unreadable, "{place:?}");
        assert!(located.unreadable.iter().all(|it| it.error.kind() == io::ErrorKind::NotFound), "{place:?}");
    }
}

#[test]
fn without_permission() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may read everything");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    for name in ["system.journal", "user-1000.journal"] {
        fs::write(dir.path().join(name), "").unwrap();
    }
    let closed = dir.path().join(OWN);
    fs::create_dir(&closed).unwrap();
    for path in [dir.path().join("system.journal"), closed.clone()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o040)).unwrap();
    }
    let located = locate(&search(Place::Directory(dir.path().to_owned())));
    assert_eq!(short(dir.path(), &located), ["user-1000.journal"]);
    assert_eq!(located.files[0].siblings, Siblings::Unreadable);
    assert_eq!(located.unreadable.len(), 2);
    for unreadable in &located.unreadable {
        assert_eq!(unreadable.error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(unreadable.groups.len(), 1, "{unreadable:?}");
    }
    fs::set_permissions(closed, fs::Permissions::from_mode(0o700)).unwrap();
}
