# The machine is shut down: everything is stopped by request, some of it dies of SIGTERM.
# Out: nothing. An end by SIGTERM that was asked for is a clean one.
machine web-1
00:00.000 systemd app.service/1 started
00:00.100 systemd worker.service/1 started
10:00.000 unit    systemd-logind.service/1 pid=221 native | The system will power off now!
10:00.010 unit    systemd-logind.service/1 pid=221 native | System is powering down.
10:00.100 systemd app.service/1 stopping
10:00.110 systemd worker.service/1 stopping
10:00.300 systemd app.service/1 succeeded
10:00.310 systemd app.service/1 stopped stop
10:00.400 systemd worker.service/1 succeeded
10:00.410 systemd worker.service/1 stopped stop
10:01.000 systemd shutdown.target started
