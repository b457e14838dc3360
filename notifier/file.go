package notifier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"huiyin/petition"
)

// fileGateway writes messages to a file instead of sending them: for demonstrations and
// for trying things out. Where to is left out.
type fileGateway struct {
	name string
	way  petition.NewsWay
}

// writing keeps two gateways from writing one file at once.
var writing sync.Mutex

// Send adds a line with the time, the way and the words.
func (g *fileGateway) Send(_ context.Context, m Outgoing) error {
	writing.Lock()
	defer writing.Unlock()
	f, err := os.OpenFile(g.name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return &Trouble{Why: "news-file cannot be written"}
	}
	_, err = fmt.Fprintf(f, "%s %s %q\n", time.Now().In(petition.Shanghai).Format("2006-01-02 15:04"), g.way, m.Subject+m.Text)
	if errors.Join(err, f.Close()) != nil {
		return &Trouble{Why: "news-file cannot be written"}
	}
	return nil
}
