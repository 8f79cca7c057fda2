# The watchdog is missed, systemd sends SIGABRT, Go dumps its goroutines and exits with 2. Twice.
# Out: one incident. unit-failure, watchdog, outcome running, warning, occurrences 2, restarts 2, unit stuck.service.
# The dump is in the timeline, and is no go-panic of its own.
machine web-1
00:00.000 systemd stuck.service/1 started
00:10.000 systemd stuck.service/1 watchdog 3s
00:10.001 systemd stuck.service/1 killing 389 stuck SIGABRT
00:10.020 unit    stuck.service/1 pid=389 | SIGABRT: abort
| PC=0x47b0c1 m=0 sigcode=0
| goroutine 1 gp=0xc0000061c0 m=nil [sync.Mutex.Lock]:
| sync.(*Mutex).Lock(...)
| \t/usr/lib/go/src/sync/mutex.go:46
| main.(*Queue).Push(0xc000012345)
| \t/src/stuck/queue.go:14 +0x45
| rax    0xca
00:10.100 systemd stuck.service/1 exited exited 2
00:10.110 systemd stuck.service/1 failed watchdog
00:10.300 systemd stuck.service/1 restart 1
00:10.310 systemd stuck.service/1 stopped restart
00:10.320 systemd stuck.service/2 started
00:20.000 systemd stuck.service/2 watchdog 3s
00:20.001 systemd stuck.service/2 killing 401 stuck SIGABRT
00:20.020 unit    stuck.service/2 pid=401 | SIGABRT: abort
| PC=0x47b0c1 m=0 sigcode=0
| goroutine 1 gp=0xc0000061c0 m=nil [sync.Mutex.Lock]:
| sync.(*Mutex).Lock(...)
| \t/usr/lib/go/src/sync/mutex.go:46
| main.(*Queue).Push(0xc000012345)
| \t/src/stuck/queue.go:14 +0x45
00:20.100 systemd stuck.service/2 exited exited 2
00:20.110 systemd stuck.service/2 failed watchdog
00:20.300 systemd stuck.service/2 restart 2
00:20.310 systemd stuck.service/2 stopped restart
00:20.320 systemd stuck.service/3 started
03:00.000 unit    stuck.service/3 pid=420 | alive
