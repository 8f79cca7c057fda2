//! Follows journals and the kernel's log: what happens is told at once, and kept.
//!
//! [`reader`] makes events of entries and hands them over through a bounded channel, so that journals wait for whoever is
//! slower; [`kernel`] reads what does not wait. Here they are joined, told ([`telling`], as often as [`pace`] says)
//! and given to the store ([`keeping`]), together with the state of all of it ([`state`]), taken at one entry.

mod board;
mod clock;
mod held;
mod here;
mod joiner;
mod keeping;
mod kernel;
mod message;
mod notify;
mod pace;
pub mod progress;
mod rate;
mod reader;
mod ready;
pub mod state;
mod telling;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use nwlog_correlate::{Config, Preview};
use nwlog_index::Retention;
use nwlog_ingest::scan::LiveSession;
use nwlog_journal::{Live, LiveOptions, Search, Start};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until, timeout_at};

use self::here::Here;
use self::joiner::Joiner;
use self::keeping::Keeping;
use self::kernel::From;
use self::message::Message;
use self::notify::Manager;
use self::reader::Reader;
use self::state::{Resumed, Stood};
use self::telling::Telling;
use crate::errors::Hint;
use crate::exit::Exit;
use crate::output::{Format, Printer};
use crate::pipeline::input::told;
use crate::pipeline::select::{Pattern, Select};
use crate::terminal::Terminal;

/// The messages that wait for the joiner. Each is of at most 1,024 entries.
const WAITING: usize = 4;

/// How long the end may take: the last commit.
const ENDING: Duration = Duration::from_secs(10);

/// How much longer it may take until the process is ended all the same.
const SPARE: Duration = Duration::from_secs(3);

/// Lines of context that are printed before an incident.
const CONTEXT: usize = 5;

/// What is followed, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The journals.
    pub search: Search,
    /// The kernel's own log, too.
    pub kmsg: bool,
    /// From when on, in microseconds since 1970; without it from where the store says, or from now.
    pub since: Option<u64>,
    /// Where incidents are kept.
    pub store: Option<PathBuf>,
    /// How late records may come, in microseconds.
    pub lateness_us: u64,
    /// Which incidents are printed.
    pub select: Select,
    /// How.
    pub format: Format,
}

/// What can change while it runs.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Units of which nothing is told.
    pub exclude: Vec<Pattern>,
    /// What goes from the store.
    pub retention: Retention,
}

/// Reads it again.
pub type Reload<'a> = &'a dyn Fn() -> anyhow::Result<Settings>;

/// Follows until it is told to end.
///
/// # Errors
/// Where nothing can be followed, the store cannot be used at all, or nobody reads what is printed.
pub fn run(
    options: Options,
    settings: Settings,
    reload: Reload<'_>,
    terminal: &Terminal,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.context("cannot start threads")?;
    let done = runtime.block_on(follow(options, settings, reload, terminal));
    runtime.shutdown_background();
    done
}

