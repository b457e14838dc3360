package petition

import "slices"

// FoldCadre makes the report that its events tell of. Events from before it was sealed
// (of an ordinary case that proved to be a report) are kept as they are. It fails with
// an Invalid error if the events of the compartment do not tell of a possible life.
func FoldCadre(id ID, unit UnitID, events []Event) (*CadreReport, error) {
	r := &CadreReport{ID: id, Unit: unit, State: CadreReceived}
	for _, e := range events {
		if err := r.apply(e); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *CadreReport) apply(e Event) error {
	a := e.Act.Action
	switch {
	case e.Act.Filing != nil:
		r.Filing, r.Received, r.Arrival = *e.Act.Filing, sentAt(e), e.Act.Arrival
	case a == Propose && e.Act.Proposed != nil && slices.Contains(CadreActions, e.Act.Proposed.Action):
		r.Pending = &CadreProposal{By: e.By, At: e.At, Act: *e.Act.Proposed}
	case a == CadreAgree && r.Pending != nil:
		r.Pending.Agreed = append(slices.Clone(r.Pending.Agreed), e.By.Staff)
	case a == CadreDisagree:
		r.Pending = nil
	case a == TakeOver: // nobody of the old unit's team has to find on it any more
		r.Team = nil
	case slices.Contains(CadreActions, a):
		move, ok := cadreMoves[r.State][a]
		if !ok {
			return badEvent()
		}
		r.take(e, move)
	}
	r.Events = append(r.Events, e)
	return nil
}

func (r *CadreReport) take(e Event, move cadreMove) {
	step := CadreStep{}
	if e.Act.Cadre != nil {
		step = *e.Act.Cadre
	}
	if move.To != "" {
		r.State = move.To
	}
	if move.Agreement > 0 {
		r.Pending = nil
	}
	switch e.Act.Action {
	case CadreRegister:
		r.Number, r.Reported = step.Number, step.Reported
	case ConfirmName:
		r.RealName = true
	case Dispose:
		r.Grade, r.Way, r.Team, r.Due = step.Grade, step.Way, step.Team, e.Act.Deadline
		r.State = wayStates[step.Way]
		if step.Way == WayInquire {
			r.Asked = e.At
		}
	case NoteAnswer:
		r.Answered = e.At
	case Find:
		r.Finding, r.Found = step.Finding, e.At
	case Measured:
		m := *step.Measure
		m.At = e.At
		r.Measures = append(r.Measures, m)
	case TellAccepted:
		r.Accepted = e.At
	case FeedBack:
		r.FedBack = e.At
	case ClearName:
		r.Clear = step.Clear
	}
}
