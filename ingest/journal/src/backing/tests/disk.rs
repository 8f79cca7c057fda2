//! Disks that fail under a file. Needs root, loop devices and the programs that make them; is skipped elsewhere.

use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, id};

use crate::backing::{Backing, map::Map, pread::Pread};

const MIB: usize = 1 << 20;

/// The file that fails, in bytes.
const LEN: usize = 8 * MIB;

/// A mounted file system on a disk that can be made to fail.
struct Disk {
    dir: tempfile::TempDir,
    undo: Vec<Command>,
}

impl Disk {
    /// None, with a message, where this machine lacks something.
    fn new(needs: &[&str]) -> Option<Self> {
        let missing = needs.iter().find(|need| !Path::new(need).exists() && !has(need));
        if let Some(missing) = missing {
            eprintln!("skipped: there is no {missing} here");
            return None;
        }
        if !rustix::process::geteuid().is_root() {
            eprintln!("skipped: only root can make disks");
            return None;
        }
        let disk = Self { dir: tempfile::tempdir().unwrap(), undo: Vec::new() };
        fs::create_dir(disk.mounted()).unwrap();
        File::create(disk.image()).unwrap().set_len(64 * MIB as u64).unwrap();
        run("mkfs.ext4", &["-q", "-F", "-b", "4096", "-O", "^has_journal", &text(&disk.image())])?;
        Some(disk)
    }

    fn image(&self) -> PathBuf {
        self.dir.path().join("image")
    }

    fn mounted(&self) -> PathBuf {
        self.dir.path().join("mounted")
    }

    fn file(&self) -> PathBuf {
        self.mounted().join("file")
    }

    /// The image as a block device.
    fn attach(&mut self) -> Option<String> {
        let device = run("losetup", &["-f", "--show", &text(&self.image())])?;
        self.later("losetup", &["-d", &device]);
        Some(device)
    }

    /// Writes the file that will fail, and gives where on the device its bytes begin. It lies there in one piece.
    fn write(&self, device: &str) -> Option<usize> {
        run("mount", &[device, &text(&self.mounted())])?;
        fs::write(self.file(), bytes()).unwrap();
        File::open(self.file()).unwrap().sync_all().unwrap();
        let extents = run("filefrag", &["-v", "-b4096", &text(&self.file())]);
        run("umount", &[&text(&self.mounted())])?;
        // `   0:        0..    2047:      4096..      6143:   2048:             last,eof`
        let extents = extents?;
        let first = extents.lines().find(|line| line.trim_start().starts_with("0:")).unwrap();
        assert!(first.contains("last"), "more than one piece: {extents}");
        let start: usize =
            first.split(':').nth(2).unwrap().split("..").next().unwrap().trim().parse().unwrap();
        Some(start * 4096)
    }

    fn mount(&mut self, device: &str) -> Option<()> {
        run("mount", &["-o", "ro", device, &text(&self.mounted())])?;
        self.later("umount", &[&text(&self.mounted())]);
        Some(())
    }

    fn later(&mut self, program: &str, args: &[&str]) {
        let mut command = Command::new(program);
        command.args(args);
        self.undo.push(command);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        for mut command in self.undo.drain(..).rev() {
            let _ = command.status();
        }
    }
}

fn has(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .output()
        .is_ok_and(|found| found.status.success())
}

/// What a program prints. None, with a message, where it fails: not every kernel and container allows it.
fn run(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().unwrap();
    if !output.status.success() {
        eprintln!("skipped: {program} {args:?} fails: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Bytes without zeroes.
fn bytes() -> Vec<u8> {
    (0..LEN).map(|at| u8::try_from(at % 251 + 1).unwrap()).collect()
}

fn hold(disk: &Disk, bad: Range<usize>) {
    let file = File::open(disk.file()).unwrap();
    hold_of(&Map::new(&file, LEN as u64).unwrap(), &bad);
    hold_of(&Pread::new(file, LEN as u64), &bad);
}

/// Holds that all is there but for one range and what lies close to it, and that this is what is counted.
fn hold_of(backing: &dyn Backing, bad: &Range<usize>) {
    let whole = bytes();
    let mut room = Vec::new();
    let mut lost = 0;
    for at in (0..LEN).step_by(4096) {
        let page = &backing.run(at as u64, 4096, &mut room).unwrap()[..4096];
        if page.iter().all(|byte| *byte == 0) {
            lost += 4096;
        } else {
            assert!(!bad.contains(&at), "{at} was read");
            assert!(page == &whole[at..at + 4096], "other bytes at {at}");
        }
    }
    assert_eq!(backing.lost(), lost);
    // Systems read, and fail, in pieces that are larger than a page.
    let near = bad.len() + 4 * MIB;
    assert!((bad.len() as u64..near as u64).contains(&lost), "{lost} of {bad:?}");
}

#[test]
fn a_disk_that_ends_too_soon() {
    let run = || {
        let mut disk = Disk::new(&["losetup", "mkfs.ext4", "filefrag", "mount", "umount"])?;
        let device = disk.attach()?;
        let start = disk.write(&device)?;
        let image = File::options().write(true).open(disk.image()).unwrap();
        image.set_len((start + 6 * MIB) as u64).unwrap();
        image.sync_all().unwrap();
        // Linux 6.18 does; 6.1 gives zeroes, and so hides what was lost.
        if File::open(&device).unwrap().read_at(&mut [0; 4096], (start + 7 * MIB) as u64).is_ok() {
            eprintln!("skipped: reads behind the end of an image do not fail here");
            return None;
        }
        disk.mount(&device)?;
        hold(&disk, 6 * MIB..LEN);
        Some(())
    };
    run();
}

#[test]
fn a_disk_with_bad_sectors() {
    let run = || {
        let mut disk = Disk::new(&[
            "losetup",
            "mkfs.ext4",
            "filefrag",
            "mount",
            "umount",
            "dmsetup",
            "/dev/mapper/control",
        ])?;
        let device = disk.attach()?;
        let name = format!("nwlog-test-{}", id());
        let start = disk.write(&device)? / 512;
        let [bad, after, end] = [start + 4 * MIB / 512, start + 5 * MIB / 512, 64 * MIB / 512];
        let table = format!(
            "0 {bad} linear {device} 0\n{bad} {} error\n{after} {} linear {device} {after}",
            after - bad,
            end - after
        );
        run("dmsetup", &["create", &name, "--table", &table])?;
        disk.later("dmsetup", &["remove", "--retry", &name]);
        // Where no udev makes it.
        run("dmsetup", &["mknodes", &name])?;
        disk.mount(&format!("/dev/mapper/{name}"))?;
        hold(&disk, 4 * MIB..5 * MIB);
        Some(())
    };
    run();
}
