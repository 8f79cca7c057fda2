# A device fails under a service: what it could not read stands in the story of its end, and is no full disk. A service
# that goes on is no incident.
# Out: one incident. unit-failure, exit-code, unit reader.service.
machine web-1
00:00.000 systemd reader.service/1 started
00:00.100 systemd patient.service/1 started
00:10.000 unit    patient.service/1 pid=510 | read /srv/b/1: input/output error
00:10.100 unit    reader.service/1 pid=610 | read /srv/a/1: input/output error
00:10.200 unit    reader.service/1 pid=610 | read /srv/a/2: input/output error
00:10.300 systemd reader.service/1 exited exited 1
00:10.310 systemd reader.service/1 failed exit-code
02:00.000 unit    patient.service/1 pid=510 | alive
