# A crash loop whose last dump was written by a process that was gone before journald could look up its life: its lines
# name the unit only. The lives before it have dumps of their own.
# Out: one incident, a panic three times, and no other failure in it
machine web-1
00:00.000 systemd app.service/1 started
00:00.500 unit    app.service/1 pid=311 | panic: torn page
| goroutine 1 [running]:
| main.main()
| \t/src/main.go:7 +0x11
00:00.600 systemd app.service/1 exited exited 2
00:00.601 systemd app.service/1 failed exit-code
00:01.600 systemd app.service/1 restart 1
00:01.601 systemd app.service/2 started
00:02.500 unit    app.service/2 pid=312 | panic: torn page
| goroutine 1 [running]:
| main.main()
| \t/src/main.go:7 +0x11
00:02.600 systemd app.service/2 exited exited 2
00:02.601 systemd app.service/2 failed exit-code
00:05.600 systemd app.service/2 restart 2
00:05.601 systemd app.service/3 started
00:08.000 unit    app.service pid=313 | panic: torn page
| goroutine 1 [running]:
| main.main()
| \t/src/main.go:7 +0x11
00:08.100 systemd app.service/3 exited exited 2
00:08.101 systemd app.service/3 failed exit-code
00:12.100 systemd app.service/3 restart 3
00:12.101 systemd app.service/3 start-limit
00:12.102 systemd app.service/3 failed exit-code
00:12.103 systemd app.service/3 start-failed failed
03:00.000 systemd clock.service/1 started
