//! `nwlog completions`: what a shell runs to complete command lines.

use std::io::Write;

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use crate::complete::ASKED;
use crate::exit::Exit;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  source <(nwlog completions bash)                                  in ~/.bashrc
  source <(nwlog completions zsh)                                   in ~/.zshrc
  nwlog completions fish > ~/.config/fish/completions/nwlog.fish";

/// Print what a shell needs to complete command lines, with units and ids of what is kept
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub(super) fn run(args: &CompletionsArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let name = match args.shell {
        Shell::Bash => "bash",
        Shell::Zsh => "zsh",
        Shell::Fish => "fish",
    };
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(|| anyhow!("no completions for {name}"))?;
    let mut out = terminal.stdout();
    shell.write_registration(ASKED, "nwlog", "nwlog", "nwlog", &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}
