# A manager that names no lives (before v235): each start begins one.
# Out: one incident. unit-failure, exit-code, outcome start-limit-hit, critical, occurrences 3, restarts 3,
# unit old.service, no invocations.
machine web-1
00:00.000 systemd old.service started
00:01.000 systemd old.service exited exited 1
00:01.010 systemd old.service failed exit-code
00:01.100 systemd old.service restart 1
00:01.110 systemd old.service started
00:02.000 systemd old.service exited exited 1
00:02.010 systemd old.service failed exit-code
00:02.100 systemd old.service restart 2
00:02.110 systemd old.service started
00:03.000 systemd old.service exited exited 1
00:03.010 systemd old.service failed exit-code
00:03.100 systemd old.service restart 3
00:03.110 systemd old.service start-limit
00:03.120 systemd old.service failed exit-code
00:03.130 systemd old.service start-failed
02:00.000 unit    cron.service/1 pid=40 | tick
