# What systemd tells beside a failure: a reload that failed right before it, a core, a process left over; a control process by its
# command; a reload that timed out long before an end and does not explain it; the memory peak of a life that was killed.
# Out: four incidents. unit-failure, core-dump of core.service with all three; unit-failure, exit-code of pre.service by its ExecStartPre;
# unit-failure, exit-code of slow.service; oom-kill of hog.service with its memory peak.
machine web-1
00:00.000 systemd core.service/1 started
00:00.010 systemd slow.service/1 started
00:00.020 systemd hog.service/1 started
00:01.000 systemd slow.service/1 timeout reload
00:02.000 systemd core.service/1 reloaded
01:30.000 systemd core.service/1 reloaded failed
01:32.000 systemd core.service/1 exited dumped 11
01:32.010 systemd core.service/1 failed core-dump
01:32.020 systemd core.service/1 says | Unit process 393 (helper) remains running after unit stopped.
01:32.200 systemd core.service/1 restart 1
01:32.220 systemd core.service/2 started
01:33.000 unit    systemd-coredump@0-400-0.service/1 pid=401 uid=997 comm=systemd-coredum native MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1 COREDUMP_UNIT=core.service COREDUMP_PID=311 COREDUMP_COMM=core COREDUMP_SIGNAL_NAME=SIGSEGV | Process 311 (core) of user 0 dumped core.
02:00.000 systemd pre.service/1 starting
02:00.100 systemd pre.service/1 control-exited exited 3 command=ExecStartPre
02:00.110 systemd pre.service/1 failed exit-code
02:00.120 systemd pre.service/1 start-failed
20:00.000 systemd slow.service/1 exited exited 1
20:00.010 systemd slow.service/1 failed exit-code
20:00.020 systemd slow.service/1 consumed 1.5s peak=12M
21:00.000 kernel  oomkill hog.service/1 pid=500 limit=96M
21:00.100 systemd hog.service/1 exited killed 9
21:00.110 systemd hog.service/1 failed oom-kill
21:00.120 systemd hog.service/1 consumed 2.25s peak=96M
25:00.000 unit    core.service/2 pid=420 | alive
