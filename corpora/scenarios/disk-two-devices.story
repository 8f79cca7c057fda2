# Two devices went read-only before a service was refused: which of them it was nobody can say.
# Out: one incident. disk-full, read-only, unit store.service, and no kernel line in it.
machine web-1
00:00.000 systemd store.service/1 started
00:15.000 kernel | EXT4-fs (loop0): Remounting filesystem read-only
00:15.020 kernel | BTRFS info (device sdb1): forced readonly
00:20.000 unit    store.service/1 pid=610 | open /srv/store/a.db: read-only file system
02:00.000 unit    other.service/1 pid=630 | alive
