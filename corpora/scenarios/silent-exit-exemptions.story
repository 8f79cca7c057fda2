# Everything that may end by itself: a oneshot, a unit with a timer, with a socket, with a path, by D-Bus, a socket
# instance, a transient run-*, a scope, a unit that is restarted, one that was stopped, and one that ended cleanly before.
# Out: one incident only, of again.service for its first clean end: unit-failure, silent-exit, down, notice, occurrences
# 1. Its second clean end says nothing new; if the rule reads the whole log before it speaks, nothing at all comes out.
machine web-1
00:00.000 systemd basic.target started
00:00.000 systemd backup.timer started
00:00.010 systemd web.socket started
00:00.020 systemd inbox.path started
00:01.000 systemd setup.service/1 starting
00:01.500 systemd setup.service/1 succeeded
00:01.510 systemd setup.service/1 finished
00:02.000 systemd backup.service/1 started
00:03.000 systemd backup.service/1 succeeded
00:02.100 systemd web.service/1 started
00:03.100 systemd web.service/1 succeeded
00:02.200 systemd inbox.service/1 started
00:03.200 systemd inbox.service/1 succeeded
00:02.250 unit    dbus.service/1 pid=218 comm=dbus-daemon native | [system] Activating via systemd: service name='org.example.Store' unit='dbus-org.example.Store.service' requested by ':1.9' (uid=0 pid=300 comm="client")
00:02.300 systemd dbus-org.example.Store.service/1 started
00:03.300 systemd dbus-org.example.Store.service/1 succeeded
00:02.400 systemd sshd@7-10.0.0.1:22-10.0.0.9:5123.service/1 started
00:03.400 systemd sshd@7-10.0.0.1:22-10.0.0.9:5123.service/1 succeeded
00:02.500 systemd run-r8a7.service/1 started
00:03.500 systemd run-r8a7.service/1 succeeded
00:02.600 systemd session-3.scope/1 started
00:03.600 systemd session-3.scope/1 succeeded
00:02.700 systemd looped.service/1 started
00:03.700 systemd looped.service/1 succeeded
00:04.000 systemd looped.service/1 restart 1
00:04.010 systemd looped.service/1 stopped restart
00:04.020 systemd looped.service/2 started
00:02.800 systemd asked.service/1 started
00:03.800 systemd asked.service/1 stopping
00:03.900 systemd asked.service/1 succeeded
00:03.910 systemd asked.service/1 stopped stop
00:10.000 systemd again.service/1 started
00:11.000 systemd again.service/1 succeeded
04:00.000 systemd again.service/2 started
04:01.000 systemd again.service/2 succeeded
09:00.000 unit    cron.service/1 pid=40 | tick
