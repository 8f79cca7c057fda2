//! A journald of its own.
//!
//! It runs without systemd, in a mount namespace: its sockets and runtime files lie on a tmpfs, its journals in a folder
//! of the caller's, and its machine has an id of its own. Several can run beside each other and beside the machine's.

mod native;

use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{MakeError, program};

/// What the namespace is made of. Arguments: the folder, the machine's id, where journals go, whether they are sealed,
/// and journald with its own arguments.
const HOUSE: &str = r#"
set -e
folder=$1 machine=$2 storage=$3 sealed=$4
shift 4
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/journal /run/log/journal "$folder/var" "$folder/run"
mount --bind "$folder/run" /run/log/journal
[ -d /var/log/journal ] || { mount -t tmpfs tmpfs /var/log; mkdir /var/log/journal; }
mount --bind "$folder/var" /var/log/journal
echo "$machine" >"$folder/machine-id"
mount --bind "$folder/machine-id" /etc/machine-id
for conf in journald ${1:+journald@$1}; do
    mkdir -p /run/systemd/$conf.conf.d
    cp "$folder/journald.conf" /run/systemd/$conf.conf.d/zoo.conf
done
[ "$storage" = volatile ] || : >/run/systemd/journal/flushed
if [ "$sealed" = yes ]; then
    mkdir -p /var/log/journal/$machine
    [ -e /var/log/journal/$machine/fss ] ||
        journalctl -q --setup-keys --interval="${SEAL_INTERVAL:-1h}" >"$folder/key" 2>/dev/null
fi
exec "$JOURNALD" "$@"
"#;

/// How long journald may take to start, or to do what it was asked for.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a journald is to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The machine's id, under which its journals lie.
    pub machine_id: u128,
    /// Whether it begins with its files in /run, as at boot, until it is told to flush them.
    pub is_volatile: bool,
    /// Whether files are sealed, each hour or as often as `SEAL_INTERVAL` of the environment says.
    pub is_sealed: bool,
    /// The journal namespace.
    pub namespace: Option<String>,
    /// More lines of journald.conf.
    pub conf: String,
    /// Its environment.
    pub env: Vec<(String, String)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            machine_id: super::content::MACHINE,
            is_volatile: false,
            is_sealed: false,
            namespace: None,
            conf: String::new(),
            env: Vec::new(),
        }
    }
}

/// What journald is asked to do, and has done when the call returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Write everything to disk.
    Sync,
    /// Archive the files and begin new ones.
    Rotate,
    /// Move the runtime files to disk.
    Flush,
    /// Go on in runtime files, and leave the disk alone.
    Relinquish,
}

/// A running journald. It is killed when it goes out of scope.
#[derive(Debug)]
pub struct Journald {
    child: Child,
    folder: PathBuf,
    namespace: Option<String>,
}

