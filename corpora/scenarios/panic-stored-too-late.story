# A machine under so much load that a panic is stored 50 s after the exit that it caused.
# Out: one incident. go-panic, panic, occurrences 1, restarts 1, outcome running, unit billing.service.
machine web-1
00:00.000 systemd billing.service/1 started
00:05.000 unit    billing.service/1 pid=520 stored=+70 | panic: assignment to entry in nil map
| goroutine 18 [running]:
| main.(*Ledger).Add(...)
| \t/src/billing/ledger.go:88
00:05.040 systemd billing.service/1 exited exited 2
00:05.041 systemd billing.service/1 failed exit-code
00:05.500 systemd billing.service/1 restart 1
00:05.520 systemd billing.service/2 started
01:10.000 unit    billing.service/2 pid=530 | alive
05:00.000 unit    billing.service/2 pid=530 | alive
