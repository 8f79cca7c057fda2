//! The `nwlog` command: what it reads from its arguments, what it does, and how it tells.
//!
//! [`args`] → [`commands`] → [`pipeline`] → [`output`] → [`exit`]. Only this crate prints, reads the clock or exits.

pub mod args;
pub mod commands;
pub mod complete;
pub mod config;
pub mod errors;
pub mod exit;
pub mod holder;
pub mod output;
pub mod pipeline;
pub mod store_dir;
pub mod stores;
pub mod terminal;
pub mod words;
pub mod zone;

use std::env;
use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use clap_complete::CompleteEnv;

use self::args::Cli;
use self::exit::Exit;
use self::terminal::Terminal;
use self::words::Lang;

/// Runs the command that the process's arguments ask for.
pub fn main() -> ExitCode {
    let of_locale = || (complete::lang().words().help)(Cli::command());
    CompleteEnv::with_factory(of_locale).var(complete::ASKED).complete();
    let args = env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    let lang = Lang::asked(args, |name| env::var(name).ok());
    let matches = (lang.words().help)(Cli::command()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, lang).into(),
    };
    quiet_what_is_caught();
    let terminal = Terminal::new(&cli.terminal);
    let done = match &cli.command {
        Some(command) => command.run(&terminal),
        None => help(lang),
    };
    match done {
        Ok(exit) => exit,
        Err(error) if errors::is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            terminal.tell(&error);
            Exit::Failed
        }
    }
    .into()
}

/// A damaged index may make the library panic that reads it. That is caught, and told as what it is.
fn quiet_what_is_caught() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !nwlog_index::is_guarded() {
            usual(info);
        }
    }));
}

/// Help and version go to stdout, and are no failure; everything else that clap says is an error of usage.
fn usage(error: &clap::Error, lang: Lang) -> Exit {
    let words = lang.words();
    if !error.use_stderr() {
        let _ = write!(anstream::stdout(), "{}", (words.screen)(&error.render(), help_width()));
        return Exit::Done;
    }
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    let _ = write!(anstream::stderr(), "{}", output::fold::folded(&(words.usage)(error), width));
    Exit::Failed
}

fn help(lang: Lang) -> anyhow::Result<Exit> {
    let words = lang.words();
    let help = (words.help)(Cli::command()).render_help();
    write!(anstream::stdout(), "{}", (words.screen)(&help, help_width()))?;
    io::stdout().flush()?;
    Ok(Exit::Done)
}

/// How wide help is printed, in columns: as clap has it.
pub(crate) fn help_width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(terminal).unwrap_or(args::HELP_WIDTH).min(args::HELP_WIDTH)
}
