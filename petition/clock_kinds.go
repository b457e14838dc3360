package petition

// ClockKind names a clock of domain §2.1.
type ClockKind string

const (
	NoticeClock    ClockKind = "K2"  // 告知: 15 days, Art. 23
	ObjectionClock ClockKind = "K3"  // 异议: 5 working days, Art. 23
	HandlingClock  ClockKind = "K4"  // 办理: 60 days, Art. 34; with K4x up to 30 more
	ReviewClock    ClockKind = "K5"  // 请求复查: 30 days from service, Art. 35
	ReportClock    ClockKind = "K9"  // 交办反馈: set by the assigner, Art. 22
	PromiseClock   ClockKind = "P60" // 承诺: house target for advice and enquiries
)
