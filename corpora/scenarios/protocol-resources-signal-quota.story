# Four more ends: a service that never says that it is ready, one whose environment file is missing, one that a signal ends
# without a core, and one whose quota is used up.
# Out: four incidents. unit-failure: protocol of noproto.service, resources of noenv.service, signal of seg.service; and
# disk-full, quota of mail.service.
machine web-1
00:00.000 systemd noproto.service/1 starting
00:01.000 systemd noproto.service/1 failed protocol
00:01.010 systemd noproto.service/1 start-failed
00:02.000 systemd noenv.service/1 failed resources
00:02.010 systemd noenv.service/1 start-failed
00:03.000 systemd seg.service/1 started
00:04.000 systemd seg.service/1 exited killed 11
00:04.010 systemd seg.service/1 failed signal
00:05.000 systemd mail.service/1 started
00:06.000 unit    mail.service/1 pid=530 | write /srv/mail/new/1: disk quota exceeded
04:00.000 unit    cron.service/1 pid=40 | tick
