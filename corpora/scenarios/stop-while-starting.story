# A unit that is still activating is stopped by request: systemd writes no "Stopping" for it.
# Out: nothing.
machine web-1
00:00.000 systemd slow.service/1 starting
00:05.000 systemd slow.service/1 exited killed 15
00:05.001 systemd slow.service/1 failed signal
00:05.002 systemd slow.service/1 stopped stop
03:00.000 unit    cron.service/1 pid=40 | tick
