# A mount fails, and what requires it never starts.
# Out: two incidents. unit-failure, mount-failed, outcome down, critical, unit srv-data.mount; and unit-failure,
# dependency, outcome down, critical, unit files.service, which has no invocation. They may name each other in links.
machine web-1
00:00.000 systemd srv-data.mount/1 says | Mounting /srv/data...
00:00.100 systemd srv-data.mount/1 exited exited 32
00:00.110 systemd srv-data.mount/1 failed exit-code
00:00.120 systemd srv-data.mount/1 start-failed
00:00.130 systemd files.service start-failed dependency
00:00.131 systemd files.service says | Job files.service/start failed with result 'dependency'.
03:00.000 unit    cron.service/1 pid=40 | tick
