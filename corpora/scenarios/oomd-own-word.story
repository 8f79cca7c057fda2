# systemd-oomd of a time when PID 1 had no record of it kills a unit for swap, after its list of candidates. A try-out of
# another unit, and a unit that prints the same words, are nothing.
# Out: one incident. oom-kill, oomd, outcome running, occurrences 1, unit build.service; the timeline says why.
machine web-1
00:00.000 systemd build.service/1 started
00:01.000 systemd chat.service/1 started
00:02.000 systemd fake.service/1 started
00:20.000 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | oomd dry-run: Would have tried to kill /sys/fs/cgroup/system.slice/chat.service with recurse=true
00:20.001 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | Killed /system.slice/chat.service due to swap used (8589910016) / total (8589930496) being more than 90.00%
00:25.000 unit    fake.service/1 pid=300 native comm=systemd-oomd | Killed /system.slice/chat.service due to swap used (8589910016) / total (8589930496) being more than 90.00%
00:30.000 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | Considered 41 cgroups for killing, top candidates were:
|         Path: /system.slice/build.service
|                 Swap Usage: 2.5G
|         Path: /system.slice/chat.service
|                 Swap Usage: 100M
| Killed /system.slice/build.service due to memory used (22369452032) / total (24681861120) and swap used (8589910016) / total (8589930496) being more than 90.00%
00:30.050 systemd build.service/1 exited killed 9
00:30.060 systemd build.service/1 failed signal
00:31.000 systemd build.service/1 restart 1
00:31.010 systemd build.service/1 stopped restart
00:31.020 systemd build.service/2 started
02:00.000 unit    build.service/2 pid=88 | ready
