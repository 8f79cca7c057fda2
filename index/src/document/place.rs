//! Where it happened: files and functions, each with the names that people know it by.

use std::collections::BTreeSet;

use nwlog_correlate::Incident;

/// The most names of one path or function.
const MAX_NAMES: usize = 32;

/// Every file, directory and device that was refused, with the directories above it.
pub(super) fn paths(incident: &Incident) -> BTreeSet<&str> {
    let disk = incident.disk.iter();
    let told = disk.flat_map(|disk| [&disk.path, &disk.directory, &disk.device].into_iter().flatten());
    told.flat_map(|path| above(path)).collect()
}

/// A path and the directories above it, but the root.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let whole = path.trim_end_matches('/');
    let cuts = whole.char_indices().rev().filter(|(at, c)| *c == '/' && *at > 0);
    let above = cuts.filter_map(move |(at, _)| whole.get(..at));
    std::iter::once(whole).chain(above).filter(|path| !path.is_empty()).take(MAX_NAMES)
}

/// Every function of a crash, in lower case: as Go writes it, `example.org/cache.(*Store).Get`, and without what leads
/// to it: `cache.(*Store).Get`, `(*Store).Get`, `Get`.
pub(super) fn functions(incident: &Incident) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Some(go) = &incident.go {
        let frames = go.frames.iter().map(|frame| &frame.function);
        let groups = go.groups.iter().filter_map(|group| group.frame.as_ref());
        for function in frames.chain(&go.created_by).chain(groups) {
            let cuts = function.char_indices().filter(|(_, c)| matches!(c, '/' | '.'));
            let shorter = cuts.filter_map(|(at, c)| function.get(at.saturating_add(c.len_utf8())..));
            let all = std::iter::once(&**function).chain(shorter).filter(|name| !name.is_empty());
            names.extend(all.take(MAX_NAMES).map(str::to_lowercase));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lie_in_directories() {
        for (path, want) in [
            ("/var/lib/nginx/data.1", "/var/lib/nginx/data.1 /var/lib/nginx /var/lib /var"),
            ("/tmp/", "/tmp"),
            ("sda1", "sda1"),
            ("data/x", "data/x data"),
            ("/", ""),
            ("", ""),
        ] {
            assert_eq!(above(path).collect::<Vec<_>>().join(" "), want);
        }
    }
}
