# A full disk ends a service with status 1; restarted, it panics because of the same refusal.
# Out: one incident. disk-full, no-space, outcome running, occurrences 2, unit wal.service. No go-panic beside it.
machine web-1
00:00.000 systemd wal.service/1 started
00:10.000 unit    wal.service/1 pid=610 | write /var/lib/wal/1.log: no space left on device
00:10.300 systemd wal.service/1 exited exited 1
00:10.310 systemd wal.service/1 failed exit-code
00:10.500 systemd wal.service/1 restart 1
00:10.520 systemd wal.service/2 started
00:11.000 unit    wal.service/2 pid=620 | panic: replay: write /var/lib/wal/2.log: no space left on device
| goroutine 1 [running]:
| main.replay(0x1)
| \t/src/wal/replay.go:61 +0x1a8
00:11.040 systemd wal.service/2 exited exited 2
00:11.050 systemd wal.service/2 failed exit-code
00:11.300 systemd wal.service/2 restart 2
00:11.320 systemd wal.service/3 started
05:00.000 unit    wal.service/3 pid=630 | replayed
