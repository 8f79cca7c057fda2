package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// web has two of its handlers panic, which net/http recovers, and lives on.
func web([]string) {
	http.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) {
		var book ledger
		book.names[r.URL.Path] = 1
	})
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() { log.Fatal(http.Serve(socket, nil)) }()
	for _, page := range []string{"rent", "bread"} {
		if answer, err := http.Get("http://" + socket.Addr().String() + "/" + page); err == nil {
			io.Copy(io.Discard, answer.Body)
		}
		time.Sleep(time.Second)
	}
	log.Print("serving on")
	select {}
}

// wait has goroutines that wait in several ways.
func wait([]string) {
	var group sync.WaitGroup
	gate := make(chan int)
	for n := 0; n < 20; n++ {
		group.Add(1)
		go func() { gate <- 1; group.Done() }()
	}
	go func() { time.Sleep(time.Hour); <-gate }()
	log.Print("waiting")
	group.Wait()
}

// leak grows by 4 MiB every 100 ms, up to so many MiB.
func leak(args []string) {
	most, err := strconv.Atoi(args[0])
	if err != nil {
		log.Fatal(err)
	}
	var held [][]byte
	for n := 0; n < most; n += 4 {
		page := make([]byte, 4<<20)
		for i := range page {
			page[i] = 1
		}
		held = append(held, page)
		time.Sleep(100 * time.Millisecond)
	}
	fmt.Println("held", len(held))
	select {}
}

// fill writes into a directory until that is refused, then it panics or exits with a status of 1; 64 MiB at most.
func fill(args []string) {
	path := filepath.Join(args[1], "pages.log")
	file, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	page := make([]byte, 64<<10)
	for n := 0; n < 1024; n++ {
		if _, err := file.Write(page); err != nil {
			if args[0] == "panic" {
				panic(err)
			}
			log.Fatal(err)
		}
	}
}

// fatal says so as a structured logger would, and exits.
func fatal([]string) {
	fmt.Println(`{"level":"info","msg":"opening the ledger","pages":12}`)
	fmt.Println(`{"level":"fatal","msg":"ledger is locked","holder":"pid 1"}`)
	os.Exit(1)
}
