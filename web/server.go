package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"
)

// Face is one address to serve.
type Face struct {
	Name    string
	Address string
	Handler http.Handler
}

const (
	maxConnections = 12_000
	headerTime     = 5 * time.Second
	bodyTime       = 30 * time.Second
	answerTime     = 60 * time.Second
	idleTime       = 60 * time.Second
	drainTime      = 12 * time.Second
)

// Serve listens on every face until the context ends, then lets requests at work
// finish for up to 12 seconds. It fails at once if an address cannot be had.
func Serve(ctx context.Context, log *slog.Logger, ready func(addresses map[string]string), faces ...Face) error {
	addresses := map[string]string{}
	servers := make([]*http.Server, 0, len(faces))
	ended := make(chan error, len(faces))
	var lines []net.Listener
	for _, f := range faces {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", f.Address)
		if err != nil {
			closeAll(lines)
			return fmt.Errorf("%s cannot listen on %s (is another program using it? choose another address in the configuration): %w", f.Name, f.Address, err)
		}
		lines = append(lines, l)
		addresses[f.Name] = l.Addr().String()
		servers = append(servers, newServer(f.Handler, log))
	}
	for i, s := range servers {
		go func() { ended <- s.Serve(netutil.LimitListener(lines[i], maxConnections)) }()
	}
	saveCollecting()
	spareThread()
	if ready != nil {
		ready(addresses)
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-ended:
	}
	return errors.Join(ignoreClosed(err), drain(servers))
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime,
		WriteTimeout: answerTime, IdleTimeout: idleTime, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
}

func closeAll(lines []net.Listener) {
	for _, l := range lines {
		_ = l.Close()
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func drain(servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	var all error
	for _, s := range servers {
		all = errors.Join(all, s.Shutdown(ctx))
	}
	return all
}

// Health answers on the operator's own address: alive while the process runs, ready
// while what it needs answers and it is not draining; metrics beside them.
type Health struct {
	Ready    func(ctx context.Context) error
	draining atomic.Bool
}

// Drain makes /readyz refuse, so that a load balancer sends nobody new.
func (h *Health) Drain() { h.draining.Store(true) }

// Handler serves /livez, /readyz and /metrics.
func (h *Health) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if h.draining.Load() || h.Ready(ctx) != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.Handle("GET /metrics", promhttp.Handler())
	return mux
}
