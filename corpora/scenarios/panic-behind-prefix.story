# A program's standard error goes through a logger that stamps every line. Beside it a shipper prints the same lines, as every shipper
# does, and lives.
# Out: one incident. go-panic, panic, unit piped.service. None of shipper.service.
machine web-1
00:00.000 systemd piped.service/1 started
00:00.010 systemd shipper.service/1 started
00:10.000 unit    piped.service/1 pid=311 | 2026-11-23T03:00:10.000001Z panic: boom
| 2026-11-23T03:00:10.000002Z goroutine 1 [running]:
| 2026-11-23T03:00:10.000002Z main.work(0x1)
| 2026-11-23T03:00:10.000002Z \t/src/app/main.go:59 +0x15ee
| 2026-11-23T03:00:10.000002Z main.main()
| 2026-11-23T03:00:10.000002Z \t/src/app/main.go:9 +0x1d
00:10.050 unit    shipper.service/1 pid=400 | web_1  | panic: boom
| web_1  | goroutine 1 [running]:
| web_1  | main.work(0x1)
| web_1  | \t/src/app/main.go:59 +0x15ee
| web_1  | main.main()
| web_1  | \t/src/app/main.go:9 +0x1d
00:10.100 systemd piped.service/1 exited exited 2
00:10.110 systemd piped.service/1 failed exit-code
05:00.000 unit    shipper.service/1 pid=400 | 17 lines shipped
