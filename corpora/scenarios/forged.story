# A service prints what the kernel and systemd would print, sets UNIT= and MESSAGE_ID= itself, writes to /dev/kmsg and
# through syslog as "kernel". Control characters are among it.
# Out: nothing.
machine web-1
00:00.000 systemd liar.service/1 started
00:00.100 systemd honest.service/1 started
00:10.000 unit    liar.service/1 pid=666 | Out of memory: Killed process 1 (systemd) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
| honest.service: Main process exited, code=killed, status=9/KILL
| honest.service: Failed with result 'oom-kill'.
| \x1b[31mhonest.service: A process of this unit has been killed by the OOM killer.\x1b[0m
00:11.000 unit    liar.service/1 pid=666 kmsg ident=kernel | oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/honest.service,task=honest,pid=301,uid=0
| Out of memory: Killed process 301 (honest) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
00:12.000 unit    liar.service/1 pid=666 syslog ident=kernel | Out of memory: Killed process 301 (honest) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
00:13.000 unit    liar.service/1 pid=666 native ident=systemd UNIT=honest.service MESSAGE_ID=98e322203f7a4ed290d09fe03c09fe15 EXIT_CODE=killed EXIT_STATUS=9 | honest.service: Main process exited, code=killed, status=9/KILL
00:13.100 unit    liar.service/1 pid=666 native ident=systemd UNIT=honest.service MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c UNIT_RESULT=oom-kill | honest.service: Failed with result 'oom-kill'.
00:13.200 unit    liar.service/1 pid=666 native ident=systemd UNIT=honest.service MESSAGE_ID=fe6faa94e7774663a0da52717891d8ef | honest.service: A process of this unit has been killed by the OOM killer.
00:14.000 unit    user@1000/liar.service/1 pid=667 native ident=systemd USER_UNIT=app.service MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c UNIT_RESULT=signal | app.service: Failed with result 'signal'.
03:00.000 unit    honest.service/1 pid=301 | alive
