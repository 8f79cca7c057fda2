//! Who runs: the tools, and what each is asked.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::input::Input;

/// A tool with a question for it.
#[derive(Clone, Debug)]
pub struct Contestant {
    /// What the table calls it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// All that can run here, nwlog first, and what cannot, with the reason.
#[derive(Clone, Debug, Default)]
pub struct Contest {
    /// What runs.
    pub contestants: Vec<Contestant>,
    /// What does not, and why.
    pub missing: Vec<String>,
}

impl Contest {
    /// Finds the tools. `nwlog` is the program to measure the others against.
    pub fn find(nwlog: &Path, input: &Input) -> Self {
        let mut contest = Self::default();
        let export = input.export.as_os_str();
        let ours = ["analyze".as_ref(), export, "--no-store".as_ref(), "-o".as_ref(), "json".as_ref()];
        contest.add("nwlog analyze X.export -o json", nwlog.to_path_buf(), &ours);
        contest.journalctl(input);
        match (which("rg"), which("grep")) {
            (Some(rg), _) => contest.add(
                "rg -c 'Killed process' X.export",
                rg,
                &["-c".as_ref(), "Killed process".as_ref(), export],
            ),
            (None, Some(grep)) => {
                contest
                    .missing
                    .push("rg is not installed (Debian package ripgrep): grep runs instead".to_owned());
                contest.add(
                    "grep -c 'Killed process' X.export",
                    grep,
                    &["-c".as_ref(), "Killed process".as_ref(), export],
                );
            }
            (None, None) => contest.missing.push("neither rg nor grep is installed".to_owned()),
        }
        contest
    }

    fn journalctl(&mut self, input: &Input) {
        let Some(journal) = &input.journal else {
            self.missing.push(
                "no .journal could be made, so journalctl does not run: /lib/systemd/systemd-journal-remote is missing \
                 (Debian package systemd-journal-remote)"
                    .to_owned(),
            );
            return;
        };
        let Some(journalctl) = which("journalctl") else {
            self.missing.push("journalctl is not installed (Debian package systemd)".to_owned());
            return;
        };
        let mut file = OsString::from("--file=");
        file.push(journal);
        let quiet: [&std::ffi::OsStr; 3] = ["-q".as_ref(), "--no-pager".as_ref(), &file];
        let grep = [&quiet[..], &["-g".as_ref(), "Killed process".as_ref()]].concat();
        self.add("journalctl --file X.journal -g 'Killed process'", journalctl.clone(), &grep);
        let json = [&quiet[..], &["-o".as_ref(), "json".as_ref()]].concat();
        self.add("journalctl --file X.journal -o json", journalctl, &json);
    }

    fn add(&mut self, name: &str, program: PathBuf, arguments: &[&std::ffi::OsStr]) {
        let arguments = arguments.iter().map(OsString::from).collect();
        self.contestants.push(Contestant { name: name.to_owned(), program, arguments });
    }
}

/// Where a program of PATH lies.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The first line of what a program says of its version.
pub fn version(program: &Path) -> String {
    let said =
        Command::new(program).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).lines().next().unwrap_or("of unknown version").to_owned()
}
