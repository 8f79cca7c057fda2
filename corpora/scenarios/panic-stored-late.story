# A panic whose lines are stored 13 s after the exit that it caused.
# Out: one incident. go-panic, panic, outcome running, warning, occurrences 1, restarts 1, unit billing.service;
# reason "assignment to entry in nil map", first user frame main.(*Ledger).Add in ledger.go:88. In the timeline the
# panic stands before the exit.
machine web-1
00:00.000 systemd billing.service/1 started
00:01.000 unit    billing.service/1 pid=520 | 2026/11/23 03:00:01 listening on :8080
00:05.000 unit    billing.service/1 pid=520 stored=+13 | panic: assignment to entry in nil map
| goroutine 18 [running]:
| main.(*Ledger).Add(...)
| \t/src/billing/ledger.go:88
| main.handle({0x7d1b20, 0xc0000a2000})
| \t/src/billing/main.go:41 +0x1c5
| created by main.main in goroutine 1
| \t/src/billing/main.go:20 +0x9a
00:05.040 systemd billing.service/1 exited exited 2
00:05.041 systemd billing.service/1 failed exit-code
00:05.500 systemd billing.service/1 restart 1
00:05.510 systemd billing.service/1 stopped restart
00:05.520 systemd billing.service/2 started
02:00.000 unit    billing.service/2 pid=530 | 2026/11/23 03:02:00 alive
