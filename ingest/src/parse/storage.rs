//! The kernel's records about file systems and the devices below them (Linux, block/blk-core.c, fs/buffer.c, fs/ext4,
//! fs/jbd2, fs/xfs, fs/btrfs, drivers/md/dm-thin.c, 3.10 to 6.18).

use bstr::ByteSlice;

use super::clip;
use crate::event::storage::{StorageFact, StorageKind};

/// The longest name of a device that is kept, in bytes.
const MAX_DEVICE: usize = 64;

/// Reads a record of the kernel. A record's first bytes say who writes; the names of processes that may stand in it are
/// too short to say any of this.
pub fn of_kernel(text: &[u8]) -> Option<StorageFact> {
    let text = text.trim_ascii_end();
    // Most of what a kernel says begins with none of these letters.
    let (device, kind) = match text.first()? {
        b'E' => ext(text),
        b'A' => aborting(text),
        b'X' => xfs(text),
        b'B' => btrfs(text).or_else(|| buffer(text)),
        b'I' | b'b' | b'c' | b'e' | b'p' => block(text),
        b'd' => thin(text),
        _ => None,
    }?;
    let is_name = |byte: &u8| byte.is_ascii_graphic() && !b",()".contains(byte);
    (!device.is_empty() && device.iter().all(is_name))
        .then(|| StorageFact { device: clip(device, MAX_DEVICE), kind })
}

type Told<'a> = Option<(&'a [u8], StorageKind)>;

/// "critical space allocation error, dev loop0, sector 45058 op 0x1:(WRITE) …", up to 5.17 with the name of a function
/// before it.
fn block(text: &[u8]) -> Told<'_> {
    let heads = [&b"blk_update_request: "[..], b"print_req_error: ", b"end_request: "];
    let text = heads.iter().find_map(|head| text.strip_prefix(*head)).unwrap_or(text);
    let errors = [
        (&b"critical space allocation error, dev "[..], StorageKind::NoBacking),
        (b"I/O error, dev ", StorageKind::IoError),
        (b"critical medium error, dev ", StorageKind::IoError),
        (b"critical target error, dev ", StorageKind::IoError),
    ];
    let (rest, kind) = errors.iter().find_map(|(error, kind)| Some((text.strip_prefix(*error)?, *kind)))?;
    Some((rest.split_once_str(", sector ")?.0, kind))
}

/// "Buffer I/O error on dev dm-69, logical block 5, lost async page write", up to 4.x "on device".
fn buffer(text: &[u8]) -> Told<'_> {
    let rest = text.strip_prefix(b"Buffer I/O error on dev")?;
    let rest = rest.strip_prefix(b"ice ").or_else(|| rest.strip_prefix(b" "))?;
    Some((rest.split_once_str(", logical block ")?.0, StorageKind::IoError))
}

/// "Aborting journal on device loop0-8.": the journal's inode is behind the device.
fn aborting(text: &[u8]) -> Told<'_> {
    let name = text.strip_prefix(b"Aborting journal on device ")?.strip_suffix(b".")?;
    let device = match name.rsplit_once_str("-") {
        Some((device, inode)) if crate::decimal::<u64>(inode).is_some() => device,
        _ => name,
    };
    Some((device, StorageKind::JournalAborted))
}

/// ext2 to ext4: `EXT4-fs (loop0): …`, `EXT4-fs error (device loop0): …`.
fn ext(text: &[u8]) -> Told<'_> {
    let rest = text.strip_prefix(b"EXT")?;
    let rest = rest.get(1..)?.strip_prefix(b"-fs ")?;
    let (head, said) = rest.split_once_str("): ")?;
    let device = head.rsplit_once_str("(")?.1;
    let device = device.strip_prefix(b"device ").unwrap_or(device);
    let ends = |words: &str| said.ends_with_str(words);
    if said.eq_ignore_ascii_case(b"remounting filesystem read-only")
        || said.eq_ignore_ascii_case(b"error: remounting filesystem read-only")
    {
        return Some((device, StorageKind::ReadOnly));
    }
    if ends(": Detected aborted journal") {
        return Some((device, StorageKind::JournalAborted));
    }
    if said.starts_with(b"ext4_end_bio:") {
        let (_, error) = said.split_once_str(": I/O error ")?;
        return Some((device, lost(error, &[b"3", b"-28"])));
    }
    if said.starts_with(b"Delayed block allocation failed for inode ") {
        let (_, error) = said.rsplit_once_str(" with error ")?;
        return Some((device, lost(error, &[b"28", b"-28"])));
    }
    None
}

