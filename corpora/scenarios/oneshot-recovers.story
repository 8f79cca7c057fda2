# A oneshot of a timer fails, and its next run ends well.
# Out: one incident, closed by that run. unit-failure, exit-code, outcome running, warning, occurrences 1,
# unit backup.service, process.exit exited 4.
machine web-1
00:00.000 systemd backup.timer started
00:01.000 systemd backup.service/1 starting
00:02.000 unit    backup.service/1 pid=410 | remote is busy
00:02.010 systemd backup.service/1 exited exited 4
00:02.020 systemd backup.service/1 failed exit-code
00:02.030 systemd backup.service/1 start-failed
05:01.000 systemd backup.service/2 starting
05:02.000 systemd backup.service/2 succeeded
05:02.010 systemd backup.service/2 finished
09:00.000 unit    cron.service/1 pid=40 | tick
