# The kernel's records are not in the log: systemd alone tells of a kill, the unit lives on, and so does the user's manager
# above a user's unit, which repeats the word.
# Out: two incidents. oom-kill without a cause, occurrences 1, outcome running, notice: pool.service, and
# user@1000/editor.service. Nothing about user@1000.service.
machine web-1
00:00.000 systemd pool.service/1 started
00:00.100 systemd user@1000.service/1 started
00:00.200 systemd user@1000/editor.service/1 started
00:10.000 systemd pool.service/1 oom-kill
00:20.000 systemd user@1000/editor.service/1 oom-kill
00:20.100 systemd user@1000.service/1 oom-kill
03:00.000 unit    cron.service/1 pid=40 | tick
