//! The programs that run: found, built, or named as missing with what to install.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

/// The peer that is written in C.
const LIBSYSTEMD: &[u8] = include_bytes!("../../peers/libsystemd.c");

/// What there is.
#[derive(Clone, Debug)]
pub struct Tools {
    /// The program to measure.
    pub nwlog: PathBuf,
    /// The readers of this crate.
    pub scan: PathBuf,
    /// The reader with libsystemd.
    pub libsystemd: Option<PathBuf>,
    /// journalctl.
    pub journalctl: Option<PathBuf>,
    /// ripgrep, or else grep.
    pub grep: Option<PathBuf>,
    /// What is missing, and what to install.
    pub missing: Vec<String>,
}

impl Tools {
    /// Finds them, and builds what this workspace has; what is compiled besides goes into `folder`.
    ///
    /// # Errors
    /// The workspace does not build.
    pub fn find(nwlog: Option<PathBuf>, folder: &Path) -> anyhow::Result<Self> {
        let built = build(nwlog.is_none())?;
        let mut missing = Vec::new();
        let mut need = |found: Option<PathBuf>, what: &str| {
            if found.is_none() {
                missing.push(what.to_owned());
            }
            found
        };
        let libsystemd = need(
            compile(folder).ok(),
            "libsystemd: its peer does not compile (Debian packages gcc libc6-dev libsystemd-dev)",
        );
        let journalctl = need(which("journalctl"), "journalctl is not installed (Debian package systemd)");
        let grep =
            need(which("rg"), "rg is not installed (Debian package ripgrep)").or_else(|| which("grep"));
        let (nwlog, scan) = (nwlog.unwrap_or_else(|| built.join("nwlog")), built.join("scan"));
        Ok(Self { nwlog, scan, libsystemd, journalctl, grep, missing })
    }

    /// What they say of their versions.
    pub fn versions(&self) -> Vec<String> {
        let programs = [Some(&self.nwlog), self.journalctl.as_ref(), self.grep.as_ref()];
        let mut versions: Vec<_> = programs.into_iter().flatten().map(|program| version(program)).collect();
        versions.push(format!("sdjournal {}", crate::reader::sdjournal::VERSION));
        versions
    }
}

/// Builds this workspace's programs and returns where they lie: beside this one.
fn build(nwlog: bool) -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--package", "nwlog-benches", "--bin", "scan"]);
    if nwlog {
        command.args(["--package", "nwlog", "--bin", "nwlog"]);
    }
    let status = command.status().context("cannot run cargo")?;
    ensure!(status.success(), "the workspace does not build: {status}");
    let own = std::env::current_exe()?;
    let target = own.parent().and_then(Path::parent).context("this program lies in no folder of builds")?;
    Ok(target.join("release"))
}

fn compile(folder: &Path) -> anyhow::Result<PathBuf> {
    let program = folder.join("libsystemd");
    let mut cc = Command::new("cc")
        .args(["-O2", "-x", "c", "-", "-lsystemd", "-o"])
        .arg(&program)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    cc.stdin.take().context("cc has no input")?.write_all(LIBSYSTEMD)?;
    ensure!(cc.wait()?.success(), "cc failed");
    Ok(program)
}

/// Where a program of PATH lies.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The first line of what a program says of its version.
fn version(program: &Path) -> String {
    let said =
        Command::new(program).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).lines().next().unwrap_or("of unknown version").to_owned()
}
