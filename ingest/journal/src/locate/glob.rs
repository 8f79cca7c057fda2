//! Shell patterns for files, as journalctl takes them for `--file` (glob(3) with GLOB_BRACE and GLOB_NOCHECK).

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The most patterns that braces make of one.
const MAX_PATTERNS: usize = 1024;

/// The files that a pattern means, sorted; the pattern itself where it is a file's name, or means none.
pub(super) fn expand(pattern: &Path, most: usize) -> Vec<PathBuf> {
    if fs::symlink_metadata(pattern).is_ok() {
        return vec![pattern.to_owned()];
    }
    let mut found = Vec::new();
    for pattern in braces(pattern.as_os_str().as_bytes()) {
        let start = if pattern.starts_with(b"/") { "/" } else { "" };
        let mut paths = vec![PathBuf::from(start)];
        for part in pattern.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
            paths = paths.iter().flat_map(|path| step(path, part)).take(most).collect();
        }
        paths.sort();
        found.extend(paths);
    }
    found.truncate(most);
    if found.is_empty() { vec![pattern.to_owned()] } else { found }
}

/// What one part of a pattern means below a directory.
fn step(dir: &Path, part: &[u8]) -> Vec<PathBuf> {
    if !part.iter().any(|byte| b"*?[\\".contains(byte)) {
        let path = dir.join(OsStr::from_bytes(part));
        return Vec::from_iter(fs::symlink_metadata(&path).is_ok().then_some(path));
    }
    let listed = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    let names = fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_meant = |name: &[u8]| matches(part, name) && (part.starts_with(b".") || !name.starts_with(b"."));
    names.filter(|name| is_meant(name.as_bytes())).map(|name| dir.join(name)).collect()
}

/// Whether a name fits a pattern of `*`, `?`, `[…]` and `\`.
fn matches(mut pattern: &[u8], mut name: &[u8]) -> bool {
    let mut retry = None;
    loop {
        if let [b'*', rest @ ..] = pattern {
            pattern = rest;
            retry = Some((rest, name));
            continue;
        }
        match (one(pattern, name.first().copied()), name) {
            (Some(rest), [_, after @ ..]) => (pattern, name) = (rest, after),
            (_, []) if pattern.is_empty() => return true,
            _ => match retry {
                Some((rest, [_, after @ ..])) => {
                    (pattern, name) = (rest, after);
                    retry = Some((rest, after));
                }
                _ => return false,
            },
        }
    }
}

/// What is left of a pattern behind its first part, where that fits a byte.
fn one(pattern: &[u8], byte: Option<u8>) -> Option<&[u8]> {
    let byte = byte?;
    match pattern {
        [b'?', rest @ ..] => Some(rest),
        [b'[', rest @ ..] => match class(rest, byte) {
            Some((fits, rest)) => fits.then_some(rest),
            None => (byte == b'[').then_some(rest),
        },
        [b'\\', literal, rest @ ..] | [literal, rest @ ..] => (*literal == byte).then_some(rest),
        [] => None,
    }
}

