//! `nwlog analyze`: logs in, incidents out.

use std::path::PathBuf;

use clap::Args;
use nwlog_correlate::{Incident, Severity};
use nwlog_ingest::Id128;
use nwlog_journal::Report;
use nwlog_journal::seal::SealKey;
use rayon::ThreadPool;

use crate::args::{BootArgs, Limit, OutputArgs, PlaceArgs, SelectArgs, StoreArgs, named};
use crate::exit::Exit;
use crate::output::completeness::Completeness;
use crate::output::{Format, Printer, amount};
use crate::pipeline::batch;
use crate::pipeline::boot;
use crate::pipeline::entries::boots::Which;
use crate::pipeline::input::Input;
use crate::pipeline::journals::Journals;
use crate::pipeline::places::Places;
use crate::pipeline::seals;
use crate::pipeline::sink::{Fan, Printing, Sink, Tally};
use crate::pipeline::stages::{Config, Ingest};
use crate::pipeline::storing::Storing;
use crate::store_dir;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog analyze                                 this machine's journal
  nwlog analyze -D DIR                          journals brought from elsewhere
  nwlog analyze -b -1                           the boot before
  ssh HOST journalctl -oexport | nwlog analyze  another machine's
  nwlog analyze crash.export.zst kern.log       files, also compressed ones
  nwlog analyze -u 'db@*' -p warning a.export   print those of one unit that hurt
  nwlog analyze -o json a.export | jq .headline
  nwlog analyze --no-store --fail-on critical a.export || alert

Exit status: 0 done; 1 with --fail-on, if there was such an incident; 2 an error, also where only some input failed.";

/// Lines of context that are printed before an incident; `show` prints all that are kept.
const CONTEXT: usize = 5;

/// Find incidents in logs, print and keep them
///
/// Reads journal files, journalctl -o export or -o json, and text (dmesg, journalctl in any of its forms, syslog files), plain or
/// compressed with gz, zst or xz: the content tells what a file is, not its name. Prints incidents in the order in which they end.
/// All of them are kept for search and show: options that select incidents decide only what is printed.
///
/// In text, a date without a year is of the last year before the file was changed (before now, for a pipe), and a time without a
/// zone is this machine's: TZ=ZONE before nwlog reads it as another's.
///
/// -b, -S and -U bound what is read: an incident is told by the records within. Reading begins 30 minutes before -S, for an
/// incident may have begun then. Of a pipe only its end shows which boot is the last: there -b takes an id alone, and journalctl
/// -b cuts out any other.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct AnalyzeArgs {
    /// What to read: files, directories of them, or - for stdin; without one, stdin where it is a pipe or a file, else this
    /// machine's journal
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub place: PlaceArgs,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub select: SelectArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub boot: BootArgs,
    /// Only the last N incidents, or all
    #[arg(
        short = 'n',
        long = "lines",
        value_name = "N",
        default_value = "all",
        help_heading = "Which incidents"
    )]
    pub limit: Limit,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
    /// Keep nothing
    #[arg(long, conflicts_with = "store", help_heading = "Store")]
    pub no_store: bool,

    /// Join records by strong keys alone, never by a name or by being near in time
    #[arg(long, help_heading = "Analysis")]
    pub strict: bool,
    /// Exit with status 1 if an incident that is printed is at least so bad: notice, warning or critical
    #[arg(long, value_name = "SEVERITY", hide_possible_values = true, help_heading = "Analysis")]
    #[arg(value_parser = named(Severity::ALL, Severity::name))]
    pub fail_on: Option<Severity>,
    /// Verify the seals of journal files with this key, as journalctl --setup-keys printed it
    #[arg(long, value_name = "KEY", help_heading = "Analysis")]
    pub verify_key: Option<SealKey>,
    /// How many threads scan [default: one a core]
    #[arg(short, long, value_name = "N", help_heading = "Analysis")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

