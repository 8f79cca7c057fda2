# `systemctl kill -s KILL`: systemd says who it was. A sender is not a request to stop.
# Out: one incident. unit-failure, killed, outcome down, critical, occurrences 1, unit target.service, systemd_result
# signal. No oom-kill. The timeline has the line about the client's request.
machine web-1
00:00.000 systemd target.service/1 started
00:10.000 systemd target.service/1 client-signal SIGKILL 266
00:10.010 systemd target.service/1 exited killed 9
00:10.020 systemd target.service/1 failed signal
03:00.000 unit    cron.service/1 pid=40 | tick
