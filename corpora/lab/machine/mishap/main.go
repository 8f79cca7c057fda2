// Command mishap goes wrong in the way that its first argument names.
package main

import (
	"fmt"
	"os"
	"sort"
)

var ways = map[string]func(args []string){
	"custom":   custom,
	"repanic":  repanic,
	"nilmap":   nilMap,
	"nil":      nilPointer,
	"index":    index,
	"closed":   closed,
	"assert":   assertion,
	"pair":     pair,
	"unlock":   unlock,
	"maps":     maps,
	"goexit":   goexit,
	"deadlock": deadlock,
	"stack":    stack,
	"space":    space,
	"tasks":    tasks,
	"threads":  threads,
	"http":     web,
	"wait":     wait,
	"leak":     leak,
	"fill":     fill,
	"fatal":    fatal,
}

func main() {
	if len(os.Args) > 1 {
		if way, ok := ways[os.Args[1]]; ok {
			way(os.Args[2:])
			return
		}
	}
	names := make([]string, 0, len(ways))
	for name := range ways {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Fprintln(os.Stderr, "usage: mishap WAY [ARG…]; WAY is one of", names)
	os.Exit(64)
}
