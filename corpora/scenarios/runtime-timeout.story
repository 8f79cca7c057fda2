# RuntimeMaxSec is over.
# Out: one incident. unit-failure, runtime-timeout, outcome down, critical, unit capped.service.
machine web-1
00:00.000 systemd capped.service/1 started
01:00.000 systemd capped.service/1 timeout runtime
01:00.010 systemd capped.service/1 exited killed 15
01:00.020 systemd capped.service/1 failed timeout
04:00.000 unit    cron.service/1 pid=40 | tick
