# Nobody asked for a stop, and systemd itself sends SIGKILL: what was left over of the unit goes, and the main process with it.
# Out: one incident. unit-failure, killed, outcome down, unit target.service; the headline says that it was systemd.
machine web-1
00:00.000 systemd target.service/1 started
00:10.000 systemd target.service/1 killing 266 target SIGKILL
00:10.010 systemd target.service/1 exited killed 9
00:10.020 systemd target.service/1 failed signal
04:00.000 unit    cron.service/1 pid=40 | tick
