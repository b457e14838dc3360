package petition

// What makes a unit's work weak enough in a quarter that the unit above is asked to help it
// (薄弱单位, scenario 12.3; the numbers are ours): rates alone, never how much comes, and
// only where enough fell due that a rate says something.
const (
	weakLeast    = 5  // answers due, or matters judged
	weakAnswers  = 80 // percent of answers in time below which it is
	weakRepeated = 20 // percent of repeats above which it is
)

// Weakness is an indicator that is too low, or too high.
type Weakness struct {
	What Indicator
	Tally
}

// Weaknesses are what a unit's figures of a quarter show; none where its work is sound.
func Weaknesses(f Figures) []Weakness {
	var all []Weakness
	if t := f.Of(AnswersInTime); t.Den >= weakLeast && 100*t.Num < weakAnswers*t.Den {
		all = append(all, Weakness{AnswersInTime, t})
	}
	if t := f.Of(RepeatShare); t.Den >= weakLeast && 100*t.Num > weakRepeated*t.Den {
		all = append(all, Weakness{RepeatShare, t})
	}
	return all
}

// QuarterBefore is the last quarter that has ended.
func QuarterBefore(day string) Period {
	at, err := ParseDay(day)
	if err != nil {
		return ""
	}
	return periodAt(at, 3).Before()
}

// After is the period of the same length after it.
func (p Period) After() Period {
	begin, months, err := p.begin()
	if err != nil {
		return ""
	}
	return periodAt(begin.AddDate(0, months, 0), months)
}
