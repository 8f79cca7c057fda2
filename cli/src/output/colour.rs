//! When there is colour, and which. Meaning never stands in colour alone.

use anstream::AutoStream;
use anstream::stream::RawStream;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use nwlog_correlate::Severity;
use nwlog_ingest::event::Writer;

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb; wherever CLICOLOR_FORCE is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// The same, in the words of anstream.
    pub fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }

    /// The styles for what is written to a stream.
    pub fn palette(self, stream: &impl RawStream) -> Palette {
        let choice = match self {
            Self::Auto => AutoStream::choice(stream),
            decided => decided.choice(),
        };
        if choice == anstream::ColorChoice::Never { Palette::PLAIN } else { Palette::COLOURED }
    }
}

/// A style for each thing that is printed.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// What matters most.
    pub strong: Style,
    /// What is there to be looked up.
    pub dim: Style,
    /// An incident's id.
    pub id: Style,
    /// What was looked for.
    pub mark: Style,
    severities: [Style; 3],
    writers: [Style; 3],
}

impl Palette {
    /// No style at all.
    pub const PLAIN: Self = Self {
        strong: Style::new(),
        dim: Style::new(),
        id: Style::new(),
        mark: Style::new(),
        severities: [Style::new(); 3],
        writers: [Style::new(); 3],
    };

    const COLOURED: Self = Self {
        strong: Style::new().bold(),
        dim: Style::new().dimmed(),
        id: AnsiColor::Yellow.on_default(),
        mark: Style::new().invert(),
        severities: [
            AnsiColor::Cyan.on_default().bold(),
            AnsiColor::Yellow.on_default().bold(),
            AnsiColor::Red.on_default().bold(),
        ],
        writers: [AnsiColor::Red.on_default(), AnsiColor::Blue.on_default(), AnsiColor::Green.on_default()],
    };

    /// The style of a severity.
    pub fn severity(&self, severity: Severity) -> Style {
        let [notice, warning, critical] = self.severities;
        match severity {
            Severity::Notice => notice,
            Severity::Warning => warning,
            Severity::Critical => critical,
        }
    }

    /// The style of who speaks.
    pub fn writer(&self, writer: Writer) -> Style {
        let [kernel, systemd, unit] = self.writers;
        match writer {
            Writer::Kernel => kernel,
            Writer::Systemd => systemd,
            Writer::Unit => unit,
        }
    }
}
