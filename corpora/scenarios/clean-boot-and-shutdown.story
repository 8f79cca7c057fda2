# A whole life of a machine: it boots, works, and is shut down, which kills what does not stop in time.
# Out: nothing.
machine web-1
00:00.000 systemd local-fs.target started
00:00.010 systemd systemd-tmpfiles-setup.service/1 starting
00:00.100 systemd systemd-tmpfiles-setup.service/1 finished
00:00.200 systemd srv-data.mount/1 started
00:00.300 systemd sockets.target started
00:00.310 systemd dbus.socket started
00:00.320 systemd timers.target started
00:00.400 systemd basic.target started
00:01.000 systemd app.service/1 started
00:01.100 systemd deaf.service/1 started
00:01.200 systemd rude.service/1 started
00:02.000 systemd multi-user.target started
10:00.000 unit    systemd-logind.service/1 pid=221 native | The system will power off now!
10:00.100 systemd multi-user.target stopped stop
10:00.200 systemd app.service/1 stopping
10:00.201 systemd deaf.service/1 stopping
10:00.202 systemd rude.service/1 stopping
10:00.300 systemd app.service/1 exited killed 15
10:00.310 systemd app.service/1 succeeded
10:00.320 systemd app.service/1 stopped stop
10:00.400 systemd rude.service/1 exited exited 3
10:00.410 systemd rude.service/1 failed exit-code
10:00.420 systemd rude.service/1 stopped stop
11:30.000 systemd deaf.service/1 timeout stop-sigterm
11:30.001 systemd deaf.service/1 killing 440 deaf SIGKILL
11:30.020 systemd deaf.service/1 exited killed 9
11:30.030 systemd deaf.service/1 failed timeout
11:30.040 systemd deaf.service/1 stopped stop
11:30.100 systemd basic.target stopped stop
11:30.200 systemd srv-data.mount/1 succeeded
11:30.210 systemd srv-data.mount/1 stopped stop
11:31.000 systemd shutdown.target started
11:31.100 systemd poweroff.target started
