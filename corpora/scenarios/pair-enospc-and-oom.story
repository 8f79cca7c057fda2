# A unit is refused by a full disk, keeps all in memory, and is killed for that at its limit.
# Out: two incidents that name each other: disk-full, no-space, and oom-kill, memcg-limit, both of buffer.service.
machine web-1
00:00.000 systemd buffer.service/1 started
00:10.000 unit    buffer.service/1 pid=310 | write /var/spool/b/1: no space left on device
00:40.000 kernel  oomkill buffer.service/1 pid=310 limit=64M
00:40.050 systemd buffer.service/1 oom-kill
00:40.100 systemd buffer.service/1 exited killed 9
00:40.110 systemd buffer.service/1 failed oom-kill
04:00.000 unit    cron.service/1 pid=40 | tick
