# A mount fails; one service needs it, another one needs that one. A third, elsewhere, needs something that was not up.
# Out: four incidents. unit-failure, mount-failed of srv-data.mount, which names the two that waited; unit-failure, dependency
# of files.service and of index.service, which name the mount; and dependency of lone.service, which names none.
machine web-1
00:00.000 systemd srv-data.mount/1 says | Mounting /srv/data...
00:00.100 systemd srv-data.mount/1 exited exited 32
00:00.110 systemd srv-data.mount/1 failed exit-code
00:00.120 systemd srv-data.mount/1 start-failed
00:00.130 systemd files.service start-failed dependency
00:00.131 systemd index.service start-failed dependency
01:00.000 systemd lone.service start-failed dependency
04:00.000 unit    cron.service/1 pid=40 | tick
