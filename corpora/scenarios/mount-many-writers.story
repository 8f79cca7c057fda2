# One file system, two directories on it, two services that are refused. A third is refused on another one.
# Out: two incidents. disk-full, no-space, units media.service and thumb.service, refused 3, joined by the mount; and disk-full,
# no-space of other.service alone.
machine web-1
00:00.000 systemd srv-media.mount/1 started
00:00.010 systemd srv.mount/1 started
00:00.100 systemd media.service/1 started
00:00.110 systemd thumb.service/1 started
00:00.120 systemd other.service/1 started
00:10.000 unit    media.service/1 pid=510 | write /srv/media/in/a.jpg: no space left on device
00:11.000 unit    thumb.service/1 pid=520 | cp: error writing '/srv/media/thumbs/a.png': No space left on device
00:12.000 unit    media.service/1 pid=510 | write /srv/media/in/b.jpg: no space left on device
00:13.000 unit    other.service/1 pid=530 | write /srv/other/x: no space left on device
04:00.000 unit    media.service/1 pid=510 | alive
