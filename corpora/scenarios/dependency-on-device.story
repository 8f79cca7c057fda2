# A device does not appear in time, so its mount is not tried, and what needs that is not started.
# Out: two incidents. unit-failure, dependency of srv-data.mount and of files.service; both name dev-sdb1.device, which has no
# incident of its own.
machine web-1
00:00.000 systemd app.service/1 started
01:30.000 systemd dev-sdb1.device start-failed timeout
01:30.001 systemd srv-data.mount start-failed dependency
01:30.002 systemd files.service start-failed dependency
06:00.000 unit    cron.service/1 pid=40 | tick
