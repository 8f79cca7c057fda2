# A service ends with status 0 and is restarted, four times in a minute.
# Out: one incident. unit-failure, restart-loop, occurrences 4, restarts 4, outcome running, unit ping.service.
machine web-1
00:00.000 systemd ping.service/1 started
00:05.000 systemd ping.service/1 succeeded
00:10.000 systemd ping.service/1 restart 1
00:10.010 systemd ping.service/1 stopped restart
00:10.020 systemd ping.service/2 started
00:15.000 systemd ping.service/2 succeeded
00:20.000 systemd ping.service/2 restart 2
00:20.010 systemd ping.service/2 stopped restart
00:20.020 systemd ping.service/3 started
00:25.000 systemd ping.service/3 succeeded
00:30.000 systemd ping.service/3 restart 3
00:30.010 systemd ping.service/3 stopped restart
00:30.020 systemd ping.service/4 started
00:35.000 systemd ping.service/4 succeeded
00:40.000 systemd ping.service/4 restart 4
00:40.010 systemd ping.service/4 stopped restart
00:40.020 systemd ping.service/5 started
05:00.000 unit    ping.service/5 pid=350 | pong
