# A worker is killed, the main process lives, and half a minute later the machine goes down: the kill was no part of that.
# Out: one incident. oom-kill, memcg-limit, occurrences 1, not critical, unit pool.service, victim comm worker.
machine web-1
00:00.000 systemd pool.service/1 started
00:01.000 unit    pool.service/1 pid=700 | pool of 4 workers
10:00.000 kernel  oomkill pool.service/1 pid=702 comm=worker limit=64M
10:00.100 unit    pool.service/1 pid=700 | worker 702 died: signal: killed
10:30.000 systemd multi-user.target stopped stop
10:30.100 systemd pool.service/1 stopping
10:30.300 systemd pool.service/1 succeeded
10:30.310 systemd pool.service/1 stopped stop
10:31.000 systemd shutdown.target started
