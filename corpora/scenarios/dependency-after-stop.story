# A service is stopped and started again, and what it needs fails in between: that start is no part of the life that was stopped.
# Out: two incidents that name each other: unit-failure, mount-failed of srv-data.mount; and unit-failure, dependency of
# files.service, outcome down.
machine web-1
00:00.000 systemd files.service/1 started
00:10.000 systemd files.service/1 stopping
00:10.100 systemd files.service/1 succeeded
00:10.110 systemd files.service/1 stopped stop
00:11.000 systemd srv-data.mount/2 exited exited 32
00:11.010 systemd srv-data.mount/2 failed exit-code
00:11.020 systemd srv-data.mount/2 start-failed
00:11.030 systemd files.service start-failed dependency
00:11.031 systemd files.service says | Job files.service/start failed with result 'dependency'.
04:00.000 unit    cron.service/1 pid=40 | tick
