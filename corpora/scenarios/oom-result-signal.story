# A kill that systemd did not recognise: on cgroup v1, or when it loses the race, the result is "signal" and no record
# says "killed by the OOM killer".
# Out: one incident. oom-kill, memcg-limit, outcome running, warning, occurrences 1, restarts 1, unit order-api.service.
# systemd_result is "signal", and it stays an oom-kill: the exit 9/KILL of pid 611 follows the kernel's kill.
machine web-1
00:00.000 systemd order-api.service/1 started
00:03.000 unit    order-api.service/1 pid=611 | loaded 40000 orders
00:05.000 kernel  oomkill order-api.service/1 pid=611 limit=48M
00:05.120 systemd order-api.service/1 exited killed 9
00:05.121 systemd order-api.service/1 failed signal
00:05.400 systemd order-api.service/1 restart 1
00:05.401 systemd order-api.service/1 stopped restart
00:05.420 systemd order-api.service/2 started
02:00.000 unit    order-api.service/2 pid=640 | loaded 100 orders
