# The machine is out of memory. leaker.service asks for the last page, database.service is the largest and dies for it.
# Out: one incident. oom-kill, global, outcome down, critical, occurrences 1, unit database.service; the invoker is
# leaker, the victim postgres. leaker.service has no incident.
machine db-1
00:00.000 systemd leaker.service/1 started
00:00.100 systemd database.service/1 started
00:02.000 unit    database.service/1 pid=500 comm=postgres | ready to accept connections
00:20.000 kernel  oomkill database.service/1 pid=500 comm=postgres uid=111 global invoker=leaker rss=1G
00:20.400 systemd database.service/1 oom-kill
00:20.500 systemd database.service/1 exited killed 9
00:20.520 systemd database.service/1 failed oom-kill
02:00.000 unit    leaker.service/1 pid=501 | still here
