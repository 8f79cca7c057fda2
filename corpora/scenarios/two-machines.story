# Two machines in one stream: the same unit, the same pid, the same second. One is killed by its kernel, the other by
# somebody unknown.
# Out: two incidents with two machine ids. oom-kill, memcg-limit, down, on web-1; unit-failure, killed, down, on web-2.
# Both are unit twin.service with occurrences 1. Nothing of one stands in the other.
machine web-2
machine web-1
00:00.000 systemd twin.service/1 started
00:00.000 systemd twin.service/1 started machine=web-2
00:05.000 unit    twin.service/1 pid=311 | cache is 90 MiB
00:05.000 unit    twin.service/1 pid=311 machine=web-2 | cache is 12 MiB
00:10.000 kernel  oomkill twin.service/1 pid=311 limit=96M
00:10.100 systemd twin.service/1 exited killed 9
00:10.100 systemd twin.service/1 exited killed 9 machine=web-2
00:10.110 systemd twin.service/1 failed oom-kill
00:10.110 systemd twin.service/1 failed signal machine=web-2
03:00.000 unit    cron.service/1 pid=40 | tick
03:00.000 unit    cron.service/1 pid=40 machine=web-2 | tick
