# journald was busy for 26 minutes, and reads the kernel's kill from its ring when it is back: long after the end that it
# explains was told as a SIGKILL of unknown origin.
# Out: one incident. oom-kill, memcg-limit, occurrences 1, outcome down, unit img.service.
machine web-1
00:01.000 systemd img.service/1 started
00:02.000 kernel  | eth0: link becomes ready
00:30.000 kernel  oomkill img.service/1 pid=900 limit=32M stored=+1559
00:30.200 systemd img.service/1 exited killed 9
00:30.210 systemd img.service/1 failed signal
02:00.000 unit    cron.service/1 pid=40 | tick
20:00.000 unit    cron.service/1 pid=40 | tick
30:00.000 unit    cron.service/1 pid=40 | tick
