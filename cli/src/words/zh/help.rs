//! 命令行帮助。

mod below;
mod texts;

use clap::{Arg, ArgAction, Command};

use self::below::BELOW;
use self::texts::TEXTS;
use crate::words::wording::Wordings;

/// How a screen of help is laid out.
const LAYOUT: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What the help says for what it says in English, if that is known.
pub(super) fn text(english: impl ToString) -> Option<&'static str> {
    of(TEXTS, &english.to_string())
}

fn of(texts: Wordings, english: &str) -> Option<&'static str> {
    texts.iter().find(|(known, _)| *known == english).map(|(_, here)| *here)
}

/// The same of a text of several paragraphs.
fn paragraphs(english: impl ToString) -> String {
    let english = english.to_string();
    let said = english.split("\n\n").map(|part| text(part).unwrap_or(part));
    said.collect::<Vec<_>>().join("\n\n")
}

/// What stands below the options, line by line.
fn below(english: &str) -> String {
    let said = |line: &str| match line.rsplit_once("  ").filter(|(example, _)| example.starts_with("  ")) {
        Some((example, beside)) => match of(BELOW, beside) {
            Some(beside) => format!("{example}  {beside}"),
            None => line.to_owned(),
        },
        None => of(BELOW, line).unwrap_or(line).to_owned(),
    };
    english.lines().map(said).collect::<Vec<_>>().join("\n")
}

/// A command with its help in Chinese.
pub(super) fn help(mut command: Command) -> Command {
    let long = command.get_long_about().or(command.get_about()).map(paragraphs);
    if let (Some(about), Some(long)) = (command.get_about().and_then(text), long) {
        command = command.about(about).long_about(long);
    }
    if let Some(english) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(below(&english));
    }
    let own = |arg: Arg| {
        let heading = match arg.get_help_heading() {
            Some(heading) => text(heading).unwrap_or_default(),
            None if arg.is_positional() => "参数",
            None => "选项",
        };
        let (said, long) = (arg.get_help().and_then(text), arg.get_long_help().map(paragraphs));
        let arg = if heading.is_empty() { arg } else { arg.help_heading(heading) };
        match said {
            Some(said) => arg.help(said).long_help(long.unwrap_or_else(|| said.to_owned())),
            None => arg,
        }
    };
    command = command.mut_args(own);
    let asks = Arg::new("help").short('h').long("help").action(ArgAction::Help).help_heading("选项");
    command = command.disable_help_flag(true).arg(asks.help("显示帮助（-h 为简略说明，--help 为完整说明）"));
    if command.get_version().is_some() {
        let asks = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(asks.help_heading("选项").help("显示版本"));
    }
    command = command.help_template(LAYOUT).subcommand_help_heading("命令");
    command.mut_subcommands(help)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    /// All that the help of a command says, in parts as they are translated.
    fn parts(command: &Command, to: &mut Vec<String>) {
        let mut whole = Vec::new();
        whole.extend(command.get_long_about().or(command.get_about()).map(ToString::to_string));
        for arg in command.get_arguments() {
            whole.extend(arg.get_help().map(ToString::to_string));
            whole.extend(arg.get_long_help().map(ToString::to_string));
            whole.extend(arg.get_help_heading().map(str::to_owned));
            let values = arg.get_possible_values();
            let shown = values.iter().filter(|_| !arg.is_hide_possible_values_set());
            whole.extend(shown.filter_map(|value| value.get_help()).map(ToString::to_string));
        }
        to.extend(whole.iter().flat_map(|text| text.split("\n\n")).map(str::to_owned));
        command.get_subcommands().for_each(|command| parts(command, to));
    }

    fn all_below(command: &Command, to: &mut Vec<String>) {
        to.extend(command.get_after_help().map(ToString::to_string));
        command.get_subcommands().for_each(|command| all_below(command, to));
    }

    #[test]
    fn all_of_it_is_translated_and_no_more() {
        let mut said = Vec::new();
        parts(&Cli::command(), &mut said);
        let mut untold: Vec<_> = said.iter().filter(|part| text(part).is_none()).collect();
        untold.dedup();
        assert!(untold.is_empty(), "{untold:#?}");
        let old: Vec<_> =
            TEXTS.iter().filter(|(english, _)| !said.iter().any(|part| part == english)).collect();
        assert!(old.is_empty(), "{old:#?}");

        let mut said = Vec::new();
        all_below(&Cli::command(), &mut said);
        let old: Vec<_> =
            BELOW.iter().filter(|(english, _)| !said.iter().any(|part| part.contains(english))).collect();
        assert!(old.is_empty(), "{old:#?}");
    }

    #[test]
    fn the_definition_still_holds_together() {
        help(Cli::command()).debug_assert();
    }
}
