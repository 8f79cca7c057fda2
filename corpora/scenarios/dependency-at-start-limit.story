# A database hits its start limit, and what is started after that does not start for it.
# Out: two incidents that name each other: unit-failure, exit-code of db.service (start-limit-hit, occurrences 2), and
# unit-failure, dependency of web.service (down).
machine web-1
00:00.000 systemd db.service/1 started
00:00.200 systemd db.service/1 exited exited 3
00:00.210 systemd db.service/1 failed exit-code
00:00.400 systemd db.service/1 restart 1
00:00.420 systemd db.service/2 started
00:00.600 systemd db.service/2 exited exited 3
00:00.610 systemd db.service/2 failed exit-code
00:00.800 systemd db.service/2 restart 2
00:00.820 systemd db.service start-limit
00:00.830 systemd db.service failed exit-code
00:00.840 systemd db.service start-failed
00:00.850 systemd web.service start-failed dependency
04:00.000 unit    cron.service/1 pid=40 | tick
