package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// visitor is one connection that is kept open, and as little of a client as answers
// can be read with, so that what is measured is the server: the limits and the real
// pages are asked through the same one, in the same process.
type visitor struct {
	line net.Conn
	in   *bufio.Reader
	out  bytes.Buffer
	head []byte
	body []byte
}

// answer is what came back; it holds until the next question.
type answer struct {
	status int
	head   []byte // every line with its end
	body   []byte
}

func visit(b testing.TB, address string) *visitor {
	line, err := new(net.Dialer).DialContext(b.Context(), "tcp", address)
	must(b, err)
	return &visitor{line: line, in: bufio.NewReaderSize(line, 64<<10)}
}

func (v *visitor) close() { _ = v.line.Close() }

// get asks for a page; headers are whole lines, each with its line end.
func (v *visitor) get(path, headers string) (answer, error) {
	return v.ask("GET", path, headers, "")
}

// post sends a form.
func (v *visitor) post(path, headers string, form url.Values) (answer, error) {
	return v.ask("POST", path, headers+"Content-Type: application/x-www-form-urlencoded\r\n", form.Encode())
}

func (v *visitor) ask(method, path, headers, body string) (answer, error) {
	v.out.Reset()
	v.out.WriteString(method + " " + path + " HTTP/1.1\r\nHost: bench\r\n" + headers)
	if body != "" {
		v.out.WriteString("Content-Length: " + strconv.Itoa(len(body)) + "\r\n")
	}
	v.out.WriteString("\r\n" + body)
	if _, err := v.line.Write(v.out.Bytes()); err != nil {
		return answer{}, err
	}
	return v.read()
}

// read takes an answer whose length is said, or that comes in chunks.
func (v *visitor) read() (answer, error) {
	v.head, v.body = v.head[:0], v.body[:0]
	for {
		line, err := v.in.ReadSlice('\n')
		if err != nil {
			return answer{}, err
		}
		if len(line) <= 2 {
			break
		}
		v.head = append(v.head, line...)
	}
	a := answer{head: v.head}
	var err error
	if a.status, err = strconv.Atoi(string(v.head[len("HTTP/1.1 "):][:3])); err != nil {
		return answer{}, err
	}
	if length := a.header("Content-Length"); length != "" {
		err = v.readBody(length, 10)
	} else if a.header("Transfer-Encoding") == "chunked" {
		err = v.readChunks()
	}
	a.body = v.body
	return a, err
}

func (v *visitor) readBody(length string, base int) error {
	n, err := strconv.ParseUint(length, base, 31)
	if err != nil {
		return err
	}
	had := len(v.body)
	v.body = append(v.body, make([]byte, n)...)
	_, err = io.ReadFull(v.in, v.body[had:])
	return err
}

func (v *visitor) readChunks() error {
	for {
		line, err := v.in.ReadString('\n')
		if err != nil {
			return err
		}
		size := strings.TrimRight(line, "\r\n")
		if err := v.readBody(size, 16); err != nil {
			return err
		}
		if _, err := v.in.Discard(2); err != nil || size == "0" {
			return err
		}
	}
}

// header is the value of the first header line of the name; "" if there is none.
func (a answer) header(name string) string {
	_, rest, ok := bytes.Cut(a.head, []byte("\n"+name+": "))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte("\r"))
	return string(value)
}

// want fails unless the answer has the status, and the text somewhere in it.
func (a answer) want(status int, text string) error {
	if a.status != status || !bytes.Contains(a.body, []byte(text)) {
		return fmt.Errorf("wanted %d with %q: %s%.300s", status, text, a.head, a.body)
	}
	return nil
}

// between is the text of the body after one mark and before the next quotation mark.
func (a answer) between(mark string) (string, error) {
	_, rest, ok := bytes.Cut(a.body, []byte(mark))
	text, _, closed := bytes.Cut(rest, []byte(`"`))
	if !ok || !closed {
		return "", fmt.Errorf("no %s in the page", mark)
	}
	return string(text), nil
}

// cookie is what the answer set, as a header line for the next question.
func (a answer) cookie(name string) (string, error) {
	_, rest, ok := bytes.Cut(a.head, []byte("\nSet-Cookie: "+name+"="))
	value, _, _ := bytes.Cut(rest, []byte(";"))
	if !ok {
		return "", fmt.Errorf("no cookie %s: %s", name, a.head)
	}
	return "Cookie: " + name + "=" + string(value) + "\r\n", nil
}

// pace is how much was done, how fast, and how long one took.
type pace struct {
	perSecond float64
	processor time.Duration   // of all cores for one, client included
	took      []time.Duration // sorted
}

// at is the time within which such a part of the turns was done.
func (p pace) at(part float64) time.Duration {
	if len(p.took) == 0 {
		return 0
	}
	return p.took[min(len(p.took)-1, int(part*float64(len(p.took))))]
}

// together takes turns from many goroutines until n are done; turn is told which.
func together(b testing.TB, workers, n int, turn func(worker, i int) error) pace {
	b.Helper()
	var next atomic.Int64
	var failed atomic.Pointer[error]
	took := make([]time.Duration, n)
	began, used := time.Now(), processor()
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for failed.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				start := time.Now()
				if err := turn(w, i); err != nil {
					failed.Store(&err)
					return
				}
				took[i] = time.Since(start)
			}
		})
	}
	all.Wait()
	lasted := time.Since(began)
	if err := failed.Load(); err != nil {
		b.Fatal(*err)
	}
	slices.Sort(took)
	return pace{float64(n) / lasted.Seconds(), (processor() - used) / time.Duration(n), took}
}

// visits is together over HTTP: each worker keeps its own connection.
func visits(b testing.TB, address string, conns, n int, turn func(v *visitor, i int) error) pace {
	b.Helper()
	all := make([]*visitor, conns)
	for i := range all {
		all[i] = visit(b, address)
		defer all[i].close()
	}
	return together(b, conns, n, func(worker, i int) error { return turn(all[worker], i) })
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func sorted(took []time.Duration) pace { return pace{took: slices.Sorted(slices.Values(took))} }

// processor is how much of all cores' time the process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
