package notifier

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// messages is what /metrics shows: how many messages stand where, those of sealed reports
// left out.
var messages = promauto.NewGaugeVec(prometheus.GaugeOpts{
	Name: "huiyin_news_messages",
	Help: "Messages that tell of news, by way and state; refused and failed wait for nobody any more.",
}, []string{"way", "state"})

func measure(counts []Count) {
	messages.Reset()
	for _, c := range counts {
		messages.WithLabelValues(string(c.Way), string(c.State)).Set(float64(c.N))
	}
}
