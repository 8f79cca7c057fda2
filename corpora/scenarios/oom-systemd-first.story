# systemd's records are stored before the kernel's block, which journald reads from the ring six seconds late.
# Out: one incident. oom-kill, memcg-limit, outcome down, critical, occurrences 1, unit img.service. The timeline has the
# kernel's lines first, for they happened first.
machine web-1
00:00.000 kernel  | eth0: link becomes ready
00:01.000 systemd img.service/1 started
00:30.000 kernel  oomkill img.service/1 pid=900 limit=32M stored=+6
00:30.100 systemd img.service/1 oom-kill
00:30.200 systemd img.service/1 exited killed 9
00:30.210 systemd img.service/1 failed oom-kill
02:00.000 unit    cron.service/1 pid=40 | tick
