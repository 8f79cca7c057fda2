# The log begins in the middle: one unit's exit is the first thing that is known of it, another one is told to be restarted
# for a failure that nobody has seen, a third is up after something.
# Out: one incident. unit-failure, exit-code, occurrences 1, restarts 1, outcome running, unit app.service.
machine web-1
00:00.000 systemd app.service/7 exited exited 1
00:00.010 systemd app.service/7 failed exit-code
00:00.200 systemd app.service/7 restart 4
00:00.220 systemd app.service/8 started
00:00.300 systemd other.service/3 restart 2
00:00.320 systemd other.service/4 started
00:00.400 systemd third.service/2 started
04:00.000 unit    app.service/8 pid=40 | tick
