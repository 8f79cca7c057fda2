//! 帮助和用法错误的样子：clap 自己写的话，和没有空格的文字如何换行。

use clap::builder::StyledStr;
use clap::error::ErrorKind;

use super::help::text;
use super::message::message;
use crate::errors::ERROR;
use crate::output::escape;

/// What clap writes itself.
const OF_CLAP: &[(&str, &str)] =
    &[("[default: ", "[默认："), ("[possible values: ", "[可选值："), ("Possible values:", "可选值：")];
/// What it writes in a line of usage.
const OF_USAGE: &[(&str, &str)] =
    &[("[OPTIONS]", "[选项]"), ("[COMMAND]", "[命令]"), ("<COMMAND>", "<命令>")];

/// A screen of help, with styles, in lines of so many columns.
pub(super) fn screen(help: &StyledStr, width: usize) -> String {
    let help = help.ansi().to_string();
    let lines = help.lines().flat_map(|line| broken(&said(line), width));
    lines.map(|line| line.trim_end().to_owned() + "\n").collect()
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

/// A line in as many as it takes; what goes on stands below where the text began.
fn broken(line: &str, width: usize) -> Vec<String> {
    // Styles end before the text begins.
    let styled = line.rfind("\x1b[").and_then(|at| line.get(at..)?.find('m').map(|end| at + end + 1));
    let (head, tail) = line.split_at_checked(styled.unwrap_or_default()).unwrap_or(("", line));
    let plain = anstream::adapter::strip_str(head).to_string();
    if escape::columns(&plain) + escape::columns(tail) <= width {
        return vec![line.to_owned()];
    }
    let spaces = tail.len() - tail.trim_start().len();
    let begins = tail.trim_end().rfind("  ").map_or(spaces, |at| spaces.max(at + 2));
    let (before, text) = tail.split_at_checked(begins).unwrap_or(("", tail));
    let hang = escape::columns(&plain) + escape::columns(before);
    let lines = escape::wrapped(text, Some(width.saturating_sub(hang).max(LEAST)));
    let placed = lines.into_iter().enumerate().map(|(n, text)| match n {
        0 => format!("{head}{before}{text}"),
        _ => format!("{:hang$}{text}", ""),
    });
    placed.collect()
}

/// The least room that a text gets, in columns.
const LEAST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_below_their_text() {
        for (line, want) in [
            ("短", &["短"][..]),
            (
                "          这是一行很长的说明文字，没有空格",
                &["          这是一行很长的说明文", "          字，没有空格"],
            ),
            (
                "  \x1b[1m-q\x1b[0m      这是一行很长的说明文字没有空格",
                &["  \x1b[1m-q\x1b[0m      这是一行很长的说明文", "          字没有空格"],
            ),
            (
                "  nwlog x  这是一行很长的说明文字没有空格呀",
                &["  nwlog x  这是一行很长的说明文", "           字没有空格呀"],
            ),
        ] {
            assert_eq!(broken(line, 31), want, "{line}");
        }
    }
}
