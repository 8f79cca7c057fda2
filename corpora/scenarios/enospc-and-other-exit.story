# A service is refused once, lives on, writes much else, and an hour later ends for another reason.
# Out: two incidents that name each other in links, or stand alone: disk-full no-space of mixed.service (refused 1,
# outcome running), and unit-failure exit-code of mixed.service (outcome down, critical). The errno's text is not among
# the last ten lines of the life.
machine web-1
00:00.000 systemd mixed.service/1 started
00:10.000 unit    mixed.service/1 pid=810 | write /var/cache/mixed/1: no space left on device
at 01:00:00
00:00.000 unit    mixed.service/1 pid=810 | line 1
| line 2
| line 3
| line 4
| line 5
| line 6
| line 7
| line 8
| line 9
| line 10
| fatal: peer closed the connection
00:00.100 systemd mixed.service/1 exited exited 1
00:00.110 systemd mixed.service/1 failed exit-code
03:00.000 unit    cron.service/1 pid=40 | tick
