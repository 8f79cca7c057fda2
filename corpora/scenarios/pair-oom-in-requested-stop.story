# A stop is asked for, and the unit needs more memory than it may have to end.
# Out: one incident. oom-kill, memcg-limit, outcome stopped, notice, unit app.service.
machine web-1
00:00.000 systemd app.service/1 started
00:30.000 systemd app.service/1 stopping
00:30.100 kernel  oomkill app.service/1 pid=300 limit=64M
00:30.150 systemd app.service/1 oom-kill
00:30.200 systemd app.service/1 exited killed 9
00:30.210 systemd app.service/1 failed oom-kill
00:30.220 systemd app.service/1 stopped stop
04:00.000 unit    cron.service/1 pid=40 | tick
