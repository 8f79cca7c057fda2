# A server leaves graphical.target for good. Ten minutes later a user's session ends, and the user's manager goes to its
# own shutdown.target: the machine does not go down, and what fails around that is no part of a shutdown.
# Out: both failures
machine web-1
00:00.000 systemd graphical.target stopped stop
00:05.000 systemd myapp.service/1 started
10:00.000 unit    myapp.service/1 pid=311 | cannot open the ledger
10:00.100 systemd myapp.service/1 exited exited 3
10:00.102 systemd myapp.service/1 failed exit-code
10:01.000 systemd user@1000/shutdown.target/1 started
10:02.000 systemd other.service/1 started
10:05.000 systemd other.service/1 exited exited 4
10:05.002 systemd other.service/1 failed exit-code
12:00.000 systemd clock.service/1 started
