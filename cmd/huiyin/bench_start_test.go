package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkP10 is the size of the program and how long it takes from start to ready
// with 200,000 cases on SQLite; then, as P9 will be with more, how much memory it
// holds after 2,000 pages of each face.
func BenchmarkP10Start(b *testing.B) {
	c := keptWorld(b, "sqlite", "", manyCases)
	binary := filepath.Join(b.TempDir(), "huiyin")
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	must(b, err)
	for b.Loop() {
		var took []time.Duration
		var memory float64
		for range rounds {
			ready, held := startProgram(b, binary, c)
			took, memory = append(took, ready), max(memory, held)
		}
		size := float64(info.Size()) / (1 << 20)
		t := newTable(b, "P10  start with 200,000 cases on SQLite")
		t.line("binary MB\tready after ms\tresident MB after 4,000 pages")
		t.line("%.1f\t%.0f\t%.0f", size, ms(median(took)), memory)
		t.atMost("P10 binary MB", size, 40)
		t.atMost("P10 start to ready, seconds", median(took).Seconds(), 2)
		t.atMost("P9 resident MB (at 200,000 cases)", memory, 256)
		t.close()
		b.ReportMetric(ms(median(took)), "ready-ms")
	}
}

// startProgram starts the program, waits until it is ready, asks for pages, and tells
// how long it took and how many MB it then held.
func startProgram(b *testing.B, binary string, c *config) (ready time.Duration, held float64) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	run := exec.CommandContext(ctx, binary, "--demo", "--data", c.Data, "--keys", c.Keys,
		"--portal", "127.0.0.1:18080", "--office", "127.0.0.1:18081", "--admin", "127.0.0.1:18082")
	run.Cancel = func() error { return run.Process.Signal(syscall.SIGTERM) }
	began := time.Now()
	must(b, run.Start())
	for {
		r, err := http.Get("http://127.0.0.1:18082/readyz")
		if err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(began) > time.Minute {
			b.Fatal("not ready after a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	ready = time.Since(began)
	for _, at := range []string{"127.0.0.1:18080", "127.0.0.1:18081"} {
		visits(b, at, 8, 2000, func(v *visitor, _ int) error {
			_, err := v.get("/", "")
			return err
		})
	}
	held = resident(b, strconv.Itoa(run.Process.Pid))
	cancel()
	_ = run.Wait() // it says only that it was told to end
	return ready, held
}

// resident is how many MB of memory a process holds.
func resident(b *testing.B, pid string) float64 {
	b.Helper()
	f, err := os.Open("/proc/" + pid + "/status")
	must(b, err)
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			var kb float64
			_, err := fmt.Sscanf(rest, "%f kB", &kb)
			must(b, err)
			return kb / 1024
		}
	}
	return 0
}
