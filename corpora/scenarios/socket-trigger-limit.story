# A socket's service ends well each time but never accepts the connection, so that the socket starts it again at once,
# until the socket may do so no more.
# Out: the socket, by its own limit; its service did nothing wrong
machine web-1
00:00.000 systemd knock.socket/1 started
00:01.000 systemd knock.service/1 started
00:01.010 systemd knock.service/1 succeeded
00:01.020 systemd knock.service/2 started
00:01.030 systemd knock.service/2 succeeded
00:01.040 systemd knock.socket/1 says prio=4 | knock.socket: Trigger limit hit, refusing further activation.
00:01.041 systemd knock.socket/1 failed trigger-limit-hit
02:00.000 systemd clock.service/1 started
