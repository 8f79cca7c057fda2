# A soft reboot in the middle: systemd stops everything and starts again, the boot stays the same. What fails on the way
# down is none; what fails before and behind it is.
# Out: before.service and after.service, both down
machine web-1
00:00.000 systemd multi-user.target started
00:10.000 systemd before.service/1 started
00:20.000 systemd before.service/1 exited exited 3
00:20.001 systemd before.service/1 failed exit-code
03:00.000 systemd multi-user.target stopped stop
03:00.050 systemd onway.service/1 stopping
03:00.100 systemd onway.service/1 exited exited 4
03:00.101 systemd onway.service/1 failed exit-code
03:01.000 systemd shutdown.target started
03:01.100 systemd soft-reboot.target started
03:02.000 systemd sysinit.target started
03:02.100 systemd basic.target started
03:03.000 systemd multi-user.target started
03:10.000 systemd after.service/1 started
03:20.000 systemd after.service/1 exited exited 8
03:20.001 systemd after.service/1 failed exit-code
06:00.000 systemd clock.service/1 started
