package officedb

import (
	"crypto/rand"
	"time"

	"huiyin/petition"
)

// newID makes an id that sorts after those made before.
func newID(now time.Time) (petition.ID, error) { return petition.MakeID(now, rand.Reader) }
