# A Go program asks for more than the kernel promises, and dies of it: no kill. The same line of another program's is
# not told of.
# Out: one incident. go-panic, out-of-memory, unit fit.service, occurrences 1; the kernel's line stands in it, near.
machine web-1
00:00.000 systemd fit.service/1 started
00:09.990 kernel | __vm_enough_memory: pid: 900, comm: other, bytes: 4096 not enough memory for the allocation
00:10.000 kernel | __vm_enough_memory: pid: 604, comm: fit, bytes: 1099511627776 not enough memory for the allocation
00:10.002 unit    fit.service/1 pid=600 | fatal error: runtime: out of memory
| goroutine 1 [running]:
| main.grow(...)
| \t/src/fit/main.go:12
| main.main()
| \t/src/fit/main.go:7 +0x1d
00:10.010 systemd fit.service/1 exited exited 2
00:10.020 systemd fit.service/1 failed exit-code
02:00.000 unit    other.service/1 pid=88 | tick