pub(super) fn run(args: &AnalyzeArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let select = args.select.read(&terminal.now())?;
    let places = Places::read(&args.place, &args.paths)?;
    places.failed.iter().for_each(|error| terminal.tell(error));
    let pool = batch::pool(args.jobs.map(usize::from))?;
    let boot = boot(args, &places, &pool)?;
    let unproven =
        args.verify_key.as_ref().map_or(0, |key| seals::verify(&places.journals, key, &pool, terminal));
    let Places { journals, streams: mut inputs, failed: mut unread, unread: hidden } = places;
    let mut journals = Journals::of(journals);
    for damage in journals.spent() {
        let error = damage.told();
        terminal.tell(&error);
        unread.push(error);
    }
    if args.place.file.is_empty() && args.paths.iter().all(|path| path.is_dir()) {
        journals = journals.of_directories(&hidden);
    }
    if !journals.is_empty() {
        inputs.push(Input::Journals(journals));
    }
    let config = Config { strict: args.strict, since: select.since, until: select.until, boot };
    let mut stages = Ingest::new(&config)?;
    let store = match args.no_store {
        true => None,
        false => Some(store_dir::to_write(args.store.store.as_deref(), &store_dir::Places::of_process())?),
    };

    let format = args.output.output.unwrap_or(Format::Timeline);
    let printer = Printer::new(terminal.stdout(), format, terminal.view(CONTEXT, false));
    let mut storing = store.map(Storing::open).transpose()?;
    let mut tally = Tallying { tally: Tally::default(), left_out: 0, select: select.clone() };
    let mut printing = Printing::new(printer, select, args.limit.0);

    // What is printed is stored before: a reader that goes away early loses nothing of it.
    let mut parts: Vec<&mut dyn Sink> = vec![&mut tally];
    parts.extend(storing.as_mut().map(|storing| storing as &mut dyn Sink));
    parts.push(&mut printing);
    let ended = batch::run(&mut stages, &inputs, &pool, &mut Fan::new(parts), terminal);
    if let (Err(_), Some(storing)) = (&ended, &mut storing) {
        // What was found before printing failed is kept all the same.
        storing.finish()?;
    }
    let unread = unread.len();
    let failed = ended? + unread;

    let Tallying { tally, left_out, .. } = tally;
    if tally.incidents == 0 && left_out > 0 {
        let incidents = amount::count(left_out, "incident");
        terminal.note(format_args!("{incidents}, none of which was asked for"));
    } else if tally.incidents == 0 && failed < inputs.len() + unread {
        terminal.note("no incidents");
    } else if tally.incidents > 0 && format != Format::Json {
        let (incidents, critical) = (amount::count(tally.incidents, "incident"), tally.critical);
        match &storing {
            Some(storing) => {
                let dir = storing.dir().display();
                terminal.note(format_args!("{incidents}, {critical} critical; kept in {dir}"));
            }
            None => terminal.note(format_args!("{incidents}, {critical} critical")),
        }
    }
    if let Some(report) = stages.missing() {
        tell_missing(report, terminal);
    }
    Ok(exit(failed + unproven, args.fail_on, tally.worst))
}

/// The boot that alone is read.
fn boot(args: &AnalyzeArgs, places: &Places, pool: &ThreadPool) -> anyhow::Result<Option<Id128>> {
    let is_here = args.paths.is_empty() && args.place.is_of_this_machine();
    let which = args.boot.boot.filter(|which| *which != Which::All);
    which.map(|which| boot::find_at_once(which, places, is_here, pool)).transpose()
}

/// Says what is missing of a journal, as far as that is known.
fn tell_missing(report: &Report, terminal: &Terminal) {
    if report.is_complete() {
        return terminal.note("no entry is missing between others");
    }
    let Completeness { missing, unknown } = Completeness::of(report);
    missing.iter().for_each(|text| terminal.warn(text));
    unknown.iter().for_each(|text| terminal.note(text));
}

fn exit(failed: usize, fail_on: Option<Severity>, worst: Option<Severity>) -> Exit {
    if failed > 0 {
        Exit::Failed
    } else if fail_on.zip(worst).is_some_and(|(least, worst)| worst >= least) {
        Exit::Negative
    } else {
        Exit::Done
    }
}

/// Counts those that are selected.
struct Tallying {
    tally: Tally,
    /// How many are not.
    left_out: u64,
    select: crate::pipeline::select::Select,
}

impl Sink for Tallying {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        if self.select.wants(incident) {
            self.tally.count(incident);
        } else {
            self.left_out += 1;
        }
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_input_outweighs_what_was_found() {
        use Severity::{Critical, Notice, Warning};
        for (failed, fail_on, worst, expected) in [
            (0, None, Some(Critical), Exit::Done),
            (0, Some(Notice), None, Exit::Done),
            (0, Some(Warning), Some(Notice), Exit::Done),
            (0, Some(Warning), Some(Warning), Exit::Negative),
            (0, Some(Warning), Some(Critical), Exit::Negative),
            (1, Some(Warning), Some(Critical), Exit::Failed),
            (1, None, None, Exit::Failed),
        ] {
            assert_eq!(exit(failed, fail_on, worst), expected);
        }
    }
}