/// Whether data was lost for want of space, by the number that follows.
fn lost(error: &[u8], for_space: &[&[u8]]) -> StorageKind {
    let number = error.split_str(" ").next().unwrap_or_default();
    if for_space.contains(&number) { StorageKind::LostForSpace } else { StorageKind::Lost }
}

/// "XFS (dm-11): Log I/O Error Detected. Shutting down filesystem", from 5.14 "… Filesystem has been shut down due to
/// log error (0x2)."
fn xfs(text: &[u8]) -> Told<'_> {
    let (device, said) = text.strip_prefix(b"XFS (")?.split_once_str("): ")?;
    let is_down =
        said.contains_str("Shutting down filesystem") || said.contains_str("ilesystem has been shut down");
    is_down.then_some((device, StorageKind::Shutdown))
}

/// "BTRFS info (device sda1: state EA): forced readonly", "BTRFS: error (device sda1) in btrfs_x:2150: errno=-28 No
/// space left".
fn btrfs(text: &[u8]) -> Told<'_> {
    let (_, rest) = text.strip_prefix(b"BTRFS")?.split_once_str(" (device ")?;
    let (device, said) = rest.split_once_str(")")?;
    let device = device.split_once_str(" state ").map_or(device, |(device, _)| device);
    let device = device.strip_suffix(b":").unwrap_or(device);
    let kind = match () {
        () if said == b": forced readonly" => StorageKind::ReadOnly,
        () if said.starts_with(b" in ") && said.ends_with_str(": errno=-28 No space left") => {
            StorageKind::NoBacking
        }
        () => return None,
    };
    Some((device, kind))
}

