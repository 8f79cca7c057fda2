# net/http recovers a panic: the process lives.
# Out: one incident. go-panic, http-panic, outcome running, notice, occurrences 2 (one a panic), unit shop.service. Never
# down.
machine web-1
00:00.000 systemd shop.service/1 started
00:10.000 unit    shop.service/1 pid=710 | 2026/11/23 03:00:10 http: panic serving 10.0.0.7:51538: runtime error: invalid memory address or nil pointer dereference
| goroutine 34 [running]:
| net/http.(*conn).serve.func1()
| \t/usr/lib/go/src/net/http/server.go:1850 +0xbf
| main.(*Cart).Total(...)
| \t/src/shop/cart.go:19
00:10.500 unit    shop.service/1 pid=710 | 2026/11/23 03:00:10 GET /cart 200
00:20.000 unit    shop.service/1 pid=710 | 2026/11/23 03:00:20 http: panic serving 10.0.0.8:51540: runtime error: invalid memory address or nil pointer dereference
| goroutine 61 [running]:
| net/http.(*conn).serve.func1()
| \t/usr/lib/go/src/net/http/server.go:1850 +0xbf
| main.(*Cart).Total(...)
| \t/src/shop/cart.go:19
00:20.500 unit    shop.service/1 pid=710 | 2026/11/23 03:00:20 GET /cart 200
03:00.000 unit    shop.service/1 pid=710 | 2026/11/23 03:03:00 GET / 200
