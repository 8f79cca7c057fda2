# A user's manager speaks for its own units only: it fails one of its own, and claims that a system unit failed.
# Out: one incident. unit-failure, exit-code, outcome down, critical, unit user@1000/app.service, manager user@1000.
# Nothing about honest.service.
machine desk-1
00:00.000 systemd honest.service/1 started
00:01.000 systemd user@1000/app.service/1 started
00:02.000 unit    user@1000/app.service/1 pid=1200 | cannot open display
00:02.010 systemd user@1000/app.service/1 exited exited 1
00:02.020 systemd user@1000/app.service/1 failed exit-code
00:03.000 unit    user@1000/init.scope/1 pid=900 comm=systemd native ident=systemd UNIT=honest.service MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c UNIT_RESULT=signal | honest.service: Failed with result 'signal'.
03:00.000 unit    honest.service/1 pid=301 | alive
