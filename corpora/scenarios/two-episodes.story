# The same unit fails twice, an hour apart: two stories.
# Out: two incidents with two ids. unit-failure, exit-code, outcome running, warning, occurrences 1 and restarts 1 each,
# unit hourly.service.
machine web-1
00:00.000 systemd hourly.service/1 started
00:10.000 systemd hourly.service/1 exited exited 1
00:10.010 systemd hourly.service/1 failed exit-code
00:10.200 systemd hourly.service/1 restart 1
00:10.210 systemd hourly.service/1 stopped restart
00:10.220 systemd hourly.service/2 started
at 01:00:00
00:10.000 systemd hourly.service/2 exited exited 1
00:10.010 systemd hourly.service/2 failed exit-code
00:10.200 systemd hourly.service/2 restart 2
00:10.210 systemd hourly.service/2 stopped restart
00:10.220 systemd hourly.service/3 started
59:00.000 unit    hourly.service/3 pid=340 | alive
