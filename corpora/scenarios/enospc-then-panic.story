# The panic's own value is the refused write.
# Out: one incident. disk-full, no-space, outcome down, critical, occurrences 1, unit store.service, path
# /data/store/seg-7. No go-panic beside it; its frames may stand in `go`.
machine web-1
00:00.000 systemd store.service/1 started
00:10.000 unit    store.service/1 pid=710 | panic: flush: write /data/store/seg-7: no space left on device
| goroutine 9 [running]:
| main.(*Segment).Flush(0xc0000b6000)
| \t/src/store/segment.go:61 +0x1a8
| created by main.main in goroutine 1
| \t/src/store/main.go:33 +0x9a
00:10.040 systemd store.service/1 exited exited 2
00:10.050 systemd store.service/1 failed exit-code
03:00.000 unit    cron.service/1 pid=40 | tick
