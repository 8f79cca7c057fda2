# A worker is killed, the main process lives, and the unit later ends well because it is stopped by request.
# Out: one incident. oom-kill, memcg-limit, occurrences 2 (one a kill, for the life goes on), outcome stopped (the
# requested stop comes within the episode), severity notice or warning as nothing was down: not critical. No down_us.
# unit pool.service, victim comm worker.
machine web-1
00:00.000 systemd pool.service/1 started
00:01.000 unit    pool.service/1 pid=700 | pool of 4 workers
00:10.000 kernel  oomkill pool.service/1 pid=702 comm=worker limit=64M
00:10.100 unit    pool.service/1 pid=700 | worker 702 died: signal: killed
00:20.000 kernel  oomkill pool.service/1 pid=705 comm=worker limit=64M
00:20.100 unit    pool.service/1 pid=700 | worker 705 died: signal: killed
00:40.000 systemd pool.service/1 stopping
00:40.100 systemd pool.service/1 succeeded
00:40.110 systemd pool.service/1 stopped stop
