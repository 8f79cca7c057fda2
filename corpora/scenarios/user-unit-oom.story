# A user's unit and a system unit have the same name. The kernel kills in the user's one.
# Out: one incident. oom-kill, memcg-limit, outcome running, warning, occurrences 1, unit user@1000/editor.service,
# manager user@1000. The system's editor.service has none.
machine desk-1
00:00.000 systemd editor.service/1 started
00:01.000 systemd user@1000/editor.service/1 started
00:20.000 kernel  oomkill user@1000/editor.service/1 pid=1300 uid=1000 limit=200M
00:20.100 systemd user@1000/editor.service/1 oom-kill
00:20.200 systemd user@1000/editor.service/1 exited killed 9
00:20.210 systemd user@1000/editor.service/1 failed oom-kill
00:20.500 systemd user@1000/editor.service/1 restart 1
00:20.510 systemd user@1000/editor.service/1 stopped restart
00:20.520 systemd user@1000/editor.service/2 started
03:00.000 unit    editor.service/1 pid=301 | alive
