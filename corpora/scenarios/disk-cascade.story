# The file behind a loop device has no more space: the kernel loses data, gives up the journal, goes read-only, and the
# service on it is refused. Another device's trouble of the day before, and a service that reads, are not of it.
# Out: one incident. disk-full, read-only, unit store.service, occurrences 1; the kernel's chain stands in it, near.
machine web-1
00:00.000 systemd store.service/1 started
00:01.000 kernel | EXT4-fs (sdb1): mounted filesystem with ordered data mode. Quota mode: none.
00:10.000 kernel | critical space allocation error, dev loop0, sector 45058 op 0x1:(WRITE) flags 0x4000 phys_seg 20 prio class 2
| EXT4-fs warning (device loop0): ext4_end_bio:368: I/O error 3 writing to inode 12 starting block 23809)
| critical space allocation error, dev loop0, sector 45068 op 0x1:(WRITE) flags 0x4000 phys_seg 20 prio class 2
00:15.000 kernel | Aborting journal on device loop0-8.
00:15.010 kernel | EXT4-fs error (device loop0): ext4_journal_check_start:87: comm store: Detected aborted journal
00:15.020 kernel | EXT4-fs (loop0): Remounting filesystem read-only
00:20.000 unit    store.service/1 pid=610 | open /srv/store/a.db: read-only file system
00:20.100 unit    store.service/1 pid=610 | giving up
00:20.200 systemd store.service/1 exited exited 1
00:20.210 systemd store.service/1 failed exit-code
02:00.000 unit    other.service/1 pid=630 | alive
