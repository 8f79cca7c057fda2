//! When there is colour, and which. Meaning never stands in colour alone.

use anstream::AutoStream;
use anstream::stream::RawStream;
use anstyle::{Ansi256Color, Style};
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

/// Colours that read on black and on white alike; those that have names are whatever a terminal makes of them.
const RED: Ansi256Color = Ansi256Color(160);
const ORANGE: Ansi256Color = Ansi256Color(166);
const GOLD: Ansi256Color = Ansi256Color(136);
const GREEN: Ansi256Color = Ansi256Color(28);
const BLUE: Ansi256Color = Ansi256Color(33);

/// The styles of the words before an error, a warning and a hint.
pub const ERROR: Style = RED.on_default().bold();
#[allow(missing_docs)]
pub const WARNING: Style = ORANGE.on_default().bold();
#[allow(missing_docs)]
pub const HINT: Style = GREEN.on_default().bold();

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
        id: GOLD.on_default(),
        mark: Style::new().invert(),
        severities: [BLUE.on_default().bold(), ORANGE.on_default().bold(), RED.on_default().bold()],
        writers: [RED.on_default(), BLUE.on_default(), GREEN.on_default()],
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How bright a colour is (WCAG 2.2, relative luminance), of the cube of six by six by six.
    fn luminance(Ansi256Color(index): Ansi256Color) -> f64 {
        let n = usize::from(index) - 16;
        let levels =
            [n / 36, n / 6 % 6, n % 6].map(|n| if n == 0 { 0.0 } else { (55.0 + 40.0 * n as f64) / 255.0 });
        let [red, green, blue] =
            levels.map(
                |level: f64| {
                    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
                },
            );
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn colours_read_on_black_and_on_white() {
        for colour in [RED, ORANGE, GOLD, GREEN, BLUE] {
            let bright = luminance(colour) + 0.05;
            let (on_black, on_white) = (bright / 0.05, 1.05 / bright);
            // What large or bold text needs at least.
            assert!(on_black > 3.0 && on_white > 3.0, "{colour:?}: {on_black:.1} and {on_white:.1}");
        }
    }
}
