# A notify service never says READY, is ended and tried again, and stays down.
# Out: one incident. unit-failure, start-timeout, outcome down, critical, occurrences 2, restarts 1, unit lazy.service.
# The log ends two minutes later without another start.
machine web-1
00:00.000 systemd lazy.service/1 starting
00:30.000 systemd lazy.service/1 timeout start
00:30.010 systemd lazy.service/1 exited killed 15
00:30.020 systemd lazy.service/1 failed timeout
00:30.030 systemd lazy.service/1 start-failed
00:30.200 systemd lazy.service/1 restart 1
00:30.210 systemd lazy.service/1 stopped restart
00:30.220 systemd lazy.service/2 starting
01:00.000 systemd lazy.service/2 timeout start
01:00.010 systemd lazy.service/2 exited killed 15
01:00.020 systemd lazy.service/2 failed timeout
01:00.030 systemd lazy.service/2 start-failed
03:00.000 unit    cron.service/1 pid=40 | tick