impl Journald {
    /// Starts one over `folder`, which keeps its journals, and waits until it is ready.
    ///
    /// # Errors
    /// This machine has no journald, does not let this process make a mount namespace, or journald does not start.
    pub fn start(folder: &Path, settings: &Settings) -> Result<Self, MakeError> {
        if !rustix::process::geteuid().is_root() {
            return Err(MakeError::Missing("a journald of its own needs root".to_owned()));
        }
        let folder = folder.canonicalize()?;
        let journald = program::of_systemd("systemd-journald")?;
        let conf = format!(
            "[Journal]\nReadKMsg=no\nAudit=\nForwardToSyslog=no\nRateLimitBurst=0\nStorage=persistent\n{}\n",
            settings.conf
        );
        fs::write(folder.join("journald.conf"), conf)?;
        let notify = folder.join("notify");
        remove(&notify)?;
        let ready = UnixDatagram::bind(&notify)?;
        ready.set_read_timeout(Some(PATIENCE))?;
        let mut command = Command::new("unshare");
        command
            .args(["-m", "--propagation", "private", "sh", "-c", HOUSE, "house"])
            .arg(&folder)
            .arg(format!("{:032x}", settings.machine_id))
            .arg(if settings.is_volatile { "volatile" } else { "persistent" })
            .arg(if settings.is_sealed { "yes" } else { "no" })
            .args(&settings.namespace)
            .env("JOURNALD", journald)
            .env("NOTIFY_SOCKET", &notify)
            .envs(settings.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("stderr"))?);
        let child = match command.spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(MakeError::Missing("unshare is not installed".to_owned()));
            }
            child => child?,
        };
        let mut journald = Self { child, folder, namespace: settings.namespace.clone() };
        journald.wait_until_ready(&ready)?;
        Ok(journald)
    }

    fn wait_until_ready(&mut self, ready: &UnixDatagram) -> Result<(), MakeError> {
        // A namespace that is not permitted shows at once: what is waited for then never comes.
        ready.set_read_timeout(Some(Duration::from_millis(100)))?;
        let mut message = [0; 4096];
        for _ in 0..PATIENCE.as_millis() / 100 {
            if let Ok(len) = ready.recv(&mut message)
                && message.get(..len).is_some_and(|said| said.starts_with(b"READY=1"))
            {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() {
                break;
            }
        }
        let said = fs::read_to_string(self.folder.join("stderr"))?;
        if ["unshare failed", "ermission denied", "not permitted"].iter().any(|why| said.contains(why)) {
            return Err(MakeError::Missing(format!("no journald of its own here: {}", said.trim())));
        }
        Err(MakeError::Failed { program: "systemd-journald", said })
    }

    /// Its persistent journals: a folder of folders named after machine ids.
    pub fn journals(&self) -> PathBuf {
        self.folder.join("var")
    }

    /// Its runtime journals.
    pub fn runtime_journals(&self) -> PathBuf {
        self.folder.join("run")
    }

    /// The verification key of sealed files, as `journalctl --verify-key` takes it.
    ///
    /// # Errors
    /// There is none.
    pub fn key(&self) -> Result<String, MakeError> {
        Ok(fs::read_to_string(self.folder.join("key"))?.trim().to_owned())
    }

    /// Stores an entry with these fields (each a `NAME=value`), by the native protocol.
    ///
    /// # Errors
    /// journald does not take it.
    pub fn send<F: AsRef<[u8]>>(&self, fields: impl IntoIterator<Item = F>) -> Result<(), MakeError> {
        native::send(&self.socket("socket"), fields)
    }

    /// Stores every line of `text` as a service's output.
    ///
    /// # Errors
    /// journald does not take it.
    pub fn print(&self, identifier: &str, text: &[u8]) -> Result<(), MakeError> {
        let mut stream = UnixStream::connect(self.socket("stdout"))?;
        // Name, unit, priority, whether lines have one, and to whom they go on.
        write!(stream, "{identifier}\n\n6\n0\n0\n0\n0\n")?;
        stream.write_all(text)?;
        Ok(())
    }

    /// Stores a line of syslog(3).
    ///
    /// # Errors
    /// journald does not take it.
    pub fn syslog(&self, line: &[u8]) -> Result<(), MakeError> {
        let socket = UnixDatagram::unbound()?;
        socket.send_to(line, self.socket("dev-log"))?;
        Ok(())
    }

    /// Asks for something and waits until it is done.
    ///
    /// # Errors
    /// journald does not do it.
    pub fn wish(&self, wish: Wish) -> Result<(), MakeError> {
        let mut command = self.inside("journalctl");
        command.arg(match wish {
            Wish::Sync => "--sync",
            Wish::Rotate => "--rotate",
            Wish::Flush => "--flush",
            Wish::Relinquish => "--relinquish-var",
        });
        if let Some(namespace) = &self.namespace {
            command.arg(format!("--namespace={namespace}"));
        }
        program::run_well("journalctl", &mut command, b"").map(drop)
    }

    /// Asks for something by the signal for it, and does not wait. It waits where there is none for it.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn ask(&self, wish: Wish) -> Result<(), MakeError> {
        use rustix::process::{Pid, Signal, kill_process};
        let signal = match wish {
            Wish::Rotate => Signal::USR2,
            Wish::Flush => Signal::USR1,
            Wish::Sync | Wish::Relinquish => return self.wish(wish),
        };
        kill_process(Pid::from_child(&self.child), signal).map_err(std::io::Error::from)?;
        Ok(())
    }

    /// A program that sees the files as it does.
    pub fn inside(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command.arg("-m").arg("-t").arg(self.child.id().to_string()).arg(program);
        command
    }

    /// Ends it as a power cut would, while it writes to a persistent file.
    ///
    /// # Errors
    /// It cannot be killed, or does not write.
    pub fn kill(mut self) -> Result<(), MakeError> {
        self.send(["MESSAGE=last words"])?;
        let step = Duration::from_millis(5);
        let mut steps = PATIENCE.as_millis() / step.as_millis();
        while !self.is_writing()? {
            steps = steps.checked_sub(1).ok_or_else(|| MakeError::Failed {
                program: "systemd-journald",
                said: "it writes nothing".to_owned(),
            })?;
            thread::sleep(step);
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Whether a file's header says that it is online.
    fn is_writing(&self) -> Result<bool, MakeError> {
        for machine in fs::read_dir(self.journals())? {
            let Ok(mut file) = fs::File::open(machine?.path().join("system.journal")) else { continue };
            let mut header = [0; 17];
            file.read_exact(&mut header)?;
            if header[16] == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ends it as a shutdown does.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn stop(mut self) -> Result<(), MakeError> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).map_err(std::io::Error::from)?;
        self.child.wait()?;
        Ok(())
    }

    /// A socket of its, as it is seen from outside its namespace.
    fn socket(&self, name: &str) -> PathBuf {
        let folder = match &self.namespace {
            Some(namespace) => format!("journal.{namespace}"),
            None => "journal".to_owned(),
        };
        PathBuf::from(format!("/proc/{}/root/run/systemd/{folder}/{name}", self.child.id()))
    }
}

impl Drop for Journald {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn remove(path: &Path) -> Result<(), MakeError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
