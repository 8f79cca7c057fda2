//! A busy machine's journal, in the journal export format: as large as wanted, and the same for the same seed.
//!
//! Of 1000 entries about 700 are stdout of services, 150 syslog, 90 of the kernel, 40 of systemd, and there are three Go
//! panics, one OOM kill with what systemd says of it, and one refused write: six entries in a hundred belong to a failure.
//! Where failures are seldom it is one failure in ten thousand entries. Each entry has the fields that journald of systemd
//! 252 stores for its transport.

mod export;
mod failure;
pub(crate) mod message;
pub(crate) mod rng;
mod service;

use std::io::{self, Write};

use export::Export;
use rng::Rng;
use service::{Service, services};

/// How often something fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failures {
    /// All the time, which is the worst for whoever reads about it.
    #[default]
    Often,
    /// Now and then.
    Seldom,
}

/// The kinds of things that happen, of 1000: below this one they are failures and lives of services.
const QUIET: u64 = 25;
/// How much seldomer these come where failures are seldom.
const SELDOM: u64 = 57;

impl Failures {
    fn next(self, rng: &mut Rng) -> u64 {
        match self {
            Self::Seldom if rng.below(SELDOM) > 0 => QUIET + rng.below(1000 - QUIET),
            Self::Seldom | Self::Often => rng.below(1000),
        }
    }
}

/// Writes so many entries. The last failure is told whole, so a few more may come.
///
/// # Errors
/// When writing fails.
pub fn generate(out: impl Write, entries: u64, seed: u64, failures: Failures) -> io::Result<()> {
    let mut rng = Rng::new(seed);
    let mut services = services(&mut rng);
    let mut export = Export::new(out);
    while export.count() < entries {
        let Some(service) = rng.weighted(&mut services) else { break };
        match failures.next(&mut rng) {
            0 => failure::oom_kill(&mut export, service, &mut rng)?,
            1 => failure::refused_write(&mut export, service, &mut rng)?,
            2..=4 => failure::go_panic(&mut export, service, &mut rng)?,
            5..=24 => failure::life(&mut export, service, &mut rng)?,
            25..=114 => {
                let text = message::kernel(&mut rng);
                export.kernel(&mut rng, 4, &text)?;
            }
            115..=264 => {
                let text =
                    if rng.below(2) == 0 { message::session(&mut rng) } else { message::service(&mut rng) };
                export.syslog(&mut rng, service, &text)?;
            }
            _ => {
                let text = message::service(&mut rng);
                export.stdout(&mut rng, service, &text)?;
            }
        }
    }
    export.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn generated(entries: u64, seed: u64) -> String {
        let mut out = Vec::new();
        generate(&mut out, entries, seed, Failures::Often).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_others() {
        let one = generated(2000, 7);
        assert_eq!(one, generated(2000, 7));
        assert_ne!(one, generated(2000, 8));
        assert!(generated(3000, 7).starts_with(one.get(..one.len() / 2).unwrap()));
    }

    #[test]
    fn the_mix_is_that_of_a_busy_machine() {
        let text = generated(20_000, 7);
        let count = |what: &str| text.matches(what).count();
        let entries = count("\n__REALTIME_TIMESTAMP=");
        assert!((20_000..20_020).contains(&entries), "{entries}");
        for (what, least, most) in [
            ("\n_TRANSPORT=stdout\n", 13_000, 15_500),
            ("\n_TRANSPORT=syslog\n", 2_600, 3_300),
            ("\n_TRANSPORT=kernel\n", 1_600, 2_100),
            ("\n_PID=1\n", 700, 1_100),
            (": Killed process ", 8, 40),
            ("\nMESSAGE=panic: ", 30, 90),
            (": no space left on device\n", 8, 40),
        ] {
            let n = count(what);
            assert!((least..=most).contains(&n), "{what:?}: {n}");
        }
    }

    #[test]
    fn time_never_goes_back() {
        let text = generated(2000, 3);
        let times: Vec<u64> = text
            .lines()
            .filter_map(|line| line.strip_prefix("__REALTIME_TIMESTAMP="))
            .map(|time| time.parse().unwrap())
            .collect();
        assert!(times.is_sorted_by(|a, b| a < b));
    }
}
