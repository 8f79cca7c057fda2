# A program crashes at every start.
# Out: one incident. unit-failure, core-dump, occurrences 2, outcome start-limit-hit, unit seg.service.
machine web-1
00:00.000 systemd seg.service/1 started
00:00.100 systemd seg.service/1 exited dumped 11
00:00.110 systemd seg.service/1 failed core-dump
00:00.300 systemd seg.service/1 restart 1
00:00.320 systemd seg.service/2 started
00:00.400 systemd seg.service/2 exited dumped 11
00:00.410 systemd seg.service/2 failed core-dump
00:00.600 systemd seg.service/2 restart 2
00:00.620 systemd seg.service start-limit
00:00.630 systemd seg.service failed core-dump
00:00.640 systemd seg.service start-failed
04:00.000 unit    cron.service/1 pid=40 | tick
