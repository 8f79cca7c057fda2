# A restart is asked for, the program does not stop in time, and systemd kills it; then the new one runs.
# Out: one incident. unit-failure, stop-timeout, occurrences 1, outcome running, unit stubborn.service.
machine web-1
00:00.000 systemd stubborn.service/1 started
00:10.000 systemd stubborn.service/1 stopping
01:40.000 systemd stubborn.service/1 timeout stop-sigterm
01:40.001 systemd stubborn.service/1 killing 440 stubborn SIGKILL
01:40.020 systemd stubborn.service/1 exited killed 9
01:40.030 systemd stubborn.service/1 failed timeout
01:40.040 systemd stubborn.service/1 stopped restart
01:40.100 systemd stubborn.service/2 started
06:00.000 unit    stubborn.service/2 pid=441 | alive
