package web

import (
	"context"
	"log/slog"
	"time"
)

// Every does a job now and then at each interval until the context ends. A failure is
// logged, and the job tried again at the next interval.
func Every(ctx context.Context, log *slog.Logger, name string, interval time.Duration, job func(context.Context, time.Time) error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := job(ctx, time.Now()); err != nil && ctx.Err() == nil {
			log.Error(name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
