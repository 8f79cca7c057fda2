# Kills in a container outside any unit, and in a scope of a container engine.
# Out: two incidents. oom-kill, memcg-limit, occurrences 1, outcome running (nothing tells of an end): the first about
# /lxc.payload.ci, the second about docker-4f0c.scope although its cgroup goes on below it. Victim comms node and java.
machine host-1
00:10.000 kernel  oomkill /lxc.payload.ci pid=4100 comm=node limit=512M below=system.slice/runner.service
00:40.000 kernel  oomkill docker-4f0c.scope/1 pid=4200 comm=java limit=256M below=payload
03:00.000 unit    cron.service/1 pid=40 | tick
