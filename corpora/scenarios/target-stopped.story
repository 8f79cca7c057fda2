# An operator stops a target, and with it all that is part of it. One of them fails on the way, and is told as a notice.
# Out: one incident. unit-failure, exit-code, outcome stopped, notice, unit b.service. None of a.service and c.service.
machine web-1
00:00.000 systemd app.target started
00:00.010 systemd a.service/1 started
00:00.020 systemd b.service/1 started
00:00.030 systemd c.service/1 started
10:00.000 systemd app.target stopped stop
10:00.010 systemd a.service/1 stopping
10:00.011 systemd b.service/1 stopping
10:00.012 systemd c.service/1 stopping
10:00.100 systemd a.service/1 exited killed 15
10:00.110 systemd a.service/1 succeeded
10:00.120 systemd a.service/1 stopped stop
10:00.200 systemd b.service/1 exited exited 1
10:00.210 systemd b.service/1 failed exit-code
10:00.220 systemd b.service/1 stopped stop
10:00.300 systemd c.service/1 exited exited 143
10:00.310 systemd c.service/1 failed exit-code
10:00.320 systemd c.service/1 stopped stop
15:00.000 unit    cron.service/1 pid=40 | tick
