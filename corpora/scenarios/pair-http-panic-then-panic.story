# net/http recovers a panic and the process lives; a minute later one in another goroutine ends it.
# Out: two incidents that name each other: go-panic, http-panic (running, notice) and go-panic, panic (running, warning).
machine web-1
00:00.000 systemd shop.service/1 started
00:10.000 unit    shop.service/1 pid=710 | 2026/11/23 03:00:10 http: panic serving 10.0.0.7:51538: no cart
| goroutine 34 [running]:
| net/http.(*conn).serve.func1()
| \t/usr/lib/go/src/net/http/server.go:1850 +0xbf
| main.(*Cart).Total(...)
| \t/src/shop/cart.go:19
00:10.500 unit    shop.service/1 pid=710 | 2026/11/23 03:00:10 GET /cart 200
01:10.000 unit    shop.service/1 pid=710 | panic: worker: no cart
| goroutine 9 [running]:
| main.work()
| \t/src/shop/work.go:7 +0x1d
01:10.040 systemd shop.service/1 exited exited 2
01:10.050 systemd shop.service/1 failed exit-code
01:10.300 systemd shop.service/1 restart 1
01:10.320 systemd shop.service/2 started
05:00.000 unit    shop.service/2 pid=711 | 2026/11/23 03:05:00 GET / 200
