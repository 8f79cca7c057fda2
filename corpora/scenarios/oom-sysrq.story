# A person asks the kernel for a kill while there is memory left. The reaper speaks after the kill, and before that of
# another process's kill, which is not told of here.
# Out: one incident. oom-kill, global, outcome running, occurrences 1, unit big.service; the headline says who asked.
machine web-1
00:00.000 systemd big.service/1 started
00:09.000 unit    big.service/1 pid=500 | ready
00:10.000 kernel | sysrq: Manual OOM execution
00:10.010 kernel | kworker/1:2 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0
| CPU: 1 PID: 77 Comm: kworker/1:2 Not tainted 6.1.0-28-amd64 #1  Debian 6.1.119-1
| Mem-Info:\nactive_anon:42 inactive_anon:109144 isolated_anon:0\n free:65536 free_pcp:77 free_cma:0
| Free swap  = 0kB
| Total swap = 0kB
| 131072 pages RAM
| Tasks state (memory values in pages):
| [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
| [    500]    33   500   100000    20000   299008        0             0 big
| oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/big.service,task=big,pid=500,uid=33
| Out of memory: Killed process 500 (big) total-vm:400000kB, anon-rss:79000kB, file-rss:1000kB, shmem-rss:0kB, UID:33 pgtables:292kB oom_score_adj:0
00:10.030 kernel | oom_reaper: reaped process 9 (other), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
00:10.040 kernel | oom_reaper: reaped process 500 (big), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
00:10.050 systemd big.service/1 oom-kill
00:10.060 systemd big.service/1 exited killed 9
00:10.070 systemd big.service/1 failed oom-kill
00:10.500 systemd big.service/1 restart 1
00:10.510 systemd big.service/1 stopped restart
00:10.520 systemd big.service/2 started
02:00.000 unit    big.service/2 pid=510 | ready
