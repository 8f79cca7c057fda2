# A day of a desktop and of a server with timers, ssh sockets and snaps: everything that comes and goes by itself.
# Out: nothing.
machine desk-1
00:00.000 systemd basic.target started
00:00.010 systemd sshd.socket started
00:00.020 systemd apt-daily.timer started
00:00.030 systemd snapd.socket started
00:00.040 systemd cups.path started
00:01.000 systemd user@1000.service/1 started
00:01.100 unit    dbus.service/1 pid=218 comm=dbus-daemon native | [system] Activating via systemd: service name='org.freedesktop.hostname1' unit='dbus-org.freedesktop.hostname1.service' requested by ':1.9' (uid=0 pid=300 comm="gnome-shell")
00:01.150 systemd dbus-org.freedesktop.hostname1.service/1 started
00:01.200 systemd systemd-hostnamed.service/1 started
00:31.200 systemd systemd-hostnamed.service/1 succeeded
00:32.000 systemd dbus-org.freedesktop.hostname1.service/1 succeeded
00:33.000 unit    dbus.service/1 pid=218 comm=dbus-daemon native | [system] Activating via systemd: service name='org.freedesktop.fwupd' unit='fwupd.service' requested by ':1.9' (uid=0 pid=300 comm="gnome-software")
00:34.000 systemd fwupd.service/1 started
00:50.000 systemd user@1000/app-gnome-terminal-4711.scope/1 started
00:55.000 systemd user@1000/gvfs-metadata.service/1 started
01:25.000 systemd user@1000/gvfs-metadata.service/1 succeeded
02:00.000 systemd sshd@0-10.0.0.1:22-10.0.0.9:5123.service/1 started
02:30.000 systemd sshd@0-10.0.0.1:22-10.0.0.9:5123.service/1 succeeded
02:40.000 systemd session-4.scope/1 started
02:50.000 systemd session-4.scope/1 succeeded
03:00.000 systemd apt-daily.service/1 starting
03:05.000 systemd apt-daily.service/1 succeeded
03:05.010 systemd apt-daily.service/1 finished
04:00.000 systemd snap-core22-1380.mount/1 started
04:10.000 systemd snap.lxd.activate.service/1 starting
04:11.000 systemd snap.lxd.activate.service/1 succeeded
04:11.010 systemd snap.lxd.activate.service/1 finished
04:20.000 systemd snapd.service/1 started
10:20.000 systemd snapd.service/1 succeeded
10:30.000 systemd snap-core22-1122.mount/1 succeeded
12:00.000 systemd cups.service/1 started
20:00.000 systemd cups.service/1 succeeded
25:00.000 systemd user@1000/app-gnome-terminal-4711.scope/1 succeeded
30:34.000 systemd fwupd.service/1 succeeded
31:00.000 systemd run-u77.service/1 started
31:10.000 systemd run-u77.service/1 succeeded
50:00.000 unit    cron.service/1 pid=40 | tick
