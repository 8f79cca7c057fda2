# A Go program in a container panics; its engine writes the lines, and PID 1 knows no more than that the scope is gone.
# Another container's lines come in between.
# Out: one incident. go-panic, panic, unit docker-0123….scope, occurrences 1, link container.
machine web-1
00:00.000 systemd docker.service/1 started
00:00.500 systemd docker-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope/1 started
00:09.000 unit    docker.service/1 pid=910 native comm=dockerd ident=web CONTAINER_NAME=web CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | listening on :8080
00:10.000 unit    docker.service/1 pid=910 native comm=dockerd ident=web CONTAINER_NAME=web CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | panic: no such table
00:10.001 unit    docker.service/1 pid=910 native comm=dockerd ident=db CONTAINER_NAME=db CONTAINER_ID_FULL=9876543210ab98769876543210ab98769876543210ab98769876543210ab9876 | goroutine 9 [running]:
00:10.002 unit    docker.service/1 pid=910 native comm=dockerd ident=web CONTAINER_NAME=web CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | goroutine 1 [running]:
| main.main()
| \t/src/web/main.go:7 +0x1d
00:10.100 systemd docker-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope/1 succeeded
04:00.000 unit    docker.service/1 pid=910 native comm=dockerd | alive
