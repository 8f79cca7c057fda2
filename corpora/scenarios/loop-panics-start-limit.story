# A program panics at every start, until systemd gives up.
# Out: one incident. go-panic, panic, outcome start-limit-hit, critical, occurrences 3, unit api.service.
machine web-1
00:00.000 systemd api.service/1 started
00:00.100 unit    api.service/1 pid=301 | panic: assignment to entry in nil map
| goroutine 1 [running]:
| main.main()
| \t/src/api/main.go:12 +0x1d
00:00.140 systemd api.service/1 exited exited 2
00:00.150 systemd api.service/1 failed exit-code
00:00.400 systemd api.service/1 restart 1
00:00.410 systemd api.service/2 started
00:00.500 unit    api.service/2 pid=302 | panic: assignment to entry in nil map
| goroutine 1 [running]:
| main.main()
| \t/src/api/main.go:12 +0x1d
00:00.540 systemd api.service/2 exited exited 2
00:00.550 systemd api.service/2 failed exit-code
00:00.800 systemd api.service/2 restart 2
00:00.810 systemd api.service/3 started
00:00.900 unit    api.service/3 pid=303 | panic: assignment to entry in nil map
| goroutine 1 [running]:
| main.main()
| \t/src/api/main.go:12 +0x1d
00:00.940 systemd api.service/3 exited exited 2
00:00.950 systemd api.service/3 failed exit-code
00:01.200 systemd api.service/3 restart 3
00:01.210 systemd api.service start-limit
00:01.220 systemd api.service failed exit-code
00:01.230 systemd api.service start-failed
04:00.000 unit    cron.service/1 pid=40 | tick
