# earlyoom ends a service's main process, which systemd takes for a clean end, then a program of no unit that is known.
# A try-out, and a unit that prints the same words, are nothing; nor is a service that was stopped by request meanwhile.
# Out: two incidents, both oom-kill without a cause: sim.service (running, occurrences 1), and the process "tab".
machine web-1
00:00.000 systemd sim.service/1 started
00:00.500 systemd idle.service/1 started
00:01.000 unit    sim.service/1 pid=600 | step 1
00:01.500 unit    idle.service/1 pid=650 | waiting
00:05.000 unit    fake.service/1 pid=300 | sending SIGTERM to process 650 uid 0 "idle": badness 853, VmRSS 9853 MiB
00:20.000 unit    earlyoom.service/1 pid=209 | mem avail:  1200 of 17518 MiB ( 6.85%), swap free: 13345 of 47119 MiB (28.32%)
| low memory! at or below SIGTERM limits: mem 10.00%, swap 30.42%
| sending SIGTERM to process 600 uid 1000 "sim": oom_score 712, oom_score_adj 0, VmRSS 4514 MiB, cmdline "sim --all"
00:20.300 unit    earlyoom.service/1 pid=209 | process 600 exited after 0.300 seconds
00:20.290 systemd sim.service/1 exited killed 15
00:20.295 systemd sim.service/1 succeeded
00:20.400 systemd sim.service/1 restart 1
00:20.410 systemd sim.service/1 stopped restart
00:20.420 systemd sim.service/2 started
00:30.000 unit    earlyoom.service/1 pid=209 | sending SIGTERM to process 4242 uid 1000 "tab": badness 1022, VmRSS 11791 MiB
00:33.000 unit    earlyoom.service/1 pid=209 | process exited after 3.0 seconds
00:40.000 unit    earlyoom.service/1 pid=209 | sending SIGTERM to process 650 uid 0 "idle": badness 853, VmRSS 9853 MiB
| dryrun, not actually sending any signal
04:00.000 unit    sim.service/2 pid=601 | step 1
