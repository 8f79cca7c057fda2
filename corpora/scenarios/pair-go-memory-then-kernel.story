# Go gets no memory in one life; in the next the kernel is faster. Nothing of the kernel's explains the first end.
# Out: one incident. go-panic, out-of-memory and oom-kill, memcg-limit, one of each, occurrences 2, unit fit.service.
machine web-1
00:00.000 systemd fit.service/1 started
00:10.000 unit    fit.service/1 pid=600 | fatal error: runtime: out of memory
| goroutine 1 [running]:
| main.grow(...)
| \t/src/fit/main.go:12
00:10.010 systemd fit.service/1 exited exited 2
00:10.020 systemd fit.service/1 failed exit-code
00:10.200 systemd fit.service/1 restart 1
00:10.220 systemd fit.service/2 started
00:20.000 kernel  oomkill fit.service/2 pid=601 limit=64M
00:20.050 systemd fit.service/2 oom-kill
00:20.100 systemd fit.service/2 exited killed 9
00:20.110 systemd fit.service/2 failed oom-kill
00:20.300 systemd fit.service/2 restart 2
00:20.320 systemd fit.service/3 started
04:00.000 unit    fit.service/3 pid=602 | fits
