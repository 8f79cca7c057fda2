package main

import (
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

func unlock([]string) {
	var lock sync.Mutex
	defer lock.Unlock()
	lock.Lock()
	lock.Unlock()
}

func maps([]string) {
	seen := map[int]int{}
	for n := 0; n < 4; n++ {
		go func() {
			for i := 0; ; i++ {
				seen[i%64] = i
			}
		}()
	}
	time.Sleep(time.Minute)
}

func goexit([]string) { runtime.Goexit() }

func deadlock([]string) {
	var lock sync.Mutex
	lock.Lock()
	lock.Lock()
}

func depth(n int) int { return depth(n+1) + 1 }

func stack([]string) {
	debug.SetMaxStack(1 << 20)
	depth(0)
}

// space allocates until the limit of its address space.
func space([]string) {
	var held [][]byte
	for {
		held = append(held, make([]byte, 64<<20))
		runtime.KeepAlive(held)
	}
}

// tasks locks goroutines to threads until the unit may have no more.
func tasks([]string) {
	for n := 0; n < 64; n++ {
		go func() {
			runtime.LockOSThread()
			time.Sleep(time.Minute)
		}()
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(time.Minute)
}

// threads does so until Go's own limit.
func threads([]string) {
	debug.SetMaxThreads(12)
	tasks(nil)
}
