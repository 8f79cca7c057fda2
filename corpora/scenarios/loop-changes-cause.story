# One crash loop, four roots: an exit, an OOM kill, a panic, and a missed watchdog. Then it runs.
# Out: one incident. unit-failure, exit-code (the first root), four causes of 1 each, occurrences 4, restarts 4, running.
machine web-1
00:00.000 systemd mixed.service/1 started
00:05.000 systemd mixed.service/1 exited exited 1
00:05.010 systemd mixed.service/1 failed exit-code
00:05.200 systemd mixed.service/1 restart 1
00:05.220 systemd mixed.service/2 started
00:15.000 kernel  oomkill mixed.service/2 pid=312 limit=96M
00:15.100 systemd mixed.service/2 oom-kill
00:15.200 systemd mixed.service/2 exited killed 9
00:15.210 systemd mixed.service/2 failed oom-kill
00:15.400 systemd mixed.service/2 restart 2
00:15.420 systemd mixed.service/3 started
00:25.000 unit    mixed.service/3 pid=313 | panic: no such user
| goroutine 1 [running]:
| main.main()
| \t/src/mixed/main.go:7 +0x1d
00:25.040 systemd mixed.service/3 exited exited 2
00:25.050 systemd mixed.service/3 failed exit-code
00:25.200 systemd mixed.service/3 restart 3
00:25.220 systemd mixed.service/4 started
00:35.000 systemd mixed.service/4 watchdog 3s
00:35.001 systemd mixed.service/4 killing 314 mixed SIGABRT
00:35.100 systemd mixed.service/4 exited dumped 6
00:35.110 systemd mixed.service/4 failed watchdog
00:35.300 systemd mixed.service/4 restart 4
00:35.320 systemd mixed.service/5 started
05:00.000 unit    mixed.service/5 pid=315 | alive
