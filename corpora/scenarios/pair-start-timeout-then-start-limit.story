# A unit is not up in time, three times, and then systemd starts it no more.
# Out: one incident. unit-failure, start-timeout, occurrences 3, outcome start-limit-hit, unit lazy.service.
machine web-1
00:00.000 systemd lazy.service/1 starting
00:30.000 systemd lazy.service/1 timeout start
00:30.010 systemd lazy.service/1 exited killed 15
00:30.020 systemd lazy.service/1 failed timeout
00:30.030 systemd lazy.service/1 start-failed
00:30.200 systemd lazy.service/1 restart 1
00:30.300 systemd lazy.service/2 starting
01:00.000 systemd lazy.service/2 timeout start
01:00.010 systemd lazy.service/2 exited killed 15
01:00.020 systemd lazy.service/2 failed timeout
01:00.030 systemd lazy.service/2 start-failed
01:00.200 systemd lazy.service/2 restart 2
01:00.300 systemd lazy.service/3 starting
01:30.000 systemd lazy.service/3 timeout start
01:30.010 systemd lazy.service/3 exited killed 15
01:30.020 systemd lazy.service/3 failed timeout
01:30.030 systemd lazy.service/3 start-failed
01:30.200 systemd lazy.service/3 restart 3
01:30.300 systemd lazy.service start-limit
01:30.310 systemd lazy.service failed timeout
01:30.320 systemd lazy.service start-failed
05:00.000 unit    cron.service/1 pid=40 | tick
