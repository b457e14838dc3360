package petition

// Law is a legal profile: every number with the article it comes from.
type Law struct {
	ID     string `json:"id"`    // "2022"
	Name   string `json:"name"`  // 信访工作条例
	From   string `json:"from"`  // first day in force
	Until  string `json:"until"` // last day in force; "" while it is
	Source string `json:"source"`

	ExcludeFirstDay bool `json:"exclude_first_day"` // the day of the event does not count
	RollEnd         bool `json:"roll_end"`          // unit duties too end on a working day

	Clocks     map[ClockKind]Limit  `json:"clocks"`
	Extension  Limit                `json:"extension"`   // K4x: at most
	RateDays   int                  `json:"rate_days"`   // window for rating after the reply
	RateChange int                  `json:"rate_change"` // days in which a rating may be changed once
	InfoDays   int                  `json:"info_days"`   // proposed time for a petitioner to complete
	Grounds    map[Ground]string    `json:"grounds"`     // article of each ground for refusal
	Papers     map[PaperKind]string `json:"papers"`      // article that each paper rests on
}

// Limit is a length of time by law.
type Limit struct {
	Days    int    `json:"days"`
	Working bool   `json:"working,omitempty"`
	Article string `json:"article"`
	House   bool   `json:"house,omitempty"` // our own promise
}

// Laws is every profile, oldest first.
type Laws []Law

// At is the profile in force on a day; the oldest for days before all of them.
func (ls Laws) At(day string) Law { return Law{} }

// Named finds a profile by its id.
func (ls Laws) Named(id string) (Law, bool) { return Law{}, false }

// DefaultLaws are the national profiles, 2005 and 2022.
func DefaultLaws() Laws { return nil }
