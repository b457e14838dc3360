package petition

// Indicator is one measure of domain §3.9. Its figure for a unit and a period is the sum
// of the marks that the unit's legs left on days of the period; what it counts, and of
// what, stands in the catalogues under "indicator.<name>.of". Denominators are what was
// due in the period, not what came in it.
type Indicator string

const (
	NoticesInTime  Indicator = "notice"    // 及时受理率
	PassedInTime   Indicator = "passed"    // 转送交办及时率
	AnswersInTime  Indicator = "answer"    // 按期答复率
	ClosedInTime   Indicator = "close"     // 按期办结率
	DoneOnce       Indicator = "once"      // 一次性办结率
	NeverAgain     Indicator = "resolved"  // 一次性化解率
	OfficeLiked    Indicator = "office"    // 群众满意率（信访部门）
	UnitLiked      Indicator = "unit"      // 群众满意率（责任单位）
	RatedAtAll     Indicator = "rated"     // 参评率
	RepeatShare    Indicator = "repeat"    // 重复信访率
	FirstShare     Indicator = "first"     // 初次占比: what is left of it
	ObjectionShare Indicator = "objection" // 异议率
	ExtendedShare  Indicator = "extension" // 延期率
	SentBackShare  Indicator = "returned"  // 审核退回率
	OnlineShare    Indicator = "online"    // 网上信访占比
	MeanDays       Indicator = "days"      // 平均办理天数
	OverdueStock   Indicator = "overdue"   // 超期未了
	Items          Indicator = "items"     // 来信、网上、来电等，件次
	Visits         Indicator = "visits"    // 来访，批次
	Visitors       Indicator = "visitors"  // 来访，人次
	GroupVisits    Indicator = "groups"    // 集体访，批次
	GroupVisitors  Indicator = "grouped"   // 集体访，人次
	JointItems     Indicator = "joint"     // 联名件，件次
)

// Reckoning is how an indicator's marks make its figure.
type Reckoning int

const (
	ByShare Reckoning = iota // numerator ÷ denominator
	ByMean                   // sum ÷ number
	ByCount                  // sum
	ByStock                  // sum of all days up to the end of the period: what comes less what goes
)

// Indicators lists them in the order in which pages show them.
var Indicators = []Indicator{NoticesInTime, PassedInTime, AnswersInTime, ClosedInTime, MeanDays, OverdueStock,
	DoneOnce, NeverAgain, RepeatShare, FirstShare, OfficeLiked, UnitLiked, RatedAtAll,
	ObjectionShare, ExtendedShare, SentBackShare, OnlineShare,
	Items, JointItems, Visits, Visitors, GroupVisits, GroupVisitors}

// Reckoned tells how it is reckoned.
func (i Indicator) Reckoned() Reckoning {
	switch i {
	case MeanDays:
		return ByMean
	case OverdueStock:
		return ByStock
	case Items, Visits, Visitors, GroupVisits, GroupVisitors, JointItems:
		return ByCount
	}
	return ByShare
}

// Tally is the sum of marks: of a share its numerator and denominator, of a mean the sum
// and how many, of a count or a stock the sum.
type Tally struct {
	Num int `json:"num"`
	Den int `json:"den,omitempty"`
}

// Add counts others too.
func (t Tally) Add(o Tally) Tally { return Tally{t.Num + o.Num, t.Den + o.Den} }

// Figures are what the indicators of a unit come to.
type Figures map[Indicator]Tally

// Marked is the indicator whose marks make this one's figure.
func (i Indicator) Marked() Indicator {
	if i == FirstShare {
		return RepeatShare
	}
	return i
}

// Of is an indicator's tally; FirstShare is what RepeatShare leaves.
func (f Figures) Of(i Indicator) Tally {
	if i == FirstShare {
		repeat := f[RepeatShare]
		return Tally{repeat.Den - repeat.Num, repeat.Den}
	}
	return f[i]
}

// Add counts others too.
func (f Figures) Add(o Figures) {
	for i, t := range o {
		f[i] = f[i].Add(t)
	}
}
