package portal

import (
	"crypto/sha256"
	"net/netip"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
)

// Limits bound how often one client, or one code, may try something within a window.
// A client is a keyed hash of its address under the day's key; the address is kept
// nowhere.
type Limits struct {
	Window  time.Duration // default 15 minutes
	LookUps int           // look-ups per client of codes that its browser does not hold; default 30
	Code    int           // such look-ups of one code; default 15
	Drafts  int           // petitions begun per client; default 30
	Submits int           // submissions per client; default 30
	Files   int           // attachments per client; default 120
}

func (l Limits) withDefaults() Limits {
	set := func(n *int, v int) {
		if *n == 0 {
			*n = v
		}
	}
	if l.Window == 0 {
		l.Window = 15 * time.Minute
	}
	set(&l.LookUps, 30)
	set(&l.Code, 15)
	set(&l.Drafts, 30)
	set(&l.Submits, 30)
	set(&l.Files, 120)
	return l
}

// slow counts one more try of the client at what and fails with Throttled past most.
func (p *Portal) slow(c *gin.Context, what string, most int) error {
	return p.slowKey(c, what, []byte(clientOf(c.ClientIP())), most)
}

// slowKey is slow for something else than a client: a locator.
func (p *Portal) slowKey(c *gin.Context, what string, who []byte, most int) error {
	ctx, now := c.Request.Context(), p.now()
	key, err := p.store.DayKey(ctx, petition.Day(now))
	if err != nil {
		return err
	}
	bucket := exchange.Key(key).MAC("try "+what, who)
	n, err := p.store.Hit(ctx, bucket, p.limits.Window, now)
	if err != nil {
		return err
	}
	if n > most {
		minutes := int(p.limits.Window.Minutes())
		c.Header("Retry-After", strconv.Itoa(minutes*60))
		return &petition.Error{Kind: petition.Throttled, Key: "error.slow_down",
			Args: map[string]string{"n": strconv.Itoa(minutes), "phone": p.atlas.known().main().Phone}}
	}
	return nil
}

// clientOf is the part of an address that one subscriber has: all of IPv4, the first
// 64 bits of IPv6.
func clientOf(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		sum := sha256.Sum256([]byte(address))
		return string(sum[:8])
	}
	a = a.Unmap()
	if a.Is4() {
		return a.String()
	}
	net, err := a.Prefix(64)
	if err != nil {
		return a.String()
	}
	return net.String()
}
