# A slice's limit is reached, and the one that holds most of it is killed.
# Out: one incident. oom-kill, slice-limit, unit report.service; the headline says that it was the largest.
machine web-1
00:00.000 systemd report.service/1 started
00:09.000 kernel  oomkill report.service/1 pid=411 slice=/tenant.slice limit=256M rss=200M tasks=420:mailer:40M
00:09.200 systemd report.service/1 oom-kill
00:09.300 systemd report.service/1 exited killed 9
00:09.310 systemd report.service/1 failed oom-kill
04:00.000 unit    mailer.service/1 pid=420 slice=/tenant.slice | ready
