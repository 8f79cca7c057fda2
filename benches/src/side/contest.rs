//! Who runs: the tools, and what each is asked.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::set::{Form, Set};
use super::tools::Tools;

/// A tool with a question for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contestant {
    /// What the table calls it.
    pub name: String,
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Whether it also runs on the large journals, where the slow ones would take hours.
    pub grows: bool,
}

impl Contestant {
    /// A tool that is asked something.
    pub fn new<S: AsRef<OsStr>>(name: &str, program: &Path, arguments: impl IntoIterator<Item = S>) -> Self {
        let arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned()).collect();
        Self { name: name.to_owned(), program: program.to_owned(), arguments, grows: true }
    }

    fn slow(self) -> Self {
        Self { grows: false, ..self }
    }
}

/// In what the answers to a question must not differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// In their first line, where it is a tally.
    Tally,
    /// In how many lines they have.
    Lines,
    /// They answer different questions.
    None,
}

/// Tools that are measured against each other, the first against memmem or as our own.
#[derive(Clone, Debug)]
pub struct Group {
    /// What is asked.
    pub title: &'static str,
    /// In what the answers must agree.
    pub agreement: Agreement,
    /// Who answers; the others' times are given as multiples of the first one's.
    pub contestants: Vec<Contestant>,
}

/// The names that aims are told by.
pub mod name {
    /// The limit of every reader.
    pub const MEMMEM: &str = "memmem, 1 thread";
    /// nwlog-journal, by itself.
    pub const SCAN: &str = "nwlog-journal scan, 1 thread";
    /// The whole job.
    pub const ANALYZE: &str = "nwlog analyze --no-store -o json";
    /// nwlog's search.
    pub const CAT_GREP: &str = "nwlog cat -g 'Killed process'";
    /// journalctl's search.
    pub const JOURNALCTL_GREP: &str = "journalctl -g 'Killed process'";
    /// nwlog's JSON.
    pub const CAT_JSON: &str = "nwlog cat -o json";
    /// journalctl's JSON.
    pub const JOURNALCTL_JSON: &str = "journalctl -o json";
}

/// The questions to a set.
pub fn groups(tools: &Tools, set: &Set, cores: usize) -> Vec<Group> {
    match set.form {
        Form::Export => vec![export(tools, set.path.as_os_str())],
        Form::Plain | Form::Compact => {
            let folder = set.path.as_os_str();
            vec![
                scans(tools, folder, cores),
                searches(tools, folder),
                json(tools, folder),
                exports(tools, folder),
            ]
        }
    }
}

fn scans(tools: &Tools, folder: &OsStr, cores: usize) -> Group {
    let reader = |name: &str, reader: &str, jobs: usize| {
        let jobs = jobs.to_string();
        Contestant::new(name, &tools.scan, [reader.as_ref(), folder, "-j".as_ref(), jobs.as_ref()])
    };
    let mut contestants = vec![reader(name::MEMMEM, "memmem", 1), reader(name::SCAN, "nwlog", 1)];
    if cores > 1 {
        contestants.push(reader(&format!("memmem, {cores} threads"), "memmem", cores));
        contestants.push(reader(&format!("nwlog-journal scan, {cores} threads"), "nwlog", cores));
    }
    let libsystemd = tools.libsystemd.as_ref();
    contestants.extend(libsystemd.map(|program| Contestant::new("libsystemd", program, [folder]).slow()));
    contestants.push(reader("sdjournal", "sdjournal", 1).slow());
    Group { title: "A scan of five fields", agreement: Agreement::Tally, contestants }
}

/// What journalctl is told besides the question.
fn journalctl<'a>(folder: &'a OsStr, question: [&'a str; 2]) -> Vec<&'a OsStr> {
    let mut arguments: Vec<&OsStr> = vec!["-q".as_ref(), "--no-pager".as_ref(), "-D".as_ref(), folder];
    arguments.extend(question.map(OsStr::new));
    arguments
}

fn searches(tools: &Tools, folder: &OsStr) -> Group {
    let analyze: [&OsStr; 5] =
        ["analyze".as_ref(), folder, "--no-store".as_ref(), "-o".as_ref(), "json".as_ref()];
    let question = ["-g", "Killed process"];
    let cat: [&OsStr; 5] = ["cat".as_ref(), "-D".as_ref(), folder, "-g".as_ref(), "Killed process".as_ref()];
    let mut contestants = vec![
        Contestant::new(name::ANALYZE, &tools.nwlog, analyze),
        Contestant::new(name::CAT_GREP, &tools.nwlog, cat),
    ];
    contestants.extend(
        tools
            .journalctl
            .iter()
            .map(|program| Contestant::new(name::JOURNALCTL_GREP, program, journalctl(folder, question))),
    );
    Group { title: "The whole job, and a search", agreement: Agreement::None, contestants }
}

fn json(tools: &Tools, folder: &OsStr) -> Group {
    printing(tools, folder, "Every entry as JSON", "json", [name::CAT_JSON, name::JOURNALCTL_JSON])
}

fn exports(tools: &Tools, folder: &OsStr) -> Group {
    let names = ["nwlog cat -o export", "journalctl -o export"];
    printing(tools, folder, "Every entry as export", "export", names)
}

fn printing(tools: &Tools, folder: &OsStr, title: &'static str, format: &str, names: [&str; 2]) -> Group {
    let [ours, theirs] = names;
    let cat: [&OsStr; 5] = ["cat".as_ref(), "-D".as_ref(), folder, "-o".as_ref(), format.as_ref()];
    let mut contestants = vec![Contestant::new(ours, &tools.nwlog, cat)];
    contestants.extend(
        tools
            .journalctl
            .iter()
            .map(|program| Contestant::new(theirs, program, journalctl(folder, ["-o", format])).slow()),
    );
    Group { title, agreement: Agreement::Lines, contestants }
}

fn export(tools: &Tools, file: &OsStr) -> Group {
    let analyze: [&OsStr; 5] =
        ["analyze".as_ref(), file, "--no-store".as_ref(), "-o".as_ref(), "json".as_ref()];
    let mut contestants = vec![Contestant::new("nwlog analyze X.export", &tools.nwlog, analyze)];
    contestants.extend(tools.grep.iter().map(|program| {
        let name = program.file_name().unwrap_or_default().to_string_lossy();
        let grep: [&OsStr; 3] = ["-c".as_ref(), "Killed process".as_ref(), file];
        Contestant::new(&format!("{name} -c 'Killed process' X.export"), program, grep)
    }));
    Group { title: "The whole job, on an export", agreement: Agreement::None, contestants }
}
