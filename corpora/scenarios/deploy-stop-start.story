# A deployment: stopped by request, started with a new program. Then again, with one `restart` job.
# Out: nothing.
machine web-1
00:00.000 systemd app.service/1 started
00:30.000 systemd app.service/1 stopping
00:30.100 unit    app.service/1 pid=300 | shutting down
00:30.200 systemd app.service/1 succeeded
00:30.210 systemd app.service/1 stopped stop
00:31.000 systemd app.service/2 started
01:30.000 systemd app.service/2 stopping
01:30.200 systemd app.service/2 succeeded
01:30.210 systemd app.service/2 stopped restart
01:30.250 systemd app.service/3 started
05:00.000 unit    app.service/3 pid=320 | alive
