#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::env;
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::sync::Barrier;
use std::thread;

use super::*;

/// A file of so many bytes without zeroes.
fn file(len: usize) -> File {
    use std::io::Write;
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&vec![0xaa; len]).unwrap();
    file
}

fn map(file: &File) -> Map {
    Map::new(file, file.metadata().unwrap().len()).unwrap()
}

/// How many bytes are zeroes.
fn zeroes(map: &Map) -> usize {
    map.bytes().iter().filter(|byte| **byte == 0).count()
}

#[test]
fn what_the_file_has_no_more_is_zeroes_and_counted_once() {
    let page = page_size();
    for (len, left, lost) in [
        (page * 8, page * 8, 0),
        (page * 8, page * 5, page * 3),
        (page * 8, 0, page * 8),
        (page * 7 + 10, page * 7, 10),
        (page * 7 + 10, 0, page * 7 + 10),
        // The rest of the page that the file ends in is zeroes without a signal.
        (page * 8, page * 5 + 1, page * 2),
    ] {
        let file = file(len);
        let map = map(&file);
        file.set_len(left as u64).unwrap();
        assert_eq!(map.lost(), 0, "nothing was asked for yet");
        for _ in 0..2 {
            assert_eq!(zeroes(&map), len - left, "{left} of {len} left");
            assert_eq!(map.lost(), lost as u64, "{left} of {len} left");
            map.let_go();
        }
    }
}

#[test]
fn threads_that_meet_the_same_hole_count_it_once() {
    let page = page_size();
    let file = file(page * 64);
    let map = map(&file);
    file.set_len(page as u64).unwrap();
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                start.wait();
                assert_eq!(zeroes(&map), page * 63);
            });
        }
    });
    assert_eq!(map.lost(), page as u64 * 63);
}

#[test]
fn maps_come_and_go_while_others_lose_pages() {
    let page = page_size();
    thread::scope(|scope| {
        for thread in 1..5 {
            scope.spawn(move || {
                let file = file(page * 4);
                for round in 0..500 {
                    let left = page * ((round + thread) % 4);
                    file.set_len(page as u64 * 4).unwrap();
                    let map = map(&file);
                    file.set_len(left as u64).unwrap();
                    let _ = zeroes(&map);
                    assert_eq!(map.lost(), (page * 4 - left) as u64);
                }
            });
        }
    });
}

/// Runs one of the tests below in a process of its own.
fn alone(name: &str) -> ExitStatus {
    let test = format!("{}::{name}", module_path!().split_once("::").unwrap().1);
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", &test, "--ignored", "--nocapture"]).env("NWLOG_TEST_ALONE", "1");
    let output = child.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("running 1 test"), "{test} did not run: {text}");
    output.status
}

#[test]
fn other_faults_still_kill() {
    for name in
        ["dies_of_a_map_of_somebody_else", "dies_of_a_signal_that_was_sent", "dies_where_faults_are_ignored"]
    {
        assert_eq!(alone(name).signal(), Some(libc::SIGBUS), "{name}");
    }
}

#[test]
fn the_handler_before_ours_is_asked() {
    assert_eq!(alone("asks_the_handler_before").signal(), Some(libc::SIGTERM));
}

#[test]
fn more_maps_than_places_are_refused() {
    assert!(alone("takes_all_places").success());
}

/// Reads from a page that a file has no more, through a map that is not one of ours.
fn fault_elsewhere() {
    let file = file(page_size());
    // SAFETY: The system chooses where.
    let start =
        unsafe { mmap(ptr::null_mut(), page_size(), ProtFlags::READ, MapFlags::SHARED, &file, 0) }.unwrap();
    file.set_len(0).unwrap();
    // SAFETY: The map is that long. The read raises the signal.
    let byte = unsafe { start.cast::<u8>().read_volatile() };
    panic!("read {byte}");
}

fn is_alone() -> bool {
    env::var_os("NWLOG_TEST_ALONE").is_some()
}

fn set_action(handler: usize) {
    // SAFETY: All zeroes are an action; the handlers that are set here make one system call each.
    unsafe {
        let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
        action.sa_sigaction = handler;
        assert_eq!(libc::sigaction(libc::SIGBUS, &raw const action, ptr::null_mut()), 0);
    }
}

#[test]
#[ignore = "kills its process"]
fn dies_of_a_map_of_somebody_else() {
    if is_alone() {
        let _map = map(&file(1));
        fault_elsewhere();
    }
}

#[test]
#[ignore = "kills its process"]
fn dies_of_a_signal_that_was_sent() {
    if is_alone() {
        set_action(libc::SIG_DFL);
        let _map = map(&file(1));
        // SAFETY: Raising a signal touches no memory.
        unsafe { libc::raise(libc::SIGBUS) };
    }
}

#[test]
#[ignore = "kills its process"]
fn dies_where_faults_are_ignored() {
    if is_alone() {
        set_action(libc::SIG_IGN);
        let _map = map(&file(1));
        // SAFETY: As above. It is ignored, as it was before the map.
        unsafe { libc::raise(libc::SIGBUS) };
        fault_elsewhere();
    }
}

#[test]
#[ignore = "kills its process"]
fn asks_the_handler_before() {
    extern "C" fn terminate(_: c_int) {
        // SAFETY: Allowed in a handler.
        unsafe { libc::raise(libc::SIGTERM) };
    }
    if is_alone() {
        let handler: extern "C" fn(c_int) = terminate;
        set_action(handler as usize);
        let _map = map(&file(1));
        fault_elsewhere();
    }
}

#[test]
#[ignore = "leaves no place for the maps of other tests"]
fn takes_all_places() {
    if is_alone() {
        let file = file(1);
        let mut maps: Vec<Map> = (0..MAX_MAPS).map(|_| Map::new(&file, 1).unwrap()).collect();
        assert_eq!(Map::new(&file, 1).err(), Some(Errno::NOMEM));
        maps.pop();
        assert!(Map::new(&file, 1).is_ok());
    }
}
