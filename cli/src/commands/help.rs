//! `nwlog help`: what a verb does, and how queries are written; the man pages.

mod man;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, CommandFactory};

use crate::args::Cli;
use crate::errors::Hint;
use crate::exit::Exit;
use crate::output::fold;
use crate::terminal::Terminal;
use crate::words::{Lang, Words};

/// The topic that is no verb.
const QUERY: &str = "query";

const EXAMPLES: &str = "\
Examples:
  nwlog help search
  nwlog help query                            how queries are written
  nwlog help --man ~/.local/share/man/man1    the man pages, as files";

/// Print the help of a verb, or how queries are written
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct HelpArgs {
    /// A verb, or query
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// Write the man pages into this directory
    #[arg(long, value_name = "DIR", conflicts_with = "topic")]
    pub man: Option<PathBuf>,
}

pub(super) fn run(args: &HelpArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    if let Some(dir) = &args.man {
        pages(dir)?;
        return Ok(Exit::Done);
    }
    let mut out = terminal.paged();
    if let [QUERY] = args.topic.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        write!(out, "{}", laid(terminal.words().help_query, crate::help_width()))?;
    } else {
        let help = of_verb(&args.topic, terminal.words())?;
        let help = (terminal.words().screen)(&help, crate::help_width());
        let plain = terminal.view(0, false).palette.strong == anstyle::Style::new();
        if plain { write!(out, "{}", anstream::adapter::strip_str(&help))? } else { write!(out, "{help}")? }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A text in lines of so many columns: paragraphs are filled anew, examples stand as they are where they have room.
fn laid(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let goes_on = |last: &&mut String| !last.is_empty() && !last.starts_with(' ');
        match lines.last_mut().filter(goes_on).filter(|_| !line.is_empty() && !line.starts_with(' ')) {
            Some(last) => {
                let is_ascii = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
                if is_ascii(last.chars().last()) || is_ascii(line.chars().next()) {
                    last.push(' ');
                }
                last.push_str(line);
            }
            None => lines.push(line.to_owned()),
        }
    }
    fold::folded(&(lines.join("\n") + "\n"), Some(width)).into_owned()
}

/// The long help of a verb, or of all of them.
fn of_verb(topic: &[String], words: &Words) -> anyhow::Result<clap::builder::StyledStr> {
    let mut command = (words.help)(Cli::command());
    command.build();
    let mut at = &mut command;
    for word in topic {
        let verbs: Vec<_> = at.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        at = at
            .find_subcommand_mut(word)
            .ok_or_else(|| anyhow!("there is no help on `{word}`"))
            .hint(format!("topics are {QUERY}, {}", verbs.join(", ")))?;
    }
    Ok(if topic.is_empty() { at.render_help() } else { at.render_long_help() })
}

/// Writes a page for nwlog and one for each verb.
fn pages(dir: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    man::write(Cli::command(), Lang::En.words().help_query, dir)
        .with_context(|| format!("cannot write man pages into {}", dir.display()))?;
    Ok(())
}
