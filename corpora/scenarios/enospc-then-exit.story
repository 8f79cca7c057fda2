# A service is refused, says so in its last lines, and ends with status 1. It is restarted, and refused again.
# Out: one incident. disk-full, no-space, outcome running, critical, occurrences 2, restarts 2, unit wal.service,
# directory /var/lib/wal, refused 4. No unit-failure beside it: ENOSPC explains the exits.
machine web-1
00:00.000 systemd wal.service/1 started
00:10.000 unit    wal.service/1 pid=610 | write /var/lib/wal/000001.log: no space left on device
00:10.100 unit    wal.service/1 pid=610 | write /var/lib/wal/000001.log: no space left on device
00:10.200 unit    wal.service/1 pid=610 | giving up
00:10.300 systemd wal.service/1 exited exited 1
00:10.310 systemd wal.service/1 failed exit-code
00:10.500 systemd wal.service/1 restart 1
00:10.510 systemd wal.service/1 stopped restart
00:10.520 systemd wal.service/2 started
00:20.000 unit    wal.service/2 pid=620 | write /var/lib/wal/000002.log: no space left on device
00:20.100 unit    wal.service/2 pid=620 | write /var/lib/wal/000002.log: no space left on device
00:20.200 unit    wal.service/2 pid=620 | giving up
00:20.300 systemd wal.service/2 exited exited 1
00:20.310 systemd wal.service/2 failed exit-code
00:20.500 systemd wal.service/2 restart 2
00:20.510 systemd wal.service/2 stopped restart
00:20.520 systemd wal.service/3 started
03:00.000 unit    wal.service/3 pid=630 | alive
