# A child is killed for memory and the unit lives on; five minutes later it ends for another reason.
# Out: two incidents that name each other: oom-kill, memcg-limit of pool.service (outcome running, for that life went on),
# and unit-failure, exit-code of pool.service (down).
machine web-1
00:00.000 systemd pool.service/1 started
00:10.000 kernel  oomkill pool.service/1 pid=702 comm=worker limit=64M
05:10.000 unit    pool.service/1 pid=700 | upstream closed the connection
05:10.100 systemd pool.service/1 exited exited 4
05:10.110 systemd pool.service/1 failed exit-code
09:00.000 unit    cron.service/1 pid=40 | tick
