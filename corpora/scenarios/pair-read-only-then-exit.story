# A file system is read-only, and the service that writes to it gives up.
# Out: one incident. disk-full, read-only, outcome down, critical, unit conf.service, process.exit exited 1.
machine web-1
00:00.000 systemd conf.service/1 started
00:10.000 unit    conf.service/1 pid=530 | open /etc/conf.d/x.conf: read-only file system
00:10.100 systemd conf.service/1 exited exited 1
00:10.110 systemd conf.service/1 failed exit-code
04:00.000 unit    cron.service/1 pid=40 | tick