async fn follow(
    options: Options,
    settings: Settings,
    reload: Reload<'_>,
    terminal: &Terminal,
) -> anyhow::Result<()> {
    // Whoever ends it in the first moment ends it well, too.
    let mut ends = signal(SignalKind::terminate()).context("cannot listen to signals")?;
    let mut breaks = signal(SignalKind::interrupt()).context("cannot listen to signals")?;
    let mut hangups = signal(SignalKind::hangup()).context("cannot listen to signals")?;
    tokio::spawn(end_at_last()?);
    let manager = Manager::find();
    let here = Here::find();
    let sources = format!("{:?}", options.search);
    let config = Config { lateness_us: options.lateness_us, ..Config::default() };

    let mut keeping = None;
    let mut resumed = Resumed::Nowhere;
    if let Some(dir) = &options.store {
        let (open, checkpoint, news) = Keeping::open(dir.clone(), settings.retention)
            .hint("name another store with --store DIR, or keep nothing with --no-store")?;
        news.iter().for_each(|news| terminal.warn_of(&news.told()));
        if let Some(checkpoint) = checkpoint.filter(|_| options.since.is_none()) {
            resumed = state::resume(&checkpoint, &sources, config.clone(), here.own());
            if matches!(resumed, Resumed::Nowhere) {
                terminal.note("the store was kept up with other journals: following from now on");
            }
        }
        keeping = Some(open);
    }
    let mut stood = Stood { sources, ..Stood::default() };
    let is_new = !matches!(resumed, Resumed::There { .. });
    let (preview, mut session, start) = match resumed {
        Resumed::There { preview, session, position, stood: known } => {
            stood = known;
            (*preview, *session, Start::At(position))
        }
        Resumed::Before(since, why) => {
            terminal.warn(format_args!("the last hour is read again: {why}"));
            (Preview::new(config), LiveSession::new(here.own()), Start::Since(since))
        }
        Resumed::Nowhere => {
            let start = options.since.map_or(Start::Now, Start::Since);
            (Preview::new(config), LiveSession::new(here.own()), start)
        }
    };
    let from = match (&start, stood.read) {
        (Start::Since(since), _) => From::Since(*since),
        (Start::At(_), _) if session.reads_kmsg() => From::Since(0),
        // What the kernel said before, the journal told.
        (Start::At(_), Some(read)) => From::Since(read),
        _ => From::Now,
    };
    let kernel = options
        .kmsg
        .then(|| kernel::start(from))
        .transpose()
        .map_err(told)
        .hint("the kernel's log needs root, or CAP_SYSLOG and a device that may be read")?;
    if kernel.is_some() {
        session.read_kmsg();
    }
    let live = Live::open(LiveOptions { search: options.search, start })?;
    let (out, mut messages) = mpsc::channel(WAITING);
    let wishes = Arc::new(Notify::new());
    let reader = Reader { live, kernel, session, here, out, wishes: Arc::clone(&wishes) };
    let reading = tokio::spawn(reader.run());

    let printer = Printer::new(terminal.stdout(), options.format, terminal.view(CONTEXT, false));
    let telling = Telling::new(printer, options.select, settings.exclude);
    let mut joiner = Joiner::new(preview, telling, keeping, stood, is_new, wishes, terminal);
    if terminal.is_watched() {
        // Nothing is to be seen until something fails.
        terminal.note(match is_new {
            true if options.since.is_none() => "following from now on; ^C ends it",
            true => "following; ^C ends it",
            false => "following from where it stood; ^C ends it",
        });
    }
    manager.ready("following");
    let mut watchdog = manager.watchdog().map(|every| (every, Instant::now()));

    loop {
        let next = joiner.next();
        let next = watchdog.map_or(next, |(_, at)| next.min(at));
        tokio::select! {
            biased;
            _ = ends.recv() => break,
            _ = breaks.recv() => break,
            _ = hangups.recv() => {
                manager.reloading();
                match reload() {
                    Ok(settings) => joiner.set(settings),
                    Err(error) => terminal.tell(&error.context("the configuration stays as it was")),
                }
                manager.ready("following");
            }
            answer = joiner.answer() => joiner.settle(answer),
            message = messages.recv() => match message {
                Some(message) => joiner.take(message)?,
                None => {
                    reading.await.context("reading ended")?.context("cannot wait for journals")?;
                    return Ok(());
                }
            },
            () = sleep_until(next) => {}
        }
        joiner.attend()?;
        if let Some((every, at)) = &mut watchdog
            && Instant::now() >= *at
        {
            manager.alive();
            *at = Instant::now() + *every;
        }
        if let Some(status) = joiner.status() {
            manager.status(&status);
        }
    }
    manager.stopping();
    let until = Instant::now() + ENDING;
    if timeout_at(until, end(&mut joiner, &mut messages)).await.is_err() {
        terminal.warn("the last incidents were not kept: the store takes too long");
    }
    joiner.ended();
    Ok(())
}

/// Ends the process if it was told to end and does not: who reads what is printed may have stopped to.
fn end_at_last() -> anyhow::Result<impl Future<Output = ()>> {
    let mut ends = signal(SignalKind::terminate()).context("cannot listen to signals")?;
    let mut breaks = signal(SignalKind::interrupt()).context("cannot listen to signals")?;
    Ok(async move {
        tokio::select! {
            _ = ends.recv() => {}
            _ = breaks.recv() => {}
        }
        sleep_until(Instant::now() + ENDING + SPARE).await;
        #[allow(clippy::disallowed_methods, reason = "the thread that would return an Exit waits for ever")]
        std::process::exit(Exit::Failed as i32);
    })
}

/// Tells and keeps what is left.
async fn end(joiner: &mut Joiner<'_>, messages: &mut mpsc::Receiver<Message>) -> anyhow::Result<()> {
    while joiner.is_busy() {
        let answer = joiner.answer().await;
        joiner.settle(answer);
    }
    joiner.wish_last();
    while !joiner.is_done() {
        tokio::select! {
            biased;
            answer = joiner.answer() => joiner.settle(answer),
            message = messages.recv() => match message {
                Some(message) => joiner.take(message)?,
                None => break,
            },
        }
    }
    Ok(())
}
