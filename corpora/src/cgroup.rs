//! Control groups: in which this machine's kernel kills, and by which journald knows whose a line is.

use std::fs;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What may be had in one, in bytes.
const LIMIT: &str = "16777216";

/// A memory cgroup with a small limit, on either version. It is removed when it goes out of scope.
#[derive(Debug)]
pub struct Cgroup(PathBuf);

impl Cgroup {
    /// Makes one.
    ///
    /// # Errors
    /// Without root, or where this machine's memory controller is not given to anyone here.
    pub fn make(name: &str) -> io::Result<Self> {
        let made = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]
            .into_iter()
            .find_map(|(root, limit)| {
                let path = Path::new(root).join(name);
                fs::create_dir(&path).ok()?;
                let group = Self(path);
                fs::write(group.0.join(limit), LIMIT).is_ok().then_some(group)
            });
        made.ok_or_else(|| io::Error::other("a memory cgroup needs root, and the controller"))
    }

    /// Lets a process in it take memory until the kernel kills it, and gives its number.
    ///
    /// # Errors
    /// It cannot be started, or it was not killed.
    pub fn kill(&self) -> io::Result<u32> {
        let script = format!("echo 0 >{}/cgroup.procs; exec tail /dev/zero", self.0.display());
        let mut command = Command::new("sh");
        command.args(["-c", &script]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut hog = command.spawn()?;
        let pid = hog.id();
        let status = hog.wait()?;
        match status.signal() {
            Some(9) => Ok(pid),
            _ => Err(io::Error::other(format!("a process without memory ended with {status}"))),
        }
    }
}

/// A service, as systemd would have it: where it lies among the control groups says what it is called.
#[derive(Debug)]
pub struct Service(PathBuf);

impl Service {
    /// Makes one.
    ///
    /// # Errors
    /// Without root, or where control groups cannot be made here.
    pub fn make(name: &str) -> io::Result<Self> {
        // Where there are several, it is the first of these (systemd, src/basic/cgroup-util.c, cg_unified_cached).
        let roots = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup"];
        let is_root = |root: &&str| Path::new(root).join("cgroup.procs").exists();
        let root = roots.into_iter().find(is_root);
        let root = root.ok_or_else(|| io::Error::other("systemd's control groups are not here"))?;
        let path = Path::new(root).join(name);
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    /// What puts a process into it that is written there.
    #[must_use]
    pub fn processes(&self) -> PathBuf {
        self.0.join("cgroup.procs")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // The last process in it may not be gone yet.
        let _ = fs::remove_dir(&self.0);
    }
}

impl Drop for Cgroup {
    fn drop(&mut self) {
        // The last process in it may not be gone yet.
        let _ = fs::remove_dir(&self.0);
    }
}
