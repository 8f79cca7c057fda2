# Two services are refused in one directory; both live on. A third is refused elsewhere, with another errno.
# Out: two incidents. (1) disk-full, no-space, unit upload.service (refused first), units upload.service and
# thumb.service, directory /var/spool/media, refused 5, outcome running, critical (data was refused). (2) disk-full,
# read-only, unit conf.service, directory /etc/conf.d, refused 1, outcome running.
machine web-1
00:00.000 systemd upload.service/1 started
00:00.100 systemd thumb.service/1 started
00:00.200 systemd conf.service/1 started
00:10.000 unit    upload.service/1 pid=510 | write /var/spool/media/a.jpg: no space left on device
00:11.000 unit    thumb.service/1 pid=520 | cp: error writing '/var/spool/media/a.png': No space left on device
00:12.000 unit    upload.service/1 pid=510 | write /var/spool/media/b.jpg: no space left on device
00:13.000 unit    thumb.service/1 pid=520 | cp: error writing '/var/spool/media/b.png': No space left on device
00:14.000 unit    upload.service/1 pid=510 | write /var/spool/media/c.jpg: no space left on device
00:15.000 unit    conf.service/1 pid=530 | open /etc/conf.d/x.conf: read-only file system
03:00.000 unit    upload.service/1 pid=510 | alive
