# The machine is out of memory. The largest process is protected by its score; a smaller one dies for it.
# Out: one incident. oom-kill, global, unit database.service; the headline says which process held more.
machine db-1
00:00.000 systemd database.service/1 started
00:20.000 kernel  oomkill database.service/1 pid=500 comm=postgres uid=111 global invoker=leaker rss=100M tasks=501:leaker:380M,1:systemd:8M
00:20.400 systemd database.service/1 oom-kill
00:20.500 systemd database.service/1 exited killed 9
00:20.520 systemd database.service/1 failed oom-kill
04:00.000 unit    leaker.service/1 pid=501 | still here
