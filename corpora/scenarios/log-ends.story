# The log ends in the middle: one unit has just been killed, another one's dump has just begun.
# Out: two incidents. oom-kill, memcg-limit, outcome unknown, occurrences 1, unit cut.service; and go-panic, panic,
# outcome unknown, occurrences 1, unit half.service, reason "half a story" with the one frame that is there.
machine web-1
00:00.000 systemd cut.service/1 started
00:00.100 systemd half.service/1 started
00:10.000 kernel  oomkill cut.service/1 pid=311 limit=96M
00:10.100 unit    half.service/1 pid=320 | panic: half a story
| goroutine 1 [running]:
| main.tell(0x1)
| \t/src/half/main.go:12 +0x1d
