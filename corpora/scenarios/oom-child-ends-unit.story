# A child is killed and systemd ends the whole unit for it (OOMPolicy=stop): the main process ends with SIGTERM, status
# 143, or even 0. Whatever the status, that end belongs to the kill.
# Out: one incident. oom-kill, memcg-limit, outcome down, critical, occurrences 1, unit batch.service,
# systemd_result oom-kill. No unit-failure beside it.
machine web-1
00:00.000 systemd batch.service/1 started
00:10.000 kernel  oomkill batch.service/1 pid=812 comm=sort limit=128M
00:10.050 systemd batch.service/1 oom-kill
00:10.900 systemd batch.service/1 exited exited 143
00:10.910 systemd batch.service/1 failed oom-kill
02:00.000 unit    cron.service/1 pid=40 | tick
