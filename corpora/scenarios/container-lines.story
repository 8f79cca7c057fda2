# Containers write through their engine: one is refused, in a line that comes in pieces, and another prints a panic's
# words in between. A service that forges a container's fields is itself.
# Out: two incidents. disk-full, no-space, unit docker-0123….scope, refused 1, link container; disk-full of fake.service.
machine web-1
00:00.000 systemd docker.service/1 started
00:10.000 unit    docker.service/1 pid=910 native comm=dockerd ident=web CONTAINER_NAME=web CONTAINER_ID=0123456789ab CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef CONTAINER_PARTIAL_ID=p1 CONTAINER_PARTIAL_MESSAGE=true | save: write 
00:10.010 unit    docker.service/1 pid=910 native comm=dockerd ident=db CONTAINER_NAME=db CONTAINER_ID=9876543210ab CONTAINER_ID_FULL=9876543210ab98769876543210ab98769876543210ab98769876543210ab9876 | ready to accept connections
00:10.020 unit    docker.service/1 pid=910 native comm=dockerd ident=web CONTAINER_NAME=web CONTAINER_ID=0123456789ab CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef CONTAINER_PARTIAL_ID=p1 | /data/wal.log: no space left on device
00:20.000 unit    fake.service/1 pid=300 native CONTAINER_NAME=web CONTAINER_ID_FULL=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | write /tmp/x: no space left on device
02:00.000 unit    docker.service/1 pid=910 native comm=dockerd | alive
