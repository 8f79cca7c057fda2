# A stop is asked for, SIGTERM is ignored, systemd kills. That SIGKILL is no OOM kill and nobody's riddle.
# Out: one incident. unit-failure, stop-timeout, outcome stopped, occurrences 1, unit stubborn.service,
# systemd_result timeout.
machine web-1
00:00.000 systemd stubborn.service/1 started
00:10.000 systemd stubborn.service/1 stopping
00:12.000 systemd stubborn.service/1 timeout stop-sigterm
00:12.001 systemd stubborn.service/1 killing 440 stubborn SIGKILL
00:12.020 systemd stubborn.service/1 exited killed 9
00:12.030 systemd stubborn.service/1 failed timeout
00:12.040 systemd stubborn.service/1 stopped stop
03:00.000 unit    cron.service/1 pid=40 | tick
