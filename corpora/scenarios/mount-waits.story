# A mount's device never comes: its start job fails for that, and nothing was mounted.
# Out: a dependency that failed
machine web-1
00:00.000 systemd srv-data.mount start-failed dependency
02:00.000 systemd clock.service/1 started
