package petition

// Right tells whether the clock limits a right of the petitioner, not a duty of ours.
func (k ClockKind) Right() bool { return k == ReviewClock || k == ReReviewClock }

// ClockKind names a clock of domain §2.1.
type ClockKind string

const (
	NoticeClock    ClockKind = "K2"  // 告知: 15 days, Art. 23
	ObjectionClock ClockKind = "K3"  // 异议: 5 working days, Art. 23
	HandlingClock  ClockKind = "K4"  // 办理: 60 days, Art. 34; with K4x up to 30 more
	ReviewClock    ClockKind = "K5"  // 请求复查: 30 days from service, Art. 35
	ReportClock    ClockKind = "K9"  // 交办反馈: set by the assigner, Art. 22
	PromiseClock   ClockKind = "P60" // 承诺: house target for advice and enquiries

	ReviewOpinionClock   ClockKind = "K6"  // 复查意见: 30 days from the request, Art. 35
	ReReviewClock        ClockKind = "K7"  // 请求复核: 30 days from service, Art. 36
	ReReviewOpinionClock ClockKind = "K8"  // 复核意见: 30 days, hearings not counted, Art. 36
	SimpleClock          ClockKind = "K11" // 简易办理答复: 10 working days, 国信发〔2016〕8号
	ReviewTakenClock     ClockKind = "K12" // 复查受理: only where local rules set it
	CadreUpClock         ClockKind = "C5"  // 报上级: 5 working days
	CadreTakenClock      ClockKind = "K13" // 实名举报受理告知: 15 working days
	CadreToldClock       ClockKind = "K14" // 实名举报结果反馈: 15 working days
	InquiryClock         ClockKind = "C15" // 函询回复: 15 working days
	VerifyClock          ClockKind = "CV"  // 核查期限: the day that was set

	ExecutionClock ClockKind = "KX" // 执行: the day that the opinion names
)
