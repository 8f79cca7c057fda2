//! A journald of its own, and who floods it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use nwlog_corpora::journals::Journald;
use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_journal::JournalFile;

/// As journald is installed, but that nothing is limited, forwarded or vacuumed: [`Settings`] has the rest.
const CONF: &str = "ReadKMsg=yes\nSystemMaxUse=64G\nMaxRetentionSec=0";

/// How long journald has to be silent before it counts as done with what the kernel had said before.
const SILENCE: Duration = Duration::from_secs(1);

/// How often something is looked at.
const PACE: Duration = Duration::from_millis(20);

/// Lines without end.
const ENDLESS: u64 = 1_000_000_000_000;

/// How much is flooded.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    /// For so long, as much as journald takes.
    Time(Duration),
    /// So many lines, as fast as journald takes them.
    Lines(u64),
}

/// A journald, and who floods it.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) journald: Journald,
    floods: Option<(Child, Option<Instant>)>,
}

impl Stage {
    /// Starts a journald that keeps its journals in a folder, and waits until it is silent.
    pub(super) fn set(folder: &Path) -> anyhow::Result<Self> {
        let settings = Settings { conf: CONF.to_owned(), ..Settings::default() };
        let journald = Journald::start(folder, &settings)?;
        let stage = Self { journald, floods: None };
        stage.journald.send(["MESSAGE=here we are"])?;
        let (mut stored, mut since) = (0, Instant::now());
        while stored == 0 || since.elapsed() < SILENCE {
            std::thread::sleep(PACE);
            let now = stage.stored()?;
            if now != stored {
                (stored, since) = (now, Instant::now());
            }
        }
        Ok(stage)
    }

    /// Where its journals are.
    pub(super) fn journals(&self) -> PathBuf {
        self.journald.journals()
    }

    /// Begins to flood it, by one program that prints lines, each another.
    pub(super) fn flood(&mut self, length: Length) -> anyhow::Result<()> {
        let (lines, until) = match length {
            Length::Time(length) => (ENDLESS, Some(Instant::now() + length)),
            Length::Lines(lines) => (lines, None),
        };
        let form = "GET /orders/%.0f 200 in 3 ms, nothing to see";
        let mut command = self.journald.inside("systemd-cat");
        command.args(["-t", "orders", "seq", "-f", form, "1", &lines.to_string()]).stdin(Stdio::null());
        self.floods = Some((command.spawn().context("cannot start systemd-cat")?, until));
        Ok(())
    }

    /// Waits until there was enough of it.
    pub(super) fn wait(&mut self) -> anyhow::Result<()> {
        let Some((mut child, until)) = self.floods.take() else { return Ok(()) };
        if let Some(until) = until {
            std::thread::sleep(until.saturating_duration_since(Instant::now()));
            child.kill()?;
        }
        child.wait()?;
        Ok(())
    }

    /// Waits until all that was sent is stored.
    pub(super) fn sync(&self) -> anyhow::Result<()> {
        Ok(self.journald.wish(Wish::Sync)?)
    }

    /// How many entries there are.
    pub(super) fn stored(&self) -> anyhow::Result<u64> {
        let mut stored = 0;
        for machine in fs::read_dir(self.journals())? {
            for file in fs::read_dir(machine?.path())? {
                let path = file?.path();
                // One that is just being made has no entries yet.
                if path.extension().is_some_and(|end| end == "journal")
                    && let Ok(file) = JournalFile::open(&path)
                {
                    stored += file.header().n_entries;
                }
            }
        }
        Ok(stored)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.floods {
            // It may have ended.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
