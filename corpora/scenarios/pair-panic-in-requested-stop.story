# A stop is asked for, and the program panics on its way out.
# Out: one incident. go-panic, panic, outcome stopped, notice, unit app.service.
machine web-1
00:00.000 systemd app.service/1 started
00:30.000 systemd app.service/1 stopping
00:30.100 unit    app.service/1 pid=300 | panic: close of closed channel
| goroutine 1 [running]:
| main.shutdown()
| \t/src/app/main.go:7 +0x1d
00:30.140 systemd app.service/1 exited exited 2
00:30.150 systemd app.service/1 failed exit-code
00:30.160 systemd app.service/1 stopped stop
04:00.000 unit    cron.service/1 pid=40 | tick
