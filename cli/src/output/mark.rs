//! Marks in printed lines what was looked for.

use std::io::{self, Write};
use std::ops::Range;

use nwlog_index::Query;

use super::colour::Palette;
use super::styled;

/// Ends every style that [`Palette::mark`] has, and no other: the text around it keeps its own.
const END: &str = "\x1b[27m";

/// Writes lines that may have styles in them, with marks around what the query's words are found by. The time that a line
/// begins with is no text.
pub(super) fn write(out: &mut dyn Write, palette: &Palette, query: &Query, text: &str) -> io::Result<()> {
    for line in text.split_inclusive('\n') {
        let (plain, places) = styled::plain(line);
        let begin =
            plain.find(|c: char| !(c.is_ascii_digit() || " :.-[]".contains(c))).unwrap_or(plain.len());
        let marks = query.marks(plain.get(begin..).unwrap_or_default());
        let mut from = 0;
        for Range { start, end } in marks {
            let place = |at: usize| places.get(begin + at).copied().unwrap_or(line.len());
            // A mark ends before the style that begins behind it.
            let (start, end) = (place(start), place(end - 1) + 1);
            write!(out, "{}{}", line.get(from..start).unwrap_or_default(), palette.mark)?;
            write!(out, "{}{END}", line.get(start..end).unwrap_or_default())?;
            from = end;
        }
        write!(out, "{}", line.get(from..).unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::output::colour::When;

    fn marked(query: &str, text: &str) -> String {
        let query = Query::parse(query, &DateTime::<Utc>::UNIX_EPOCH).unwrap();
        let mut out = Vec::new();
        write(&mut out, &When::Always.palette(&std::io::stdout()), &query, text).unwrap();
        String::from_utf8(out).unwrap().replace("\x1b[7m", "<").replace("\x1b[27m", ">").replace("\x1b", "")
    }

    #[test]
    fn words_are_marked_and_times_are_not() {
        for (query, text, want) in [
            ("killed", "01:13:48.618  kernel  killed 249\n", "01:13:48.618  kernel  <killed> 249\n"),
            (
                "249 13",
                "01:13:48.249  unit  pid 249, 13\nno 13\n",
                "01:13:48.249  unit  pid <249>, <13>\nno <13>\n",
            ),
            ("\"killed process\" x", "Killed  process 1", "<Killed  process> 1"),
            ("http", "main.ServeHTTP", "main.Serve<HTTP>"),
            ("ngi*", "/lib/nginx/x", "/lib/<nginx>/x"),
            ("磁盘", "写入失败：磁盘空间不足", "写入失败：<磁盘>空间不足"),
            ("app -killed", "app killed", "<app> killed"),
            ("app killed", "\x1b[1mapp\x1b[0m killed", "[1m<app>[0m <killed>"),
            ("kind:oom-kill", "oom-kill", "oom-kill"),
        ] {
            assert_eq!(marked(query, text), want, "{query}");
        }
    }
}
