package attachment

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

// fakeClamd behaves as the daemon does: it reads a stream in pieces, hangs up on what is
// too large, and finds one signature.
type fakeClamd struct {
	most  int
	reply string // instead of a verdict; "-" hangs up, "..." never answers
}

const signature = "known-harmful-content"

func (d fakeClamd) serve(t *testing.T, network, address string) *Clamd {
	t.Helper()
	l, err := net.Listen(network, address)
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go d.answer(c)
		}
	}()
	client, err := ParseClamd(network + ":" + l.Addr().String())
	must(t, err)
	return client
}

func (d fakeClamd) answer(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	if command, err := r.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		io.WriteString(c, "UNKNOWN COMMAND\x00")
		return
	}
	var got bytes.Buffer
	for {
		var size [4]byte
		if _, err := io.ReadFull(r, size[:]); err != nil {
			return
		}
		n := int64(binary.BigEndian.Uint32(size[:]))
		if n == 0 {
			break
		}
		if got.Len()+int(n) > d.most {
			io.WriteString(c, "INSTREAM size limit exceeded. ERROR\x00")
			return
		}
		if _, err := io.CopyN(&got, r, n); err != nil {
			return
		}
	}
	switch {
	case d.reply == "-":
	case d.reply == "...":
		io.Copy(io.Discard, c)
	case d.reply != "":
		io.WriteString(c, d.reply)
	case strings.Contains(got.String(), signature):
		io.WriteString(c, "stream: Test.Known FOUND\x00")
	default:
		io.WriteString(c, "stream: OK\x00")
	}
}

func TestClamdFinds(t *testing.T) {
	for network, address := range map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "clamd.ctl")} {
		c := fakeClamd{most: 30 * mebibyte}.serve(t, network, address)
		harmful := append(noise(200_000), signature...)
		if found, err := c.Scan(context.Background(), bytes.NewReader(harmful)); err != nil || found != "Test.Known" {
			t.Errorf("%s: %q, %v", network, found, err)
		}
		for _, n := range []int{0, 1, scanPiece, scanPiece + 1, 20 * mebibyte} {
			if found, err := c.Scan(context.Background(), bytes.NewReader(noise(n))); err != nil || found != "" {
				t.Errorf("%s, %d bytes: %q, %v", network, n, found, err)
			}
		}
	}
}

// A scanner that cannot tell is a fault, never a clean bill.
func TestClamdFaults(t *testing.T) {
	for name, d := range map[string]fakeClamd{
		"too large": {most: 10}, "error": {most: mebibyte, reply: "stream: Can't allocate memory ERROR\x00"}, "hangs up": {most: mebibyte, reply: "-"},
		"nonsense": {most: mebibyte, reply: "OK\x00"}, "no name": {most: mebibyte, reply: "stream:  FOUND\x00"}, "never answers": {most: mebibyte, reply: "..."},
		"broken off": {most: mebibyte, reply: "stream: O"},
	} {
		c := d.serve(t, "tcp", "127.0.0.1:0")
		c.Timeout = 300 * time.Millisecond
		if found, err := c.Scan(context.Background(), bytes.NewReader(noise(1000))); err == nil {
			t.Errorf("%s: %q", name, found)
		}
	}
	c := &Clamd{Network: "unix", Address: filepath.Join(t.TempDir(), "nobody")}
	if _, err := c.Scan(context.Background(), bytes.NewReader(nil)); err == nil {
		t.Error("nobody there, and yet a verdict")
	}
	for _, bad := range []string{"", "tcp:", "/run/clamd", "http://x", "udp:1.2.3.4:5"} {
		if _, err := ParseClamd(bad); err == nil {
			t.Errorf("%q was taken for an address", bad)
		}
	}
}

func TestTakeAsksTheScanner(t *testing.T) {
	clamd := fakeClamd{most: mebibyte}.serve(t, "tcp", "127.0.0.1:0")
	s := store{}
	_, err := take(t, s, "a.txt", []byte("see "+signature), Limits{Scanner: clamd})
	wantFlaw(t, "a.txt", err, harmful)
	if _, err := take(t, store{}, "a.txt", []byte("good"), Limits{Scanner: clamd}); err != nil {
		t.Errorf("good file: %v", err)
	}
	_, err = take(t, s, "a.txt", []byte("good"), Limits{Scanner: &Clamd{Network: "tcp", Address: "127.0.0.1:1", Timeout: time.Second}})
	var e *petition.Error
	if !errors.As(err, &e) || e.Kind != petition.Unavailable || e.Key != unscanned {
		t.Errorf("scanner away: %v", err)
	}
	if len(s) != 0 {
		t.Error("something was stored")
	}
}
