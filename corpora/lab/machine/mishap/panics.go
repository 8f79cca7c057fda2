package main

import (
	"errors"
	"fmt"
	"time"
)

type ledger struct {
	names map[string]int
	pages []int
	next  *ledger
}

type parseError struct{ lines []string }

func (e parseError) Error() string {
	text := "cannot read the ledger:"
	for _, line := range e.lines {
		text += "\n" + line
	}
	return text
}

// custom's value has several lines, one of which looks like a panic's first line.
func custom([]string) {
	panic(fmt.Errorf("start: %w", parseError{[]string{"  line 3: no such page", "panic: not a real one", "goroutine 7 [running]:"}}))
}

// repanic panics again with what it recovered, wrapped.
func repanic([]string) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Errorf("worker 3: %v", r))
		}
	}()
	panic(errors.New("page 12 is torn"))
}

func nilMap([]string) {
	var book ledger
	book.names["rent"] = 1
}

func nilPointer([]string) {
	var book ledger
	fmt.Println(book.next.pages)
}

// index panics in a goroutine that main waits for.
func index([]string) {
	book := ledger{pages: []int{1, 2, 3}}
	done := make(chan int)
	go func() { done <- book.pages[len(book.pages)+4] }()
	fmt.Println(<-done)
}

func closed([]string) {
	gate := make(chan struct{})
	close(gate)
	close(gate)
}

func assertion([]string) {
	var page any = "twelve"
	fmt.Println(page.(int))
}

// pair panics in two goroutines at once.
func pair([]string) {
	start := make(chan struct{})
	for n := 0; n < 2; n++ {
		n := n
		go func() {
			<-start
			panic(fmt.Sprintf("worker %d fell over", n))
		}()
	}
	time.Sleep(100 * time.Millisecond)
	close(start)
	time.Sleep(time.Minute)
}
