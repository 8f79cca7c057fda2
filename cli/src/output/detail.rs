//! What is known besides the timeline: the stack of a crash, the largest tasks, the file that was refused.

use std::io::{self, Write};

use nwlog_correlate::{DiskDetail, GoDetail, Incident, OomDetail};
use nwlog_ingest::event::go::Frame;

use super::{View, amount, escape};

/// How many frames and groups are shown unless all are asked for.
const FEW: usize = 8;

/// Writes the details, after an empty line where there are any.
pub(super) fn write(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    if let Some(go) = &incident.go {
        stack(out, view, go)?;
    }
    if let Some(oom) = &incident.oom {
        largest(out, view, oom, incident.occurrences > 1)?;
    }
    if let Some(disk) = &incident.disk {
        refused(out, view, disk)?;
    }
    if !incident.fields.is_empty() {
        let fields: Vec<_> = incident.fields.iter().map(|field| escape::line(field)).collect();
        let text = escape::cut(&fields.join("  "), view.width.filter(|_| !view.all)).into_owned();
        writeln!(out, "\n{}  {text}", label(view, view.words().fields))?;
    }
    if !incident.links.is_empty() {
        let ids: Vec<_> = incident.links.iter().map(|id| super::short_id(*id)).collect();
        writeln!(out, "\n{}  {}", label(view, view.words().see_also), ids.join(" "))?;
    }
    Ok(())
}

fn label(view: &View, text: &str) -> String {
    let strong = view.palette.strong;
    format!("{strong}{text}{strong:#}")
}

fn stack(out: &mut dyn Write, view: &View, go: &GoDetail) -> io::Result<()> {
    let words = view.words();
    let most = if view.all { usize::MAX } else { FEW };
    if let Some(goroutine) = &go.goroutine {
        let state = escape::line(&goroutine.state);
        writeln!(out, "\n{}", label(view, &format!("{} {} [{state}]", words.goroutine, goroutine.id)))?;
    } else if !go.frames.is_empty() {
        writeln!(out, "\n{}", label(view, words.stack))?;
    }
    let skip = if view.all { 0 } else { go.user_frame.unwrap_or_default() };
    let dim = view.palette.dim;
    for frame in go.frames.iter().skip(skip).take(most) {
        write!(out, "  {}", escape::line(&frame.function))?;
        place(out, view, Some(frame))?;
    }
    let left_out = go.frames.len().saturating_sub(skip).saturating_sub(most);
    if left_out > 0 {
        writeln!(out, "{dim}  … {}{dim:#}", (words.more_frames)(left_out as u64))?;
    }
    if let Some(by) = &go.created_by {
        writeln!(out, "  {dim}{}{dim:#} {}", words.created_by, escape::line(by))?;
    }
    if go.goroutines > 1 {
        writeln!(out, "{}", label(view, &(words.goroutines)(u64::from(go.goroutines))))?;
        for group in go.groups.iter().take(most) {
            let state = escape::line(&group.state);
            let minutes = group.minutes.map(|m| format!(", {}", (words.minutes)(m))).unwrap_or_default();
            let frame = group.frame.as_deref().map(escape::line).unwrap_or_default();
            write!(out, "  {:>5}  {state}{minutes}  {frame}", group.count)?;
            place(out, view, group.stack.first())?;
            for frame in group.stack.iter().skip(1).filter(|_| view.all) {
                write!(out, "         {}", escape::line(&frame.function))?;
                place(out, view, Some(frame))?;
            }
        }
        let left_out = go.groups.len().saturating_sub(most);
        if left_out > 0 {
            writeln!(out, "{dim}         … {}{dim:#}", (words.more_groups)(left_out as u64))?;
        }
    }
    Ok(())
}

/// Ends a frame's line with its place in the source.
fn place(out: &mut dyn Write, view: &View, frame: Option<&Frame>) -> io::Result<()> {
    let dim = view.palette.dim;
    if let Some((frame, file)) = frame.and_then(|frame| frame.file.as_ref().map(|file| (frame, file))) {
        write!(out, "  {dim}{}", escape::line(file))?;
        if let Some(line) = frame.line {
            write!(out, ":{line}")?;
        }
        write!(out, "{dim:#}")?;
    }
    writeln!(out)
}

fn largest(out: &mut dyn Write, view: &View, oom: &OomDetail, again: bool) -> io::Result<()> {
    if oom.top.is_empty() {
        return Ok(());
    }
    // The timeline shows the first one.
    let title = if again { view.words().largest_tasks_at_last } else { view.words().largest_tasks };
    writeln!(out, "\n{}", label(view, title))?;
    for task in &oom.top {
        writeln!(out, "  {:>10}  {}[{}]", amount::size(task.rss_kb), escape::line(&task.comm), task.pid)?;
    }
    Ok(())
}

fn refused(out: &mut dyn Write, view: &View, disk: &DiskDetail) -> io::Result<()> {
    let place = disk.path.as_deref().or(disk.directory.as_deref()).or(disk.device.as_deref());
    let Some(place) = place else {
        return Ok(());
    };
    let words = view.words();
    let first = (words.refused_first)(disk.refused, &escape::line(place));
    writeln!(out, "\n{}  {}, {first}", label(view, words.refused), disk.error.errno())
}
