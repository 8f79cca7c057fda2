# A leak under its own limit: killed three times, restarted each time, then it runs.
# Out: one incident. kind oom-kill, cause memcg-limit, outcome running, severity warning, occurrences 3, restarts 3,
# unit myapp.service. Three invocations; limit_kb 98304; victims 311, 328, 340. The exits and results join by
# invocation, the kernel's lines by cgroup and pid. Context: the lines of life 1.
machine web-1

00:00.000 systemd myapp.service/1 started
00:01.200 unit    myapp.service/1 pid=311 | cache size now 64 MiB
00:01.900 unit    myapp.service/1 pid=311 | cache size now 88 MiB
00:02.000 kernel  oomkill myapp.service/1 pid=311 limit=96M
00:02.480 systemd myapp.service/1 oom-kill
00:02.500 systemd myapp.service/1 exited killed 9
00:02.510 systemd myapp.service/1 failed oom-kill
00:04.800 systemd myapp.service/1 restart 1
00:04.805 systemd myapp.service/1 stopped restart
00:04.820 systemd myapp.service/2 started
00:11.000 unit    myapp.service/2 pid=328 | cache size now 90 MiB
00:11.500 kernel  oomkill myapp.service/2 pid=328 limit=96M
00:11.600 systemd myapp.service/2 oom-kill
00:11.700 systemd myapp.service/2 exited killed 9
00:11.710 systemd myapp.service/2 failed oom-kill
00:14.000 systemd myapp.service/2 restart 2
00:14.010 systemd myapp.service/2 stopped restart
00:14.020 systemd myapp.service/3 started
00:20.000 kernel  oomkill myapp.service/3 pid=340 limit=96M
00:20.300 systemd myapp.service/3 oom-kill
00:20.400 systemd myapp.service/3 exited killed 9
00:20.410 systemd myapp.service/3 failed oom-kill
00:22.700 systemd myapp.service/3 restart 3
00:22.710 systemd myapp.service/3 stopped restart
00:22.720 systemd myapp.service/4 started
00:30.000 unit    myapp.service/4 pid=352 | cache size now 12 MiB
01:30.000 unit    myapp.service/4 pid=352 | cache size now 14 MiB
