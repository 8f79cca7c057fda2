//! 帮助和用法错误的样子：clap 自己写的话也说中文。

use clap::builder::StyledStr;
use clap::error::ErrorKind;

use super::help::text;
use super::message::message;
use crate::output::colour::ERROR;
use crate::output::fold;

/// What clap writes itself.
const OF_CLAP: &[(&str, &str)] =
    &[("[default: ", "[默认："), ("[possible values: ", "[可选值："), ("Possible values:", "可选值：")];
/// What it writes in a line of usage.
const OF_USAGE: &[(&str, &str)] =
    &[("[OPTIONS]", "[选项]"), ("[COMMAND]", "[命令]"), ("<COMMAND>", "<命令>")];

/// A screen of help, with styles, in lines of so many columns.
pub(super) fn screen(help: &StyledStr, width: usize) -> String {
    let help = help.ansi().to_string();
    let lines: String = help.lines().map(|line| said(line).trim_end().to_owned() + "\n").collect();
    fold::folded(&lines, Some(width)).into_owned()
}

/// What is wrong with a command line.
pub(super) fn usage(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return screen(&error.render(), crate::help_width());
    }
    let told = error.render().to_string();
    let told = told.strip_prefix("error: ").unwrap_or(&told);
    let lines: Vec<_> = told.lines().map(message).collect();
    let told = OF_USAGE.iter().fold(lines.join("\n"), |told, (from, to)| told.replace(from, to));
    format!("nwlog: {ERROR}错误：{ERROR:#}{told}\n")
}

fn said(line: &str) -> String {
    let replaced =
        |line: String, of: &[(&str, &str)]| of.iter().fold(line, |line, (from, to)| line.replace(from, to));
    let line = replaced(line.to_owned(), OF_CLAP);
    if line.starts_with("用法：") {
        return replaced(line, OF_USAGE);
    }
    if let Some(heading) = line.strip_suffix(":\x1b[0m").filter(|line| line.starts_with('\x1b')) {
        return format!("{heading}：\x1b[0m");
    }
    // `  - value: what it means`
    let value = line.rsplit_once(": ").filter(|(value, _)| value.trim_start().starts_with("- "));
    match value.and_then(|(value, means)| Some((value, means, text(means.trim_start())?))) {
        Some((value, means, here)) => {
            let space = means.len() - means.trim_start().len();
            format!("{value}: {:space$}{here}", "")
        }
        None => line,
    }
}
