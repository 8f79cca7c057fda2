# SIGKILL by nobody that is known, and lines of the kernel are missing around it: it may have been the OOM killer.
# Out: one incident. unit-failure, killed, unit puzzle.service; the headline says that the records that could tell are missing.
machine web-1
00:00.000 systemd puzzle.service/1 started
00:09.900 journald missed 17
00:10.000 systemd puzzle.service/1 exited killed 9
00:10.010 systemd puzzle.service/1 failed signal
04:00.000 unit    cron.service/1 pid=40 | tick
