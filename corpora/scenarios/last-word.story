# Programs say why they end: in JSON at level fatal, in logfmt, with package log, and by klog's F. Another says fatal and lives on, and
# one says it and is stopped by request.
# Out: four incidents, unit-failure, exit-code, with the word in the headline: a.service, b.service, c.service and d.service. None of
# e.service and f.service.
machine web-1
00:00.000 systemd a.service/1 started
00:00.010 systemd b.service/1 started
00:00.020 systemd c.service/1 started
00:00.030 systemd d.service/1 started
00:00.040 systemd e.service/1 started
00:00.050 systemd f.service/1 started
00:10.000 unit    a.service/1 pid=311 | {"level":"info","message":"starting"}
00:10.100 unit    a.service/1 pid=311 | {"level":"fatal","error":"dial tcp 10.0.0.5:5432: connection refused","message":"cannot reach the database"}
00:10.110 unit    a.service/1 pid=311 | closing the pool
00:10.120 unit    a.service/1 pid=311 | flushing
00:10.130 unit    a.service/1 pid=311 | goodbye
00:10.140 unit    a.service/1 pid=311 | (really)
00:10.200 systemd a.service/1 exited exited 1
00:10.210 systemd a.service/1 failed exit-code
00:20.000 unit    b.service/1 pid=312 | time="2026-11-23T03:00:20Z" level=fatal msg="no licence" error="open /etc/b/licence: permission denied"
00:20.200 systemd b.service/1 exited exited 1
00:20.210 systemd b.service/1 failed exit-code
00:30.000 unit    c.service/1 pid=313 | 2026/11/23 03:00:30 main.go:12: listen tcp :80: bind: address already in use
00:30.200 systemd c.service/1 exited exited 1
00:30.210 systemd c.service/1 failed exit-code
00:40.000 unit    d.service/1 pid=314 | F1123 03:00:40.000001     314 main.go:88] unable to read the kubeconfig
00:40.010 unit    d.service/1 pid=314 | see the manual
00:40.200 systemd d.service/1 exited exited 255
00:40.210 systemd d.service/1 failed exit-code
00:50.000 unit    e.service/1 pid=315 | {"level":"fatal","message":"it only says so"}
00:51.000 unit    e.service/1 pid=315 | carrying on
00:52.000 unit    f.service/1 pid=316 | {"level":"critical","message":"asked to stop"}
00:52.000 systemd f.service/1 stopping
00:52.100 systemd f.service/1 exited exited 0
00:52.110 systemd f.service/1 succeeded
00:52.120 systemd f.service/1 stopped stop
05:00.000 unit    e.service/1 pid=315 | still here
