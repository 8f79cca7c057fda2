# Lines that begin as a panic does, whose value is a refused write, and no goroutine follows. One service lives on, one ends with
# another status than Go's, one as Go ends. A line of the same kind without a refusal says nothing.
# Out: three incidents, disk-full, no-space: keep.service, outcome running, occurrences 2, refused 2; quit.service, down, refused 1, no
# unit-failure beside it; trace.service, down. None of logs.service.
machine web-1
00:00.000 systemd keep.service/1 started
00:00.100 systemd quit.service/1 started
00:00.200 systemd trace.service/1 started
00:00.300 systemd logs.service/1 started
00:10.000 unit    keep.service/1 pid=710 | panic: write /srv/keep/a: no space left on device
| recovered, going on
00:20.000 unit    quit.service/1 pid=720 | panic: open /srv/quit/x: no space left on device
| giving up
00:20.040 systemd quit.service/1 exited exited 1
00:20.050 systemd quit.service/1 failed exit-code
00:30.000 unit    trace.service/1 pid=730 | panic: open /srv/trace/x: no space left on device
00:30.040 systemd trace.service/1 exited exited 2
00:30.050 systemd trace.service/1 failed exit-code
00:40.000 unit    logs.service/1 pid=740 | panic: button was pressed
| all is well
00:45.000 unit    keep.service/1 pid=710 | panic: write /srv/keep/b: no space left on device
| recovered, going on
03:00.000 unit    logs.service/1 pid=740 | tick
