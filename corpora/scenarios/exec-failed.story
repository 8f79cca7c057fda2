# The program is not there: the forked child says so, PID 1 says status 203. And one whose directory is missing, on a
# systemd that told of no spawn failure: status 200, and no line of the life's own.
# Out: two incidents. unit-failure, exec-failed, outcome down, critical, occurrences 1: nobin.service with
# /usr/local/bin/missing in its headline or timeline, badcwd.service with exit status 200.
machine web-1
00:00.000 systemd nobin.service/1 started
00:00.010 systemd nobin.service/1 spawn-failed EXEC /usr/local/bin/missing 2 pid=287
00:00.020 systemd nobin.service/1 exited exited 203
00:00.030 systemd nobin.service/1 failed exit-code
00:05.000 systemd badcwd.service/1 started
00:05.020 systemd badcwd.service/1 exited exited 200
00:05.030 systemd badcwd.service/1 failed exit-code
03:00.000 unit    cron.service/1 pid=40 | tick
