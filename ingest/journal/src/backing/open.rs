//! Which backing a file gets.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, OFlags, fstat, fstatfs, openat, stat};

use super::{Backing, map::Map, pread::Pread};
use crate::OpenError;

/// The file systems that keep their files on this machine, by the type that statfs(2) gives (linux/magic.h and the
/// file systems' own sources).
///
/// A list of these and not of the others, since what is not known is most likely remote or a program (FUSE), and what is
/// read without need by system calls is only slower. On those a map would stand still, or fail, page by page.
const LOCAL: [u32; 20] = [
    0xef53,      // ext2, ext3, ext4
    0x5846_5342, // xfs
    0x9123_683e, // btrfs
    0x0102_1994, // tmpfs
    0x8584_58f6, // ramfs
    0x794c_7630, // overlayfs
    0xf2f5_2010, // f2fs
    0x2fc1_2fc1, // zfs
    0xca45_1a4e, // bcachefs
    0x7371_7368, // squashfs
    0xe0f5_e1e2, // erofs
    0x28cd_3d45, // cramfs
    0x9660,      // iso9660
    0x1501_3346, // udf
    0x4d44,      // vfat
    0x2011_bab0, // exfat
    0x3153_464a, // jfs
    0x3434,      // nilfs2
    0x5265_4973, // reiserfs
    0xf15f,      // ecryptfs
];

/// Opens a file: as a map where it lies on a local file system, else to be read piece by piece.
///
/// # Errors
/// The system does not give the file, or it is no regular one.
pub fn open(path: &Path) -> Result<Box<dyn Backing>, OpenError> {
    Ok(backing_of(open_file(path)?)?)
}

/// Opens a regular file for reading.
pub(crate) fn open_file(path: &Path) -> Result<File, OpenError> {
    // Asked first, since a device can act on being opened.
    if FileType::from_raw_mode(stat(path).map_err(io::Error::from)?.st_mode) != FileType::RegularFile {
        return Err(OpenError::NotAFile);
    }
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = File::from(openat(CWD, path, flags, Mode::empty()).map_err(io::Error::from)?);
    // Asked again, since the path can lead elsewhere by now.
    let stat = fstat(&file).map_err(io::Error::from)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(OpenError::NotAFile);
    }
    Ok(file)
}

/// The bytes of a regular file as it is now.
pub(crate) fn backing_of(file: File) -> io::Result<Box<dyn Backing>> {
    let stat = fstat(&file)?;
    let len = u64::try_from(stat.st_size).unwrap_or(0);
    if is_local(&file)
        && let Ok(map) = Map::new(&file, len)
    {
        return Ok(Box::new(map));
    }
    Ok(Box::new(Pread::new(file, len)))
}

// The type has another width, and a sign, on other machines.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)]
fn is_local(file: &File) -> bool {
    fstatfs(file).is_ok_and(|system| LOCAL.contains(&(system.f_type as u32)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::os::unix::net::UnixListener;

    use rustix::fs::mknodat;

    use super::*;

    #[test]
    fn gives_the_bytes_of_a_regular_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        for bytes in [&b""[..], b"LPKSHHRH", &[7; 10_000]] {
            fs::write(&path, bytes).unwrap();
            let backing = open(&path).unwrap();
            assert_eq!(backing.len(), bytes.len() as u64);
            assert_eq!(backing.run(0, bytes.len(), &mut Vec::new()), Some(bytes));
        }
    }

    #[test]
    fn refuses_everything_else_and_does_not_wait_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let [fifo, socket, link, gone] = ["fifo", "socket", "link", "gone"].map(|name| dir.path().join(name));
        mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR, 0).unwrap();
        let _listener = UnixListener::bind(&socket).unwrap();
        std::os::unix::fs::symlink(&fifo, &link).unwrap();
        for path in [dir.path(), &fifo, &socket, &link, Path::new("/dev/null")] {
            assert!(matches!(open(path), Err(OpenError::NotAFile)), "{}", path.display());
        }
        let missing = open(&gone).err().unwrap();
        assert!(matches!(missing, OpenError::Io(error) if error.kind() == io::ErrorKind::NotFound));
    }
}
