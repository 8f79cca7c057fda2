# Someone sends SIGQUIT to a program of which fourteen goroutines wait at one place, and it is restarted.
# Out: one incident. go-panic, signal-dump, unit leak.service; the headline tells of the goroutines.
machine web-1
00:00.000 systemd leak.service/1 started
00:10.000 unit    leak.service/1 pid=311 | SIGQUIT: quit
| PC=0x47b0c1 m=0 sigcode=0
| goroutine 1 gp=0xc0000061c0 m=nil [select]:
| main.main()
| \t/src/leak/main.go:9 +0x45
| goroutine 20 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000000000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 21 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000001000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 22 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000002000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 23 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000003000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 24 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000004000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 25 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000005000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 26 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000006000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 27 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000007000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 28 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000008000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 29 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc000009000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 30 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc00000a000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 31 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc00000b000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 32 [chan send, 4 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc00000c000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
| goroutine 33 [chan send, 5 minutes]:
| main.(*Pool).put(0xc000012345)
| \t/src/leak/pool.go:33 +0x1d
| main.serve(0xc00000d000)
| \t/src/leak/main.go:12 +0x2
| created by main.main in goroutine 1
| \t/src/leak/main.go:8 +0x5
00:10.100 systemd leak.service/1 exited exited 2
00:10.110 systemd leak.service/1 failed exit-code
00:10.300 systemd leak.service/1 restart 1
00:10.320 systemd leak.service/2 started
03:00.000 unit    leak.service/2 pid=420 | alive
