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
    if !incident.links.is_empty() {
        let ids: Vec<_> = incident.links.iter().map(|id| super::short_id(*id)).collect();
        writeln!(out, "\n{}  {}", label(view, "see also"), ids.join(" "))?;
    }
    Ok(())
}

fn label(view: &View, text: &str) -> String {
    let strong = view.palette.strong;
    format!("{strong}{text}{strong:#}")
}

fn stack(out: &mut dyn Write, view: &View, go: &GoDetail) -> io::Result<()> {
    let most = if view.all { usize::MAX } else { FEW };
    if let Some(goroutine) = &go.goroutine {
        let state = escape::line(&goroutine.state);
        writeln!(out, "\n{}", label(view, &format!("goroutine {} [{state}]", goroutine.id)))?;
    } else if !go.frames.is_empty() {
        writeln!(out, "\n{}", label(view, "stack"))?;
    }
    let skip = if view.all { 0 } else { go.user_frame.unwrap_or_default() };
    let dim = view.palette.dim;
    for frame in go.frames.iter().skip(skip).take(most) {
        write!(out, "  {}", escape::line(&frame.function))?;
        place(out, view, Some(frame))?;
    }
    let left_out = go.frames.len().saturating_sub(skip).saturating_sub(most);
    if left_out > 0 {
        writeln!(out, "{dim}  … {}{dim:#}", amount::count(left_out as u64, "more frame"))?;
    }
    if let Some(by) = &go.created_by {
        writeln!(out, "  {dim}created by{dim:#} {}", escape::line(by))?;
    }
    if go.goroutines > 1 {
        writeln!(out, "{}", label(view, &amount::count(u64::from(go.goroutines), "goroutine")))?;
        for group in go.groups.iter().take(most) {
            let state = escape::line(&group.state);
            let minutes = group.minutes.map(|m| format!(", {m} min")).unwrap_or_default();
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
            writeln!(out, "{dim}         … {}{dim:#}", amount::count(left_out as u64, "more group"))?;
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
    let title = if again { "largest tasks at the last kill" } else { "largest tasks" };
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
    let times = amount::count(disk.refused, "operation");
    writeln!(
        out,
        "\n{}  {}, {times}, first {}",
        label(view, "refused"),
        disk.error.errno(),
        escape::line(place)
    )
}
