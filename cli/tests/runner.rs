//! The command as its users see it: one binary for all of it, which links once.

#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod asked;
mod asked_for;
mod asking;
mod batch;
mod bounds;
mod cat;
mod cat_forms;
mod chinese;
mod damaged;
mod desk;
mod disks;
mod files;
mod follow;
mod follow_flood;
mod follow_kernel;
mod follow_kills;
mod follow_replay;
mod follow_store;
mod follower;
mod forged;
mod help;
mod hostile;
mod house;
mod incidents;
mod journal;
mod lab;
mod missing;
mod package;
mod prefilter;
mod printing;
mod recording;
mod running;
mod salvage;
mod screens;
mod seals;
mod stored;
mod text_forms;
mod times;
mod told;
mod upkeep;
mod widths;

#[test]
fn no_test_file_is_forgotten() {
    let this = include_str!("runner.rs");
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    for file in std::fs::read_dir(dir).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "runner") {
            assert!(this.contains(&format!("mod {module};")), "tests/{name} is in no binary");
        }
    }
}
