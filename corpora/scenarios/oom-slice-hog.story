# A slice's limit is reached. The one that holds most of it has a low score and lives; another one of the slice dies.
# Out: one incident. oom-kill, slice-limit, unit report.service; the headline says who held more. None of mailer.service.
machine web-1
00:00.000 systemd report.service/1 started
00:00.100 systemd mailer.service/1 started
00:09.000 kernel  oomkill report.service/1 pid=411 slice=/tenant.slice limit=256M rss=40M adj=500 tasks=420:mailer:200M,421:helper:2M
00:09.200 systemd report.service/1 oom-kill
00:09.300 systemd report.service/1 exited killed 9
00:09.310 systemd report.service/1 failed oom-kill
04:00.000 unit    mailer.service/1 pid=420 slice=/tenant.slice | ready
