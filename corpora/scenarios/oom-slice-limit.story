# The limit is the slice's, the victim is one of two services in it. PID 1 reads the slice's own counter a minute later
# and says so of the slice: that opens nothing.
# Out: one incident. oom-kill, slice-limit, outcome running, warning, occurrences 1, unit report.service,
# oom_memcg /tenant.slice. tenant.slice may stand among the units and in the timeline, and is no incident of its own.
# mailer.service does not appear.
machine web-1
00:00.000 systemd report.service/1 started
00:00.100 systemd mailer.service/1 started
00:03.000 unit    mailer.service/1 pid=420 slice=/tenant.slice | ready
00:09.000 kernel  oomkill report.service/1 pid=411 slice=/tenant.slice limit=256M
00:09.200 systemd report.service/1 oom-kill
00:09.300 systemd report.service/1 exited killed 9
00:09.310 systemd report.service/1 failed oom-kill
00:09.500 systemd report.service/1 restart 1
00:09.510 systemd report.service/1 stopped restart
00:09.520 systemd report.service/2 started
01:15.000 systemd tenant.slice oom-kill
02:00.000 unit    report.service/2 pid=433 slice=/tenant.slice | ready
