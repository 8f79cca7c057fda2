//! Where output goes, and how a command talks.

mod progress;

use std::env;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::AutoStream;
use chrono::{DateTime, Local};

pub use self::progress::Progress;
use crate::args::TerminalArgs;
use crate::errors;
use crate::output::View;
use crate::output::colour::{WARNING, When};
use crate::output::escape;
use crate::output::fold;
use crate::output::pager::Pager;
use crate::output::time::Zone;
use crate::words::{Lang, Words};
use crate::zone::LocalZone;

/// Data goes to stdout, talk to stderr.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    color: When,
    quiet: bool,
    zone: Zone,
    lang: Lang,
    pager: bool,
}

impl Terminal {
    /// As the arguments have it.
    pub fn new(args: &TerminalArgs) -> Self {
        Self {
            color: args.color,
            quiet: args.quiet,
            zone: match args.tz {
                Some(zone) => Zone::Named(zone),
                None if args.utc => Zone::Utc,
                None => Zone::Local,
            },
            lang: args.lang.unwrap_or_else(|| Lang::of(|name| env::var(name).ok())),
            pager: !args.no_pager,
        }
    }

    /// How incidents are shown on stdout, with so many lines of context.
    pub fn view(&self, context: usize, all: bool) -> View {
        let stdout = io::stdout();
        let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
        View {
            palette: self.color.palette(&stdout),
            zone: self.zone,
            width: width.filter(|_| stdout.is_terminal()),
            context,
            lang: self.lang,
            all,
        }
    }

    /// The zone that times are shown in.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// What it says in its language.
    pub fn words(&self) -> &'static Words {
        self.lang.words()
    }

    /// Now, in the zone that times are read in.
    pub fn now(&self) -> DateTime<LocalZone> {
        Local::now().with_timezone(&self.zone.reading())
    }

    /// Whether it is to be quiet.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether what goes to stdout is looked at on a terminal, by way of a pager too.
    pub fn is_watched(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Stdout, buffered.
    pub fn stdout(&self) -> Box<dyn Write> {
        Box::new(BufWriter::new(io::stdout()))
    }

    /// A pager where stdout is a terminal and one is wanted, else stdout; buffered.
    pub fn paged(&self) -> Box<dyn Write> {
        let wanted = self.pager && io::stdout().is_terminal();
        match wanted.then(Pager::start).flatten() {
            Some(pager) => Box::new(BufWriter::new(pager)),
            None => self.stdout(),
        }
    }

    /// Prints an error, its causes and its hints.
    pub fn tell(&self, error: &anyhow::Error) {
        let mut text = Vec::new();
        // Memory takes all of it.
        let _ = errors::tell(&mut text, self.words(), error);
        self.say(&String::from_utf8_lossy(&text));
    }

    /// Prints a warning, unless it is to be quiet.
    pub fn warn(&self, text: impl fmt::Display) {
        if !self.quiet {
            let (word, text) = (self.words().warning, text.to_string());
            let text = (self.words().message)(&text);
            self.say(&format!("nwlog: {WARNING}{word}{WARNING:#}{}\n", escape::line(&text)));
        }
    }

    /// Prints an error that is none to end with, unless it is to be quiet.
    pub fn warn_of(&self, error: &anyhow::Error) {
        if !self.quiet {
            let mut text = Vec::new();
            let _ = errors::tell_as(&mut text, self.words(), (self.words().warning, WARNING), error);
            self.say(&String::from_utf8_lossy(&text));
        }
    }

    /// Prints a remark, unless it is to be quiet.
    pub fn note(&self, text: impl fmt::Display) {
        if !self.quiet {
            let text = text.to_string();
            self.say(&format!("nwlog: {}\n", escape::line(&(self.words().message)(&text))));
        }
    }

    fn say(&self, text: &str) {
        let stderr = io::stderr();
        let width = terminal_size::terminal_size_of(&stderr).map(|(width, _)| usize::from(width.0));
        let mut stderr = AutoStream::new(stderr.lock(), self.color.choice());
        // Where stderr is gone there is nobody to tell that to.
        let _ = stderr.write_all(fold::folded(text, width).as_bytes());
    }

    /// A bar for so many bytes, where stderr is a terminal and it is not to be quiet.
    pub fn progress(&self, bytes: Option<u64>) -> Progress {
        if self.quiet { Progress::hidden() } else { Progress::new(bytes, self.words()) }
    }
}
