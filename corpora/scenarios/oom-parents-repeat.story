# One kill in a user's unit; systemd repeats it for every unit above it, at once and three minutes later.
# Out: one incident. oom-kill, memcg-limit, occurrences 1, unit user@1000/editor.service. Nothing of user@1000.service and the
# slices.
machine web-1
00:00.000 systemd user@1000.service/1 started
00:00.100 systemd user@1000/editor.service/1 started
00:10.000 kernel  oomkill user@1000/editor.service/1 pid=900 limit=64M
00:10.050 systemd user@1000/editor.service/1 oom-kill
00:10.060 systemd user@1000.service/1 oom-kill
00:10.061 systemd user-1000.slice oom-kill
00:10.062 systemd user.slice oom-kill
00:10.100 systemd user@1000/editor.service/1 exited killed 9
00:10.110 systemd user@1000/editor.service/1 failed oom-kill
03:21.000 systemd user-1000.slice oom-kill
03:21.001 systemd user@1000.service/1 oom-kill
06:00.000 unit    cron.service/1 pid=40 | tick
