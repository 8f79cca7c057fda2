# A service ends with status 0 by itself, nobody asked, and nothing starts it again.
# Out: one incident. unit-failure, silent-exit, outcome down, notice, occurrences 1, unit sync.service.
machine web-1
00:00.000 systemd basic.target started
00:00.000 systemd sync.service/1 started
00:05.000 unit    sync.service/1 pid=810 | nothing to do
00:05.010 systemd sync.service/1 succeeded
05:00.000 unit    cron.service/1 pid=40 | tick
