//! The man pages: one for nwlog and one for each verb.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_mangen::Man;

/// What belongs to every page.
const SEE_ALSO: &str = "nwlog(1), journalctl(1), systemd.journal-fields(7), systemd.service(5)";

/// Writes a page for a command and one for each below it; that of `search` explains queries.
pub(super) fn write(command: Command, queries: &str, dir: &Path) -> io::Result<()> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    pages(&command, queries, dir)
}

fn pages(command: &Command, queries: &str, dir: &Path) -> io::Result<()> {
    command.get_subcommands().try_for_each(|command| pages(command, queries, dir))?;
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let source = format!("nwlog {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).title(&name).source(source).manual("nwlog");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let usage = command.clone().render_usage().to_string();
    section(&mut page, "SYNOPSIS")?;
    writeln!(page, "{}", text(usage.trim_start_matches("Usage: ")))?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if command.get_name() == "search" {
        section(&mut page, "QUERIES")?;
        body(&mut page, queries.lines())?;
    }
    let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for part in below.split("\n\n") {
        match part.split_once(':').map(|(title, rest)| (title.to_uppercase(), rest)) {
            Some((title, rest)) if title == "EXAMPLES" || title == "EXIT STATUS" => {
                section(&mut page, &title)?;
                body(&mut page, rest.trim_start_matches([' ', '\n']).split('\n'))?;
            }
            _ => body(&mut page, ["", part].into_iter())?,
        }
    }
    section(&mut page, "SEE ALSO")?;
    writeln!(page, "{}", text(SEE_ALSO))?;
    fs::write(dir.join(format!("{name}.1")), page)
}

fn section(page: &mut Vec<u8>, title: &str) -> io::Result<()> {
    writeln!(page, ".SH \"{title}\"")
}

/// Lines of paragraphs and of examples, which are indented and stand as they are.
fn body<'a>(page: &mut Vec<u8>, lines: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut as_it_is = false;
    for line in lines {
        let example = line.starts_with("  ") || line.starts_with("nwlog ") || line.starts_with("source ");
        if example != as_it_is && !line.is_empty() {
            writeln!(page, "{}", if example { ".PP\n.nf" } else { ".fi\n.PP" })?;
            as_it_is = example;
        }
        match line {
            "" if as_it_is => {}
            "" => writeln!(page, ".PP")?,
            line => writeln!(page, "{}", text(line.trim_start()))?,
        }
    }
    if as_it_is {
        writeln!(page, ".fi")?;
    }
    Ok(())
}

/// Text that roff takes as text (groff_man(7), portability).
fn text(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq").replace('`', "\\(ga");
    if line.starts_with('.') { format!("\\&{line}") } else { line }
}
