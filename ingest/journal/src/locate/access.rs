//! Who may read what this process may not.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// A group whose members may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its number.
    pub gid: u32,
    /// Its name, where /etc/group has one.
    pub name: Option<String>,
}

/// As much of a group file as is read.
const MAX_GROUP_FILE: usize = 1 << 20;

/// As much of an access list as is read, in bytes.
const MAX_ACL: usize = 4096;

/// The groups whose members may read a path, or the nearest directory above it that can be seen; never root's.
pub(super) fn readers(path: &Path, names: &Path) -> Vec<Group> {
    let seen = path.ancestors().find_map(|path| Some((path, fs::metadata(path).ok()?)));
    let Some((path, metadata)) = seen else { return Vec::new() };
    let mut list = [0; MAX_ACL];
    let acl = rustix::fs::getxattr(path, "system.posix_acl_access", &mut list).ok();
    let mut gids = match acl.and_then(|len| list.get(..len)) {
        Some(list) => readers_listed(list, metadata.gid()),
        None if metadata.mode() & 0o040 != 0 => vec![metadata.gid()],
        None => Vec::new(),
    };
    gids.retain(|gid| *gid != 0);
    let named = fs::read(names).unwrap_or_default();
    let named = String::from_utf8_lossy(named.get(..MAX_GROUP_FILE).unwrap_or(&named));
    gids.into_iter().map(|gid| Group { gid, name: name_of(gid, &named) }).collect()
}

/// The groups that a POSIX access list lets read (linux/posix_acl_xattr.h): a version, then tag, permissions and id.
fn readers_listed(list: &[u8], owner: u32) -> Vec<u32> {
    const VERSION: u32 = 2;
    const GROUP_OBJ: u16 = 0x04;
    const GROUP: u16 = 0x08;
    const MASK: u16 = 0x10;
    let Some((&version, entries)) = list.split_first_chunk() else { return Vec::new() };
    if u32::from_le_bytes(version) != VERSION {
        return Vec::new();
    }
    let (entries, _) = entries.as_chunks::<8>();
    let entries = entries.iter().map(|[t0, t1, p0, p1, id @ ..]| {
        (u16::from_le_bytes([*t0, *t1]), u16::from_le_bytes([*p0, *p1]), u32::from_le_bytes(*id))
    });
    let mask = entries.clone().find(|(tag, ..)| *tag == MASK).map_or(u16::MAX, |(_, may, _)| may);
    let readers = entries.filter(|(tag, may, _)| matches!(*tag, GROUP | GROUP_OBJ) && may & mask & 4 != 0);
    readers.map(|(tag, _, id)| if tag == GROUP_OBJ { owner } else { id }).collect()
}

fn name_of(gid: u32, groups: &str) -> Option<String> {
    let mut lines = groups.lines().map(|line| line.split(':'));
    lines.find_map(|mut parts| {
        let name = parts.next()?;
        (parts.nth(1)?.parse() == Ok(gid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const GROUPS: &str = "root:x:0:\nadm:x:4:syslog\nbroken\nsystemd-journal:x:101:\n";

    #[test]
    fn group_names() {
        assert_eq!(name_of(101, GROUPS).as_deref(), Some("systemd-journal"));
        assert_eq!(name_of(4, GROUPS).as_deref(), Some("adm"));
        assert_eq!(name_of(5, GROUPS), None);
    }

    #[test]
    fn access_lists() {
        let list = |entries: &[(u16, u16, u32)]| -> Vec<u8> {
            let entry = |(tag, may, id): &(u16, u16, u32)| {
                [&tag.to_le_bytes()[..], &may.to_le_bytes(), &id.to_le_bytes()].concat()
            };
            [&2u32.to_le_bytes()[..], &entries.iter().flat_map(entry).collect::<Vec<_>>()].concat()
        };
        let debian =
            [(1, 6, u32::MAX), (4, 5, u32::MAX), (8, 5, 4), (0x10, 5, u32::MAX), (0x20, 0, u32::MAX)];
        let masked = [(4, 5, u32::MAX), (8, 5, 4), (0x10, 1, u32::MAX)];
        let table = [
            (list(&debian), vec![101, 4]),
            (list(&masked), vec![]),
            (list(&[(8, 4, 7), (8, 3, 8), (2, 7, 9)]), vec![7]),
            (list(&debian)[..23].to_vec(), vec![101]),
            (vec![3, 0, 0, 0], vec![]),
            (vec![], vec![]),
        ];
        for (list, readers) in table {
            assert_eq!(readers_listed(&list, 101), readers, "{list:?}");
        }
    }

    #[test]
    fn a_file_and_one_that_cannot_be_seen() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (file, names) = (dir.path().join("system.journal"), dir.path().join("group"));
        fs::write(&file, "").unwrap();
        let gid = fs::metadata(&file).unwrap().gid();
        fs::write(&names, format!("people:x:{gid}:\n")).unwrap();
        let people = Group { gid, name: Some("people".to_owned()) };
        let readable = if gid == 0 { vec![] } else { vec![people] };
        for (path, mode, readers) in [(&file, 0o640, &readable), (&file, 0o600, &vec![])] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(super::readers(path, &names), *readers, "{mode:o}");
        }
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o750)).unwrap();
        assert_eq!(super::readers(&dir.path().join("a/b"), &names), readable);
    }
}
