//! The rules of the house: who may use whom, how modules are called, how long a file may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// What a crate may use of ours, and what it must not use of others'. Normal dependencies only.
struct Rule {
    package: &'static str,
    ours: &'static [&'static str],
    never: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule { package: "nwlog-journal", ours: &[], never: &["nom", "tokio", "tantivy", "clap"] },
    Rule { package: "nwlog-ingest", ours: &["nwlog-journal"], never: &["tantivy", "clap"] },
    Rule { package: "nwlog-correlate", ours: &["nwlog-ingest"], never: &["nom", "tokio", "tantivy"] },
    // The incident's own types are made of ingest's, and come with them.
    Rule {
        package: "nwlog-index",
        ours: &["nwlog-correlate", "nwlog-ingest"],
        never: &["nom", "tokio", "sdjournal"],
    },
    Rule {
        package: "nwlog",
        ours: &["nwlog-journal", "nwlog-ingest", "nwlog-correlate", "nwlog-index"],
        never: &[],
    },
    Rule { package: "nwlog-corpora", ours: &["nwlog-ingest"], never: &["tokio", "tantivy", "clap"] },
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap()
}

fn normal(package: &Package) -> BTreeSet<&str> {
    let direct = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    direct.map(|dependency| dependency.name.as_str()).collect()
}

#[test]
fn each_crate_uses_only_the_stages_before_it() {
    let metadata = metadata();
    for package in &metadata.packages {
        let Some(rule) = RULES.iter().find(|rule| rule.package == package.name.as_str()) else {
            continue;
        };
        let uses = normal(package);
        for used in uses.iter().filter(|name| name.starts_with("nwlog")) {
            assert!(rule.ours.contains(used), "{} must not use {used}", rule.package);
        }
        for never in rule.never {
            assert!(!uses.contains(never), "{} must not use {never}", rule.package);
        }
    }
}

#[test]
fn every_crate_but_the_benches_has_a_rule() {
    for package in &metadata().packages {
        let name = package.name.as_str();
        assert!(
            name == "nwlog-benches" || RULES.iter().any(|rule| rule.package == name),
            "no rule for {name}"
        );
    }
}

#[test]
fn files_are_short_and_modules_say_what_they_are_for() {
    const LINES: usize = 600;
    const NAMES: [&str; 5] = ["util", "utils", "common", "helpers", "misc"];
    let mut files = Vec::new();
    for package in &metadata().packages {
        let root = package.manifest_path.parent().unwrap();
        for folder in ["src", "tests", "benches", "fuzz"] {
            collect(root.join(folder).as_std_path(), &mut files);
        }
    }
    assert!(files.len() > 20, "the sources were not found");
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(!NAMES.contains(&name), "{} says nothing by its name", file.display());
        assert!(name != "mod", "{}: a module is NAME.rs beside its folder", file.display());
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LINES, "{} has {lines} lines", file.display());
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
