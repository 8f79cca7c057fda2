# A service fails and stays down. Ten seconds later somebody starts it: it runs.
# Out: one incident. unit-failure, exit-code, outcome running, warning, occurrences 1, restarts 0 (nothing restarted it
# by itself), unit api.service, down_us about 10 s, process.exit exited 3.
machine web-1
00:00.000 systemd api.service/1 started
00:05.000 unit    api.service/1 pid=310 | error: no route to upstream
00:05.010 systemd api.service/1 exited exited 3
00:05.020 systemd api.service/1 failed exit-code
00:15.000 systemd api.service/2 started
02:00.000 unit    api.service/2 pid=320 | alive