/// "device-mapper: thin: 253:2: reached low water mark for data device: sending event."
fn thin(text: &[u8]) -> Told<'_> {
    let rest = text.strip_prefix(b"device-mapper: thin: ")?;
    let (device, said) = rest.split_once_str(": ")?;
    let kind = match () {
        () if said.starts_with(b"reached low water mark for ") => StorageKind::PoolLow,
        () if said.starts_with(b"switching pool to out-of-data-space ") => StorageKind::PoolFull,
        () if said.starts_with(b"switching pool to read-only mode") => StorageKind::ReadOnly,
        () => return None,
    };
    Some((device, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use StorageKind::{
        IoError, JournalAborted, Lost, LostForSpace, NoBacking, PoolFull, PoolLow, ReadOnly, Shutdown,
    };

    #[test]
    fn every_form() {
        for (text, device, kind) in [
            (
                "critical space allocation error, dev loop0, sector 45058 op 0x1:(WRITE) flags 0x4000 phys_seg 20 prio class 2",
                "loop0",
                NoBacking,
            ),
            ("blk_update_request: critical space allocation error, dev dm-3, sector 8", "dm-3", NoBacking),
            (
                "I/O error, dev sda, sector 8 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2",
                "sda",
                IoError,
            ),
            ("print_req_error: critical medium error, dev sdb, sector 8", "sdb", IoError),
            ("end_request: I/O error, dev sda, sector 8", "sda", IoError),
            ("Buffer I/O error on dev dm-69, logical block 5, lost async page write", "dm-69", IoError),
            ("Buffer I/O error on device sda1, logical block 5", "sda1", IoError),
            (
                "EXT4-fs warning (device loop0): ext4_end_bio:368: I/O error 3 writing to inode 12 starting block 23809)",
                "loop0",
                LostForSpace,
            ),
            (
                "EXT4-fs warning (device sda1): ext4_end_bio:323: I/O error -28 writing to inode 12 (offset 0 size 0 starting block 9)",
                "sda1",
                LostForSpace,
            ),
            (
                "EXT4-fs warning (device sda1): ext4_end_bio:323: I/O error 10 writing to inode 3 starting block 28",
                "sda1",
                Lost,
            ),
            (
                "EXT4-fs (loop0): Delayed block allocation failed for inode 12 at logical offset 0 with max blocks 2 with error 28",
                "loop0",
                LostForSpace,
            ),
            (
                "EXT4-fs (loop0): Delayed block allocation failed for inode 28 at logical offset 0 with max blocks 2 with error 30",
                "loop0",
                Lost,
            ),
            ("Aborting journal on device loop0-8.", "loop0", JournalAborted),
            ("Aborting journal on device dm-0-8.", "dm-0", JournalAborted),
            ("Aborting journal on device sda1.", "sda1", JournalAborted),
            ("EXT4-fs (loop0): Remounting filesystem read-only", "loop0", ReadOnly),
            ("EXT3-fs (sda1): error: remounting filesystem read-only", "sda1", ReadOnly),
            (
                "EXT4-fs error (device loop0): ext4_journal_check_start:87: comm touch: Detected aborted journal",
                "loop0",
                JournalAborted,
            ),
            ("XFS (dm-11): Log I/O Error Detected. Shutting down filesystem", "dm-11", Shutdown),
            (
                "XFS (dm-11): Log I/O Error (0x2) detected at xlog_ioend_work+0x5f (fs/xfs/xfs_log.c:1378).  Shutting down filesystem.",
                "dm-11",
                Shutdown,
            ),
            ("XFS (sda1): Filesystem has been shut down due to log error (0x2).", "sda1", Shutdown),
            ("BTRFS info (device sda1): forced readonly", "sda1", ReadOnly),
            ("BTRFS info (device sda1: state EA): forced readonly", "sda1", ReadOnly),
            ("BTRFS info (device sda1 state EA): forced readonly", "sda1", ReadOnly),
            (
                "BTRFS: error (device sda1) in btrfs_run_delayed_refs:2150: errno=-28 No space left",
                "sda1",
                NoBacking,
            ),
            (
                "device-mapper: thin: 253:2: reached low water mark for data device: sending event.",
                "253:2",
                PoolLow,
            ),
            (
                "device-mapper: thin: 253:2: switching pool to out-of-data-space (queue IO) mode",
                "253:2",
                PoolFull,
            ),
        ] {
            let told = of_kernel(text.as_bytes());
            assert_eq!(told, Some(StorageFact { device: device.into(), kind }), "{text}");
        }
    }

    #[test]
    fn others_are_nothing() {
        for text in [
            "",
            "EXT4-fs (sda1): mounted filesystem with ordered data mode. Quota mode: none.",
            "EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro",
            "EXT4-fs (sda1): INFO: recovery required on readonly filesystem",
            "EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0",
            "EXT4-fs warning (device sda1): ext4_dx_add_entry:2512: Directory (ino: 5) index full, reach max htree level :2",
            "XFS (sda1): Mounting V5 Filesystem",
            "XFS (sda1): Ending clean mount",
            "BTRFS info (device sda1): disk space caching is enabled",
            "BTRFS info (device sda1): turning on forced readonly",
            "device-mapper: thin: 253:2: switching pool to write mode",
            "device-mapper: ioctl: 4.47.0-ioctl (2022-07-28) initialised",
            "usb 1-1: Product: Aborting journal on device loop0-8.",
            "usb 1-1: Product: critical space allocation error, dev loop0, sector 8",
            "I/O error, dev , sector 8",
            "I/O error, dev sda sdb, sector 8",
            "I/O error while writing superblock",
            "Aborting journal on device",
            "JBD2: Spotted dirty metadata buffer (dev = sda1, blocknr = 5).",
            "loop: module loaded",
        ] {
            assert_eq!(of_kernel(text.as_bytes()), None, "{text}");
        }
    }
}
