# systemd aborts a unit that missed its watchdog, and the abort leaves a core: the core is not the root.
# Out: one incident. unit-failure, watchdog, occurrences 1, outcome running, unit stuck.service, the core in its timeline.
machine web-1
00:00.000 systemd stuck.service/1 started
00:10.000 systemd stuck.service/1 watchdog 3s
00:10.001 systemd stuck.service/1 killing 389 stuck SIGABRT
00:10.100 systemd stuck.service/1 exited dumped 6
00:10.110 systemd stuck.service/1 failed watchdog
00:10.300 systemd stuck.service/1 restart 1
00:10.320 systemd stuck.service/2 started
00:11.000 unit    systemd-coredump@0-400-0.service/1 pid=401 uid=997 comm=systemd-coredum native MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1 COREDUMP_UNIT=stuck.service COREDUMP_PID=389 COREDUMP_COMM=stuck COREDUMP_SIGNAL_NAME=SIGABRT | Process 389 (stuck) of user 0 dumped core.
04:00.000 unit    stuck.service/2 pid=390 | alive