/// Whether a byte is in the class that begins here, and what comes after it. None where the class does not end.
fn class(text: &[u8], byte: u8) -> Option<(bool, &[u8])> {
    let (negated, mut rest) = match text {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (mut fits, mut first) = (false, true);
    loop {
        rest = match rest {
            [b']', rest @ ..] if !first => return Some((fits != negated, rest)),
            [low, b'-', high, rest @ ..] if *high != b']' => {
                fits |= (*low..=*high).contains(&byte);
                rest
            }
            [one, rest @ ..] => {
                fits |= *one == byte;
                rest
            }
            [] => return None,
        };
        first = false;
    }
}

/// The patterns that one with braces stands for.
fn braces(pattern: &[u8]) -> Vec<Vec<u8>> {
    let mut open = vec![pattern.to_vec()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        match alternatives(&pattern) {
            Some(all) if open.len() + done.len() + all.len() <= MAX_PATTERNS => {
                open.extend(all.into_iter().rev())
            }
            _ => done.push(pattern),
        }
    }
    done
}

/// Resolves the first pair of braces.
fn alternatives(pattern: &[u8]) -> Option<Vec<Vec<u8>>> {
    let open = pattern.iter().position(|byte| *byte == b'{')?;
    let (before, inside) = (pattern.get(..open)?, pattern.get(open + 1..)?);
    let (mut depth, mut cuts) = (0_usize, vec![]);
    let end = inside.iter().enumerate().find_map(|(at, byte)| {
        match byte {
            b'{' => depth += 1,
            b',' if depth == 0 => cuts.push(at),
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let after = inside.get(end + 1..)?;
    let starts = std::iter::once(0).chain(cuts.iter().map(|at| at + 1));
    let ends = cuts.iter().copied().chain([end]);
    starts.zip(ends).map(|(from, to)| Some([before, inside.get(from..to)?, after].concat())).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns() {
        let table: &[(&str, &[&str], &[&str])] = &[
            ("*.journal", &["a.journal", ".journal"], &["a.journal~", "journal"]),
            ("*.journal*", &["a.journal", "a.journal~"], &["a.jour"]),
            ("user-?.journal", &["user-1.journal"], &["user-10.journal", "user-.journal"]),
            ("[a-c]x", &["ax", "cx"], &["dx", "x", "-x"]),
            ("[!a-c]x", &["dx"], &["ax", "x"]),
            ("[]x]", &["]", "x"], &["[", ""]),
            ("[a-]", &["a", "-"], &["b"]),
            ("[x", &["[x"], &["x"]),
            ("a\\*b", &["a*b"], &["a\\*b", "axb"]),
            ("a*b*c", &["abc", "axxbxbxc"], &["abx", "acb"]),
            ("", &[""], &["a"]),
            ("**", &["", "a"], &[]),
        ];
        for (pattern, fit, other) in table {
            for name in *fit {
                assert!(matches(pattern.as_bytes(), name.as_bytes()), "{pattern} {name}");
            }
            for name in *other {
                assert!(!matches(pattern.as_bytes(), name.as_bytes()), "{pattern} {name}");
            }
        }
    }

    #[test]
    fn braces_stand_for_several() {
        let table: &[(&str, &[&str])] = &[
            ("a{b,c}d", &["abd", "acd"]),
            ("{a,b}{1,2}", &["a1", "a2", "b1", "b2"]),
            ("{a,b{1,2}}", &["a", "b1", "b2"]),
            ("{a}", &["a"]),
            ("{a", &["{a"]),
            ("a}", &["a}"]),
        ];
        for (pattern, all) in table {
            let all: Vec<_> = all.iter().map(|text| text.as_bytes().to_vec()).collect();
            assert_eq!(braces(pattern.as_bytes()), all, "{pattern}");
        }
        assert!(braces("{a,b}".repeat(40).as_bytes()).len() <= MAX_PATTERNS);
    }

    #[test]
    fn files() {
        let dir = tempfile::tempdir().unwrap();
        for name in
            ["a/system.journal", "a/user-1.journal", "b/system.journal", "b/.x.journal", "b/[x].journal"]
        {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let table: &[(&str, &[&str])] = &[
            ("*/system.journal", &["a/system.journal", "b/system.journal"]),
            ("a/*.journal", &["a/system.journal", "a/user-1.journal"]),
            ("{b,a}/s*", &["b/system.journal", "a/system.journal"]),
            ("b/[x].journal", &["b/[x].journal"]),
            ("b/*", &["b/[x].journal", "b/system.journal"]),
            ("c/*.journal", &["c/*.journal"]),
            ("c.journal", &["c.journal"]),
        ];
        for (pattern, files) in table {
            let files: Vec<_> = files.iter().map(|file| dir.path().join(file)).collect();
            assert_eq!(expand(&dir.path().join(pattern), 100), files, "{pattern}");
        }
        assert_eq!(expand(&dir.path().join("*/*"), 2).len(), 2);
    }

    proptest! {
        #[test]
        fn every_name_fits_itself_escaped(name in "[^/]{1,12}", other in "[^/]{0,12}") {
            let escaped: String = name.chars().flat_map(|c| if c.is_ascii() { vec!['\\', c] } else { vec![c] }).collect();
            prop_assert!(matches(escaped.as_bytes(), name.as_bytes()));
            prop_assert_eq!(matches(escaped.as_bytes(), other.as_bytes()), name == other);
            let ends = format!("{escaped}*");
            prop_assert_eq!(matches(ends.as_bytes(), other.as_bytes()), other.starts_with(&name));
        }

        #[test]
        fn takes_anything(pattern: Vec<u8>, name: Vec<u8>) {
            let _ = matches(&pattern, &name);
            let _ = braces(&pattern);
        }
    }
}
