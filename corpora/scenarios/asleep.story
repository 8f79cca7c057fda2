# The machine sleeps, and a program fails right after it woke.
# Out: one incident. unit-failure, exit-code, unit app.service, with the sleep among its gaps.
machine web-1
00:00.000 systemd app.service/1 started
10:00.000 kernel  | PM: suspend entry (deep)
10:00.500 kernel  | PM: suspend exit
10:01.000 unit    systemd-suspend.service/1 pid=77 comm=systemd-sleep native MESSAGE_ID=8811e6df2a8e40f58a94cea26f8ebf14 | System returned from sleep state.
10:05.000 systemd app.service/1 exited exited 1
10:05.010 systemd app.service/1 failed exit-code
15:00.000 unit    cron.service/1 pid=40 | tick
