# A worker is killed at the unit's limit, OOMPolicy=continue; the main process sees that and ends with status 0. Nobody
# asked for that end, and nothing starts the unit again.
# Out: one oom-kill, down; the silent end is its consequence
machine web-1
00:00.000 systemd timers.target started
00:00.100 systemd app.service/1 started
00:01.000 unit    app.service/1 pid=311 | worker 312 started
00:20.000 kernel  oomkill app.service/1 pid=312 limit=24M
00:20.005 systemd app.service/1 oom-kill
00:20.030 unit    app.service/1 pid=311 | lost the worker, leaving
00:20.040 systemd app.service/1 succeeded
05:00.000 systemd clock.service/1 started
