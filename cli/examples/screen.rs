//! Draws a captured terminal as SVG: `screen dark|light COLUMNS < capture`, where the capture is text with styles (SGR), as
//! `tmux capture-pane -pe` gives it.

use std::fmt::Write as _;
use std::io::{self, Read, Write as _};

use nwlog::output::escape;

/// How large a cell is, and the room around all of them, in pixels.
const CELL: (f64, f64) = (8.4, 18.0);
const ROOM: f64 = 12.0;

/// The colours of a terminal: what it is written on, what with, and the eight that have names (those of xterm).
struct Theme {
    back: &'static str,
    fore: &'static str,
    named: [&'static str; 8],
}

const DARK: Theme = Theme { back: "#0d1117", fore: "#d0d7de", named: XTERM };
const LIGHT: Theme = Theme { back: "#ffffff", fore: "#1f2328", named: XTERM };
const XTERM: [&str; 8] =
    ["#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5"];

/// How text is written.
#[derive(Clone, Default, PartialEq)]
struct Style {
    colour: Option<String>,
    bold: bool,
    dim: bool,
    inverse: bool,
}

impl Style {
    fn apply(&mut self, theme: &Theme, codes: &str) {
        let codes: Vec<usize> = codes.split([';', ':']).map(|code| code.parse().unwrap_or(0)).collect();
        let mut codes = codes.into_iter();
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                7 => self.inverse = true,
                22 => (self.bold, self.dim) = (false, false),
                27 => self.inverse = false,
                30..=37 => self.colour = theme.named.get(code - 30).map(|&colour| colour.to_owned()),
                38 => {
                    codes.next();
                    self.colour = codes.next().map(|index| indexed(theme, index));
                }
                39 => self.colour = None,
                _ => {}
            }
        }
    }
}

/// A colour of the 256: the named ones, a cube of six by six by six, greys.
fn indexed(theme: &Theme, index: usize) -> String {
    let level = |n: usize| if n == 0 { 0 } else { 55 + 40 * n };
    match index {
        0..16 => theme.named.get(index % 8).map(|&colour| colour.to_owned()).unwrap_or_default(),
        16..232 => {
            let n = index - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        _ => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (index - 232)),
    }
}

/// Pieces of a line, each in one style.
fn pieces(theme: &Theme, style: &mut Style, line: &str) -> Vec<(Style, String)> {
    let mut pieces: Vec<(Style, String)> = Vec::new();
    let mut parts = line.split('\x1b');
    pieces.push((style.clone(), parts.next().unwrap_or_default().to_owned()));
    for part in parts {
        let (codes, text) =
            part.strip_prefix('[').and_then(|part| part.split_once('m')).unwrap_or(("", part));
        style.apply(theme, codes);
        pieces.push((style.clone(), text.to_owned()));
    }
    pieces
}

fn draw(theme: &Theme, columns: usize, text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().collect();
    let (wide, high) = CELL;
    let (width, height) = (columns as f64 * wide + 2.0 * ROOM, lines.len() as f64 * high + 2.0 * ROOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" xml:space=\"preserve\" font-family=\"ui-monospace, \
         'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'WenQuanYi Zen Hei Mono', monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n",
        theme.back
    );
    let mut style = Style::default();
    for (n, line) in lines.iter().enumerate() {
        let mut column = 0;
        for (style, text) in pieces(theme, &mut style, line) {
            // A blank is no text; wide characters are drawn apart from narrow ones, which share their widths.
            for run in runs(&text) {
                let cells = escape::columns(run);
                if !run.trim().is_empty() || style.inverse {
                    let (x, y) = (ROOM + column as f64 * wide, ROOM + n as f64 * high);
                    run_of(&mut svg, theme, &style, run, x, y, cells as f64 * wide);
                }
                column += cells;
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// A text in pieces of characters of one width, none of which has two spaces side by side in it.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let (mut from, mut last) = (0, None);
    for (at, c) in text.char_indices() {
        let kind = (
            escape::columns(c.encode_utf8(&mut [0; 4])),
            c == ' ',
            ('▁'..='█').contains(&c) || ('▉'..='▏').contains(&c),
        );
        if last.is_some_and(|last| last != kind) {
            runs.extend(text.get(from..at));
            from = at;
        }
        last = Some(kind);
    }
    runs.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    runs
}

fn run_of(svg: &mut String, theme: &Theme, style: &Style, text: &str, x: f64, y: f64, length: f64) {
    let (wide, high) = CELL;
    let ink = style.colour.as_deref().unwrap_or(theme.fore);
    let (ink, back) = if style.inverse { (theme.back, Some(ink)) } else { (ink, None) };
    if let Some(back) = back {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{high}\" fill=\"{back}\"/>"
        );
    }
    let bold = if style.bold { " font-weight=\"bold\"" } else { "" };
    let dim = if style.dim { " fill-opacity=\"0.65\"" } else { "" };
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let base = y + high * 0.74;
    // Wide characters come from fonts of other widths, so each has a place of its own.
    if escape::columns(text) > text.chars().count() {
        let _ = write!(svg, "<text y=\"{base:.1}\" fill=\"{ink}\"{bold}{dim}>");
        for (n, c) in text.chars().enumerate() {
            let _ = write!(svg, "<tspan x=\"{:.1}\">{c}</tspan>", x + 2.0 * wide * n as f64);
        }
        svg.push_str("</text>\n");
    } else {
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{ink}\"{bold}{dim}>{escaped}</text>"
        );
    }
}

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    let theme = match args.next().as_deref() {
        Some("light") => LIGHT,
        _ => DARK,
    };
    let columns = args.next().and_then(|columns| columns.parse().ok()).unwrap_or(80);
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    io::stdout().write_all(draw(&theme, columns, &text).as_bytes())
}
