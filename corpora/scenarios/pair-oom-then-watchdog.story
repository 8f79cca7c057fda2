# A child is killed for memory; its parent hangs without it, and misses its watchdog a minute later.
# Out: one incident. oom-kill, memcg-limit, occurrences 1, outcome down, unit pool.service. After the OOM killer's visit any
# end of that life within two minutes belongs to it.
machine web-1
00:00.000 systemd pool.service/1 started
00:10.000 kernel  oomkill pool.service/1 pid=702 comm=worker limit=64M
00:10.050 systemd pool.service/1 oom-kill
01:10.000 systemd pool.service/1 watchdog 1min
01:10.001 systemd pool.service/1 killing 700 pool SIGABRT
01:10.100 systemd pool.service/1 exited killed 6
01:10.110 systemd pool.service/1 failed watchdog
04:00.000 unit    cron.service/1 pid=40 | tick
