# A log shipper repeats a service's refusal, and sudo logs a command that looks for one.
# Out: one incident. disk-full, no-space, unit wal.service alone, refused 1.
machine web-1
00:00.000 systemd wal.service/1 started
00:10.000 unit    wal.service/1 pid=610 | write /var/lib/wal/1: no space left on device
00:10.100 unit    promtail.service/1 pid=710 | write /var/lib/wal/1: no space left on device
00:10.200 unit    shell.scope/1 pid=810 comm=sudo syslog | write /var/lib/wal/1: no space left on device
02:00.000 unit    wal.service/1 pid=610 | alive
