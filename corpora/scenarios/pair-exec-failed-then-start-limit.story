# A program that is not there, and Restart=always: systemd tries until its start limit.
# Out: one incident. unit-failure, exec-failed, occurrences 2, outcome start-limit-hit, unit nobin.service.
machine web-1
00:00.000 systemd nobin.service/1 started
00:00.010 systemd nobin.service/1 spawn-failed EXEC /usr/local/bin/missing 2 pid=287
00:00.020 systemd nobin.service/1 exited exited 203
00:00.030 systemd nobin.service/1 failed exit-code
00:00.200 systemd nobin.service/1 restart 1
00:00.220 systemd nobin.service/2 started
00:00.230 systemd nobin.service/2 spawn-failed EXEC /usr/local/bin/missing 2 pid=288
00:00.240 systemd nobin.service/2 exited exited 203
00:00.250 systemd nobin.service/2 failed exit-code
00:00.400 systemd nobin.service/2 restart 2
00:00.420 systemd nobin.service start-limit
00:00.430 systemd nobin.service failed exit-code
00:00.440 systemd nobin.service start-failed
04:00.000 unit    cron.service/1 pid=40 | tick
