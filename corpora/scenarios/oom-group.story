# memory.oom.group: the kernel kills every process of the cgroup for one event.
# Out: one incident. oom-kill, memcg-limit, occurrences 1 (one event, three kill lines), outcome down, critical,
# unit grouped.service.
machine web-1
00:00.000 systemd grouped.service/1 started
00:10.000 kernel  oomkill grouped.service/1 pid=1001 limit=64M
+0.000    kernel  prio=6 | Tasks in /system.slice/grouped.service are going to be killed due to memory.oom.group set
+0.000    kernel  prio=3 | Memory cgroup out of memory: Killed process 1002 (helper) total-vm:9000kB, anon-rss:2000kB, file-rss:100kB, shmem-rss:0kB, UID:0 pgtables:40kB oom_score_adj:0
| Memory cgroup out of memory: Killed process 1003 (helper) total-vm:9000kB, anon-rss:2100kB, file-rss:100kB, shmem-rss:0kB, UID:0 pgtables:40kB oom_score_adj:0
00:10.300 systemd grouped.service/1 oom-kill
00:10.400 systemd grouped.service/1 exited killed 9
00:10.410 systemd grouped.service/1 failed oom-kill
02:00.000 unit    cron.service/1 pid=40 | tick
