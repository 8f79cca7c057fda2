# A stop was asked for, and the program answers SIGTERM with status 1.
# Out: one incident. unit-failure, exit-code, outcome stopped, notice, occurrences 1, unit app.service.
machine web-1
00:00.000 systemd app.service/1 started
00:30.000 systemd app.service/1 stopping
00:30.100 unit    app.service/1 pid=300 | interrupted
00:30.200 systemd app.service/1 exited exited 1
00:30.210 systemd app.service/1 failed exit-code
00:30.220 systemd app.service/1 stopped stop
03:00.000 unit    cron.service/1 pid=40 | tick
