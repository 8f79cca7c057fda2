# A thin pool is full: what lies on it loses data and is shut down, and the service on it is refused.
# Out: one incident. disk-full, no-space, unit store.service; the pool's and the volume's lines stand in it, near.
machine web-1
00:00.000 systemd store.service/1 started
00:01.000 kernel | device-mapper: thin: 253:2: reached low water mark for data device: sending event.
00:05.000 kernel | device-mapper: thin: 253:2: switching pool to out-of-data-space (error IO) mode
| critical space allocation error, dev dm-5, sector 45058 op 0x1:(WRITE) flags 0x4000 phys_seg 20 prio class 2
00:05.100 unit    store.service/1 pid=610 | write /srv/store/a.db: no space left on device
02:00.000 unit    other.service/1 pid=630 | alive
