# The last lines of a dump come from a process that is gone: journald knows neither unit nor life nor comm. The stream
# and the pid still tell. A child shares the stream and writes in between.
# Out: one incident. go-panic, panic, outcome down, critical, occurrences 1, unit tiler.service with life 1; reason
# "tile 9: bad zoom", all three frames in it, first user frame main.render in render.go:31. Nothing of the child in it.
machine web-1
00:00.000 systemd tiler.service/1 started
00:04.000 unit    tiler.service/1 pid=610 | panic: tile 9: bad zoom
| goroutine 1 [running]:
| main.render(0x9, 0x0)
| \t/src/tiler/render.go:31 +0x5d
00:04.001 unit    tiler.service/1 pid=612 comm=convert | convert: reading tile 8
00:04.002 unit    tiler.service/1 pid=610 bare | main.serve(...)
| \t/src/tiler/main.go:77
| main.main()
| \t/src/tiler/main.go:52 +0x1e5
00:04.040 systemd tiler.service/1 exited exited 2
00:04.041 systemd tiler.service/1 failed exit-code
02:00.000 unit    cron.service/1 pid=40 | tick
