# The kernel kills a program in the middle of its panic.
# Out: one incident. oom-kill, memcg-limit, occurrences 1, unit greedy.service; the panic stands in its timeline.
machine web-1
00:00.000 systemd greedy.service/1 started
00:10.000 unit    greedy.service/1 pid=310 | panic: cannot grow
| goroutine 1 [running]:
| main.grow()
| \t/src/greedy/main.go:7 +0x1d
00:10.020 kernel  oomkill greedy.service/1 pid=310 limit=64M
00:10.050 systemd greedy.service/1 oom-kill
00:10.100 systemd greedy.service/1 exited killed 9
00:10.110 systemd greedy.service/1 failed oom-kill
04:00.000 unit    cron.service/1 pid=40 | tick
