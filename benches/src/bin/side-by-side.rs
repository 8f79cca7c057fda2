//! nwlog beside libsystemd, sdjournal, journalctl and ripgrep, on the same generated journal.

use std::fmt;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use nwlog_benches::generator::Failures;
use nwlog_benches::side::contest::{Group, groups};
use nwlog_benches::side::machine::{cores, facts, load};
use nwlog_benches::side::report::{GROWTH, aims, growth};
use nwlog_benches::side::rounds::measure;
use nwlog_benches::side::set::{Form, Set, Source};
use nwlog_benches::side::tools::Tools;

/// Times nwlog and its peers on one generated journal, in turns, and prints tables in Markdown
#[derive(Debug, Parser)]
struct Args {
    /// How many entries the journal has
    #[arg(long, default_value_t = 1_000_000)]
    entries: u64,
    /// The seed that it is generated with
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Let failures be seldom: one in ten thousand entries
    #[arg(long)]
    calm: bool,
    /// How the journal is stored
    #[arg(long, value_delimiter = ',', default_value = "plain,compact")]
    forms: Vec<Form>,
    /// A folder with the sets `plain`, `compact` and `x.export`: what is not in it is made there, and stays
    #[arg(long, value_name = "DIR")]
    journals: Option<PathBuf>,
    /// How many rounds are timed, after one that is not
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Run only the tools whose name contains this
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Also journals of so many entries, each made, measured and removed: how time and memory grow
    #[arg(long, value_name = "ENTRIES", value_delimiter = ',')]
    grow: Vec<u64>,
    /// How many rounds these are timed
    #[arg(long, value_name = "ROUNDS", default_value_t = 3)]
    grow_rounds: usize,
    /// The nwlog to measure, instead of the one of this workspace
    #[arg(long)]
    nwlog: Option<PathBuf>,
}

impl Args {
    fn source(&self) -> Source {
        Source { seed: self.seed, failures: if self.calm { Failures::Seldom } else { Failures::Often } }
    }
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let tools = Tools::find(args.nwlog.clone(), scratch.path())?;
    tools.missing.iter().for_each(|missing| tell(format_args!("skipped: {missing}")));
    let folder = args.journals.as_deref().unwrap_or(scratch.path());
    std::fs::create_dir_all(folder)?;

    let mut out = stdout();
    writeln!(out, "{}; load {} at the start.\n", facts(), load())?;
    tools.versions().iter().try_for_each(|version| writeln!(out, "- {version}"))?;
    for form in &args.forms {
        compare(&args, &tools, folder, *form, &mut out)?;
    }
    for form in args.forms.iter().filter(|_| !args.grow.is_empty()) {
        writeln!(out, "\n## How it grows, {form}\n\n{GROWTH}")?;
        for entries in &args.grow {
            grow(&args, &tools, folder, (*form, *entries), &mut out)?;
        }
    }
    writeln!(out, "\nLoad {} at the end.", load())?;
    Ok(())
}

fn compare(
    args: &Args,
    tools: &Tools,
    folder: &Path,
    form: Form,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    tell(format_args!("{form}: a set of {} entries", args.entries));
    let set = Set::in_folder(folder, form, args.entries, args.source())?;
    let groups = asked(args, groups(tools, &set, cores()), false);
    let measured = measure(groups, args.rounds, &mut tell);
    let entries = set.entries.map_or_else(|| "unknown".to_owned(), |entries| entries.to_string());
    let mib = set.bytes.div_ceil(1 << 20);
    writeln!(
        out,
        "\n## {form}: {entries} entries, {} files, {mib} MiB, {} rounds\n",
        set.files, args.rounds
    )?;
    measured.iter().try_for_each(|group| writeln!(out, "{group}"))?;
    write!(out, "{}", aims(&measured))?;
    Ok(out.flush()?)
}

fn grow(
    args: &Args,
    tools: &Tools,
    folder: &Path,
    (form, entries): (Form, u64),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    tell(format_args!("{form}: a set of {entries} entries"));
    let folder = tempfile::tempdir_in(folder)?;
    let set = Set::in_folder(folder.path(), form, entries, args.source())?;
    let groups = asked(args, groups(tools, &set, cores()), true);
    for group in measure(groups, args.grow_rounds, &mut tell) {
        for row in &group.rows {
            writeln!(out, "{}", growth(entries, set.bytes.div_ceil(1 << 20), row))?;
        }
        group.faults.iter().for_each(|fault| tell(format_args!("{fault}")));
    }
    Ok(out.flush()?)
}

/// Those that are asked for.
fn asked(args: &Args, mut groups: Vec<Group>, growing: bool) -> Vec<Group> {
    for group in &mut groups {
        group
            .contestants
            .retain(|contestant| contestant.name.contains(&args.only) && (contestant.grows || !growing));
    }
    groups.retain(|group| !group.contestants.is_empty());
    groups
}

fn tell(what: fmt::Arguments<'_>) {
    let _ = writeln!(stderr(), "{what}");
}
