# A program that runs, speaks, and ends with status 203 itself.
# Out: one incident. unit-failure, exit-code (not exec-failed: the life has lines of its own), outcome down, critical,
# occurrences 1, unit odd.service.
machine web-1
00:00.000 systemd odd.service/1 started
00:01.000 unit    odd.service/1 pid=333 | stopping with 203 files left
00:01.010 systemd odd.service/1 exited exited 203
00:01.020 systemd odd.service/1 failed exit-code
03:00.000 unit    cron.service/1 pid=40 | tick
