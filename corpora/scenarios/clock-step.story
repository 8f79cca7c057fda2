# The clock is set back by an hour between two failures that are seconds apart.
# Out: one incident. unit-failure, exit-code, occurrences 2, outcome running, unit app.service, with the step among its gaps.
machine web-1
00:00.000 systemd app.service/1 started
00:10.000 systemd app.service/1 exited exited 1
00:10.010 systemd app.service/1 failed exit-code
00:10.200 systemd app.service/1 restart 1
00:10.220 systemd app.service/2 started
00:15.000 unit    init.scope pid=1 comm=systemd ident=systemd native MESSAGE_ID=c7a787079b354eaaa9e77b371893cd27 | Time has been changed
00:20.000 systemd app.service/2 exited exited 1
00:20.010 systemd app.service/2 failed exit-code
00:20.200 systemd app.service/2 restart 2
00:20.220 systemd app.service/3 started
05:00.000 unit    app.service/3 pid=40 | tick
