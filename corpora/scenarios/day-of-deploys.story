# A day of deployments: restarts, stops and starts, reloads, a program that answers SIGTERM with 143, one that a second signal
# ends, a failed start that is no failure (a condition), a unit that is stopped while it starts, and masked left-overs.
# Out: nothing.
machine web-1
00:00.000 systemd basic.target started
00:00.100 systemd app.service/1 started
00:00.200 systemd worker@1.service/1 started
10:00.000 systemd app.service/1 reloaded
at 01:00:00
00:00.000 systemd app.service/1 stopping
00:00.100 systemd app.service/1 exited killed 15
00:00.110 systemd app.service/1 succeeded
00:00.120 systemd app.service/1 stopped restart
00:00.130 systemd app.service/1 consumed 12s peak=48M
00:00.200 systemd app.service/2 starting
00:00.300 systemd app.service/2 started
at 02:00:00
00:00.000 systemd worker@1.service/1 stopping
00:00.100 systemd worker@1.service/1 exited exited 143
00:00.110 systemd worker@1.service/1 failed exit-code
00:00.120 systemd worker@1.service/1 stopped restart
00:00.200 systemd worker@1.service/2 started
at 03:00:00
00:00.000 systemd migrate.service/1 starting
00:05.000 systemd migrate.service/1 succeeded
00:05.010 systemd migrate.service/1 finished
00:06.000 systemd app.service/2 stopping
00:06.100 systemd app.service/2 exited exited 0
00:06.110 systemd app.service/2 succeeded
00:06.120 systemd app.service/2 stopped stop
00:20.000 systemd app.service/3 starting
00:21.000 systemd app.service/3 exited killed 15
00:21.010 systemd app.service/3 failed signal
00:21.020 systemd app.service/3 stopped stop
00:30.000 systemd app.service/4 starting
00:30.100 systemd app.service/4 started
at 04:00:00
00:00.000 systemd check.service/1 failed exec-condition
00:10.000 systemd worker@1.service/2 stopping
00:10.100 systemd worker@1.service/2 exited killed 2
00:10.110 systemd worker@1.service/2 failed signal
00:10.120 systemd worker@1.service/2 stopped stop
00:10.200 systemd worker@1.service/3 started
10:00.000 unit    app.service/4 pid=40 | alive
