# The race detector reports, and the program lives on; it ends with status 66 much later. Another one reports and never ends.
# Out: one incident. unit-failure, exit-code, unit race.service, the race in the headline and the timeline. None of other.service.
machine web-1
00:00.000 systemd race.service/1 started
00:00.010 systemd other.service/1 started
00:10.000 unit    race.service/1 pid=311 | ==================
| WARNING: DATA RACE
| Write at 0x00c000014100 by goroutine 8:
|   main.count()
|       /src/race/main.go:137 +0x3a
| Previous read at 0x00c000014100 by main goroutine:
|   main.show()
|       /src/race/main.go:132 +0x41
| Goroutine 8 (running) created at:
|   main.main()
|       /src/race/main.go:153 +0xa1
| ==================
00:12.000 unit    race.service/1 pid=311 | 2026/11/23 03:00:12 GET /
00:13.000 unit    other.service/1 pid=312 | ==================
| WARNING: DATA RACE
| Write at 0x00c000014100 by goroutine 8:
|   main.count()
|       /src/race/main.go:137 +0x3a
| Previous read at 0x00c000014100 by main goroutine:
|   main.show()
|       /src/race/main.go:132 +0x41
| Goroutine 8 (running) created at:
|   main.main()
|       /src/race/main.go:153 +0xa1
| ==================
20:00.000 unit    race.service/1 pid=311 | Found 1 data race(s)
20:00.100 systemd race.service/1 exited exited 66
20:00.110 systemd race.service/1 failed exit-code
25:00.000 unit    other.service/1 pid=312 | tick
