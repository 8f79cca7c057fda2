# A service that cannot start: three exits, then systemd gives up. Its last records reuse the last life, and its last
# result is the earlier one.
# Out: one incident. unit-failure, exit-code, outcome start-limit-hit, critical, occurrences 3, restarts 3 (scheduled),
# unit quick.service, systemd_result exit-code.
machine web-1
00:00.000 systemd quick.service/1 started
00:00.200 systemd quick.service/1 exited exited 3
00:00.210 systemd quick.service/1 failed exit-code
00:00.400 systemd quick.service/1 restart 1
00:00.410 systemd quick.service/1 stopped restart
00:00.420 systemd quick.service/2 started
00:00.600 systemd quick.service/2 exited exited 3
00:00.610 systemd quick.service/2 failed exit-code
00:00.800 systemd quick.service/2 restart 2
00:00.810 systemd quick.service/2 stopped restart
00:00.820 systemd quick.service/3 started
00:01.000 systemd quick.service/3 exited exited 3
00:01.010 systemd quick.service/3 failed exit-code
00:01.200 systemd quick.service/3 restart 3
00:01.210 systemd quick.service/3 stopped restart
00:01.220 systemd quick.service/3 start-limit
00:01.230 systemd quick.service/3 failed exit-code
00:01.240 systemd quick.service/3 start-failed
03:00.000 unit    cron.service/1 pid=40 | tick
