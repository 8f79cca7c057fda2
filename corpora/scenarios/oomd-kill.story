# systemd-oomd kills a unit under memory pressure: no kernel block at all.
# Out: one incident. oom-kill, oomd, outcome running, warning, occurrences 1, unit build.service.
machine web-1
00:00.000 systemd build.service/1 started
00:30.000 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | Killed /system.slice/build.service due to memory pressure for /system.slice being 74.23% > 50.00% for > 20s with reclaim activity
00:30.020 systemd build.service/1 oomd-kill 2
00:30.050 systemd build.service/1 exited killed 9
00:30.060 systemd build.service/1 failed oom-kill
00:31.000 systemd build.service/1 restart 1
00:31.010 systemd build.service/1 stopped restart
00:31.020 systemd build.service/2 started
02:00.000 unit    build.service/2 pid=88 | ready
