# A unit fails, the machine reboots within the episode, and the unit fails again. A key begins with machine and boot.
# Out: two incidents. unit-failure, exit-code, occurrences 1, unit flaky.service: the first with outcome unknown (its
# boot ends before the word) or down where the failure counts as the last word; the second running, restarts 1. Two
# boot ids, two ids.
machine web-1
00:00.000 systemd flaky.service/1 started
00:10.000 systemd flaky.service/1 exited exited 1
00:10.010 systemd flaky.service/1 failed exit-code
machine web-1 boot 2 since=01:00.000
01:05.000 kernel  | Linux version 6.1.0-28-amd64
01:10.000 systemd flaky.service/1 started
01:20.000 systemd flaky.service/1 exited exited 1
01:20.010 systemd flaky.service/1 failed exit-code
01:20.200 systemd flaky.service/1 restart 1
01:20.210 systemd flaky.service/1 stopped restart
01:20.220 systemd flaky.service/2 started
05:00.000 unit    flaky.service/2 pid=340 | alive
