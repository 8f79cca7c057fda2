# journald drops lines of a unit in the middle of its dump, and lines of the kernel.
# Out: one incident. go-panic, panic, outcome down, critical, occurrences 1, unit noisy.service, with a gap
# rate-limited of 240 lines. The kernel's gap of 17 lines lies in its time and may stand in it too.
machine web-1
00:00.000 systemd noisy.service/1 started
00:10.000 unit    noisy.service/1 pid=510 | panic: too many stories
| goroutine 1 [running]:
| main.tell(0x1)
| \t/src/noisy/main.go:12 +0x1d
00:10.020 journald suppressed noisy.service 240
00:10.030 journald missed 17
00:10.040 systemd noisy.service/1 exited exited 2
00:10.050 systemd noisy.service/1 failed exit-code
03:00.000 unit    cron.service/1 pid=40 | tick
