# A service ends well by itself, another one fails; then journald drops lines of the service manager's.
# Out: one incident. unit-failure, exit-code, unit app.service, outcome unknown: whether it was restarted may be among what is
# missing. No silent-exit of sync.service.
machine web-1
00:00.000 systemd basic.target started
00:00.010 systemd sync.service/1 started
00:00.020 systemd app.service/1 started
00:10.000 systemd sync.service/1 succeeded
00:20.000 systemd app.service/1 exited exited 1
00:20.010 systemd app.service/1 failed exit-code
00:30.000 journald suppressed init.scope 90
04:00.000 unit    cron.service/1 pid=40 | tick
