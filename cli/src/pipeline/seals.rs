//! Whether sealed journal files are what was sealed.

use anyhow::anyhow;
use nwlog_journal::seal::{SealKey, Sealed, Verifier};
use rayon::ThreadPool;
use rayon::prelude::*;

use super::named::Named;
use crate::errors::hinted;
use crate::output::amount;
use crate::terminal::Terminal;

/// Verifies files, tells what came of it, and returns how many are not what was sealed.
pub fn verify(files: &[Named], key: &SealKey, pool: &ThreadPool, terminal: &Terminal) -> usize {
    let any = files.iter().any(|named| named.file.header().is_sealed());
    let verifier = any.then(|| Verifier::new(key));
    let verdict = |named: &Named| match &verifier {
        Some(verifier) => verifier.verify(&named.file),
        None => Ok(None),
    };
    let verdicts: Vec<_> = pool.install(|| files.par_iter().map(verdict).collect());
    let mut sum = Sum::default();
    for (named, verdict) in files.iter().zip(verdicts) {
        match verdict {
            Ok(sealed) => sum.add(sealed),
            Err(unproven) => {
                sum.failed += 1;
                let error = anyhow!("{} is not verified: {unproven}", named.path.display());
                terminal.tell(&hinted(error, "all that can still be read is read; nothing of it is proved"));
            }
        }
    }
    terminal.note(sum.told());
    if sum.gaps > 0 {
        let files = amount::count(sum.gaps, "file");
        terminal.note(format_args!(
            "{files} of an old systemd: had a seal been taken out there together with what it sealed, it would not show"
        ));
    }
    sum.failed
}

/// What came of all files.
#[derive(Debug, Default)]
struct Sum {
    verified: u64,
    failed: usize,
    /// Not sealed.
    plain: u64,
    entries: u64,
    /// Entries behind the last seals.
    unsealed: u64,
    /// Files of which seals can be missing.
    gaps: u64,
}

impl Sum {
    fn add(&mut self, sealed: Option<Sealed>) {
        let Some(sealed) = sealed else {
            self.plain += 1;
            return;
        };
        self.verified += 1;
        self.entries += sealed.entries;
        self.unsealed += sealed.unsealed;
        self.gaps += u64::from(!sealed.is_continuous);
    }

    fn told(&self) -> String {
        let entries = |n| if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") };
        let mut parts = Vec::new();
        if self.verified > 0 {
            let files = amount::count(self.verified, "sealed file");
            parts.push(format!("{files} verified, with {}", entries(self.entries)));
        }
        if self.failed > 0 {
            parts.push(format!("{} not verified", amount::count(self.failed as u64, "sealed file")));
        }
        if self.unsealed > 0 {
            parts.push(format!("{} after the last seal, which nothing proves", entries(self.unsealed)));
        }
        match self.plain {
            0 => {}
            1 => parts.push("1 journal file is not sealed".to_owned()),
            n => parts.push(format!("{n} journal files are not sealed")),
        }
        if parts.is_empty() {
            return "nothing was verified: only journal files have seals".to_owned();
        }
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_was_looked_at_is_told() {
        let mut sum = Sum::default();
        assert_eq!(sum.told(), "nothing was verified: only journal files have seals");
        sum.add(None);
        assert_eq!(sum.told(), "1 journal file is not sealed");
        sum.add(Some(Sealed { entries: 7, unsealed: 1, ..Sealed::default() }));
        sum.failed = 2;
        sum.add(None);
        assert_eq!(
            sum.told(),
            "1 sealed file verified, with 7 entries; 2 sealed files not verified; 1 entry after the last seal, which \
             nothing proves; 2 journal files are not sealed"
        );
    }
}
