# A worker is killed for memory every minute, and the unit lives: one story.
# Out: one incident. oom-kill, memcg-limit, occurrences 3, outcome running, notice, unit pool.service.
machine web-1
00:00.000 systemd pool.service/1 started
01:00.000 kernel  oomkill pool.service/1 pid=702 comm=worker limit=64M
02:00.000 kernel  oomkill pool.service/1 pid=703 comm=worker limit=64M
03:00.000 kernel  oomkill pool.service/1 pid=704 comm=worker limit=64M
08:00.000 unit    pool.service/1 pid=700 | 4 workers
