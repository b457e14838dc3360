package web

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// What lives in memory is small beside what requests use up, so that collecting at
// every doubling is a tenth of the work under load. Collecting at four times what
// lives costs memory that the box has (256 MB for both faces with 1,000,000 cases);
// near the limit the collector goes back to working as often as it must.
const (
	collectAfter = 300 // percent of what lives
	memoryLimit  = 128 << 20
)

// saveCollecting lets a serving process collect less often. What the operator says in
// GOGC or GOMEMLIMIT stands.
func saveCollecting() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAfter)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// spareThread lets Go code run on one more thread than there are cores: while one waits
// for the disk to confirm a commit, its core would stand idle until the runtime notices.
// What the operator says in GOMAXPROCS stands.
var spareThread = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
})
