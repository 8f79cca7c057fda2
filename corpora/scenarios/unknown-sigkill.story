# SIGKILL out of nowhere, and an OOM kill of another unit in the same second.
# Out: two incidents. unit-failure, killed, down, critical, occurrences 1, unit puzzle.service; and oom-kill,
# memcg-limit, down, critical, occurrences 1, unit greedy.service. Neither has lines of the other.
machine web-1
00:00.000 systemd puzzle.service/1 started
00:00.100 systemd greedy.service/1 started
00:09.900 kernel  oomkill greedy.service/1 pid=911 limit=64M
00:10.000 systemd puzzle.service/1 exited killed 9
00:10.010 systemd puzzle.service/1 failed signal
00:10.100 systemd greedy.service/1 exited killed 9
00:10.110 systemd greedy.service/1 failed oom-kill
03:00.000 unit    cron.service/1 pid=40 | tick
