# systemd-oomd kills a program of a user's session; the user's manager tells of it.
# Out: one incident. oom-kill, oomd, occurrences 1, unit user@1000/editor.service, manager user@1000.
machine web-1
00:00.000 systemd user@1000/editor.service/1 started
00:10.000 unit    user@1000/editor.service/1 pid=700 | opened
00:30.000 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | Marked /user.slice/user-1000.slice/user@1000.service/app.slice/editor.service for killing due to memory pressure for /user.slice/user-1000.slice/user@1000.service being 66.21% > 50.00% for > 20s with reclaim activity
00:30.020 systemd user@1000/editor.service/1 oomd-kill 4
00:30.050 systemd user@1000/editor.service/1 exited killed 9
00:30.060 systemd user@1000/editor.service/1 failed oom-kill
02:00.000 unit    user@1000/other.service/1 pid=88 | tick
