# systemd-oomd kills a program of a user's session, and that user's journal is not read: where the unit stands nobody knows.
# Out: one incident. oom-kill, oomd, outcome unknown, unit user@1000/browser.scope.
machine web-1
00:00.000 systemd other.service/1 started
00:30.000 unit    systemd-oomd.service/1 pid=209 native comm=systemd-oomd | Killed /user.slice/user-1000.slice/user@1000.service/app.slice/browser.scope due to memory pressure for /user.slice/user-1000.slice/user@1000.service being 66.21% > 50.00% for > 20s with reclaim activity
04:00.000 unit    other.service/1 pid=88 | tick
