//! Disks that fail under a file. They need root, loop devices and the programs that make them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::MakeError;

const MIB: usize = 1 << 20;

/// How large a disk is, in bytes.
const SIZE: usize = 64 * MIB;

/// A mounted file system with one file, part of which cannot be read. It is unmounted when it goes out of scope.
#[derive(Debug)]
pub struct Disk {
    dir: tempfile::TempDir,
    name: String,
    undo: Vec<Command>,
}

impl Disk {
    /// One that ends where the bytes from `end` on should lie. Systems read, and so fail, in pieces of up to some MiB.
    ///
    /// # Errors
    /// This machine cannot make it, or gives zeroes where the disk has ended (Linux 6.1 does, 6.18 does not).
    pub fn that_ends(name: &str, bytes: &[u8], end: usize) -> Result<Self, MakeError> {
        let mut disk = Self::new(name, &[])?;
        let device = disk.attach()?;
        let start = disk.write(&device, bytes)?;
        let image = File::options().write(true).open(disk.image())?;
        image.set_len((start + end) as u64)?;
        image.sync_all()?;
        if File::open(&device)?.read_at(&mut [0; 4096], (start + bytes.len()) as u64 - 4096).is_ok() {
            let said = "reads behind the end of an image do not fail here";
            return Err(MakeError::Missing(said.to_owned()));
        }
        disk.mount(&device)?;
        Ok(disk)
    }

    /// One whose sectors under a part of the bytes are bad.
    ///
    /// # Errors
    /// This machine cannot make it.
    pub fn with_bad_sectors(name: &str, bytes: &[u8], bad: &Range<usize>) -> Result<Self, MakeError> {
        let mut disk = Self::new(name, &["dmsetup", "/dev/mapper/control"])?;
        let device = disk.attach()?;
        let mapped = format!("nwlog-test-{}-{}", process::id(), name.replace('.', "-"));
        let start = disk.write(&device, bytes)?;
        let [bad, after, end] = [start + bad.start, start + bad.end, SIZE].map(|at| at / 512);
        let table = format!(
            "0 {bad} linear {device} 0\n{bad} {} error\n{after} {} linear {device} {after}",
            after - bad,
            end - after
        );
        run("dmsetup", &["create", &mapped, "--table", &table])?;
        disk.later("dmsetup", &["remove", "--retry", &mapped]);
        // Where no udev makes it.
        run("dmsetup", &["mknodes", &mapped])?;
        disk.mount(&format!("/dev/mapper/{mapped}"))?;
        Ok(disk)
    }

    /// Where the file lies.
    pub fn file(&self) -> PathBuf {
        self.mounted().join(&self.name)
    }

    fn new(name: &str, needs: &[&str]) -> Result<Self, MakeError> {
        let all = ["losetup", "mkfs.ext4", "filefrag", "mount", "umount"];
        if let Some(missing) =
            all.iter().chain(needs).find(|need| !Path::new(need).exists() && !is_installed(need))
        {
            return Err(MakeError::Missing(format!("there is no {missing} here")));
        }
        if !rustix::process::geteuid().is_root() {
            return Err(MakeError::Missing("only root can make disks".to_owned()));
        }
        let disk = Self { dir: tempfile::tempdir()?, name: name.to_owned(), undo: Vec::new() };
        fs::create_dir(disk.mounted())?;
        File::create(disk.image())?.set_len(SIZE as u64)?;
        run("mkfs.ext4", &["-q", "-F", "-b", "4096", "-O", "^has_journal", &text(&disk.image())])?;
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.dir.path().join("image")
    }

    fn mounted(&self) -> PathBuf {
        self.dir.path().join("mounted")
    }

    /// The image as a block device.
    fn attach(&mut self) -> Result<String, MakeError> {
        let device = run("losetup", &["-f", "--show", &text(&self.image())])?;
        self.later("losetup", &["-d", &device]);
        Ok(device)
    }

    /// Writes the file that will fail, and gives where on the device its bytes begin. It lies there in one piece.
    fn write(&self, device: &str, bytes: &[u8]) -> Result<usize, MakeError> {
        run("mount", &[device, &text(&self.mounted())])?;
        fs::write(self.file(), bytes)?;
        File::open(self.file())?.sync_all()?;
        let extents = run("filefrag", &["-v", "-b4096", &text(&self.file())]);
        self.unmount()?;
        // `   0:        0..    2047:      4096..      6143:   2048:             last,eof`
        let said = extents?;
        let first = said.lines().find(|line| line.trim_start().starts_with("0:") && line.contains("last"));
        let start = first.and_then(|line| line.split(':').nth(2)?.split("..").next()?.trim().parse().ok());
        let start: usize = start.ok_or(MakeError::Failed { program: "filefrag", said })?;
        Ok(start * 4096)
    }

    fn mount(&mut self, device: &str) -> Result<(), MakeError> {
        run("mount", &["-o", "ro", device, &text(&self.mounted())])?;
        self.later("umount", &[&text(&self.mounted())]);
        Ok(())
    }

    fn unmount(&self) -> Result<(), MakeError> {
        let mounted = text(&self.mounted());
        let mut umount = Command::new("umount");
        match until_it_works(umount.arg(&mounted)) {
            true => Ok(()),
            false => Err(MakeError::Failed { program: "umount", said: format!("{mounted} is busy") }),
        }
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
            until_it_works(&mut command);
        }
    }
}

/// Runs a command again and again, for a second at most: a process that another thread has just forked holds all files
/// that were open, until it becomes its program, and keeps a disk busy.
fn until_it_works(command: &mut Command) -> bool {
    command.stderr(Stdio::null());
    (0..50).any(|_| {
        let works = command.status().is_ok_and(|status| status.success());
        if !works {
            thread::sleep(Duration::from_millis(20));
        }
        works
    })
}

fn is_installed(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|found| found.status.success())
}

/// What a program prints. Where it fails, this kernel or container does not allow it.
fn run(program: &str, args: &[impl AsRef<OsStr> + std::fmt::Debug]) -> Result<String, MakeError> {
    let output = Command::new(program).args(args).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(MakeError::Missing(format!("{program} {args:?} fails: {said}")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
