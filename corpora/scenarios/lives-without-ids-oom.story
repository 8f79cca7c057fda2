# A manager that names no lives says that a child was killed for memory; ten minutes later the unit ends for another reason.
# Out: two incidents with two names: oom-kill without a cause, and unit-failure, exit-code, both of old.service.
machine web-1
00:00.000 systemd old.service started
00:10.000 systemd old.service oom-kill
10:00.000 systemd old.service exited exited 1
10:00.010 systemd old.service failed exit-code
15:00.000 unit    cron.service/1 pid=40 | tick
