package officedb

import (
	"strings"
	"testing"

	"huiyin/petition"
)

// A question waits for the audit administrator of the unit and of those above, not for one
// elsewhere; sealed up or barred it is not there; answered it waits no more.
func TestViewRequestsWaitForTheirAuditor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		_, err := w.s.Reveal(t.Context(), w.who(county, petition.Registrar), id, "to call back", w.now)
		w.must(err)
		w.said(id, petition.Act{Action: petition.AskViews, Text: "who?"})
		sealed := w.registered(county, "a report in truth")
		w.said(sealed, petition.Act{Action: petition.AskViews, Text: "who?"})
		w.do(w.who(county, petition.Registrar), sealed, petition.Act{Action: petition.SealUp, Reason: "a report"})
		for unit, want := range map[petition.UnitID]int{county: 1, city: 1, prov: 1, county2: 0} {
			rows, err := w.s.ViewRequests(t.Context(), w.who(unit, petition.AuditAdmin))
			if err != nil || len(rows) != want {
				t.Errorf("%s: %+v, %v", unit, rows, err)
			}
		}
		auditor := w.who(city, petition.AuditAdmin)
		_, err = w.s.ViewRequest(t.Context(), w.who(county2, petition.AuditAdmin), id)
		w.want(err, petition.NotFound)
		_, err = w.s.ViewRequest(t.Context(), auditor, sealed)
		w.want(err, petition.NotFound)
		_, err = w.s.ViewRequests(t.Context(), w.who(county, petition.Registrar))
		w.want(err, petition.NotFound)
		req, err := w.s.ViewRequest(t.Context(), auditor, id)
		w.must(err)
		if len(req.Looks) != 1 || req.Looks[0].Purpose != "to call back" || len(req.Looks[0].Posts) != 1 || strings.Join(req.Words, "") != "who?" {
			t.Errorf("%+v", req)
		}
		w.want(w.s.AnswerViews(t.Context(), auditor, id, req.Version-1, "once", w.now), petition.Conflict)
		w.want(w.s.AnswerViews(t.Context(), auditor, id, req.Version, " ", w.now), petition.Invalid)
		w.must(w.s.AnswerViews(t.Context(), auditor, id, req.Version, "looked at once, by a registrar", w.now))
		rows, err := w.s.ViewRequests(t.Context(), auditor)
		if err != nil || len(rows) != 0 {
			t.Errorf("after the answer: %+v, %v", rows, err)
		}
		steps := w.folder(id).Steps
		if last := steps[len(steps)-1]; last.Key != "step.views_answered" || last.Text != "looked at once, by a registrar" {
			t.Errorf("the petitioner reads %+v", last)
		}
		w.said(id, petition.Act{Action: petition.AskViews, Text: "and since?"})
		w.must(w.s.Exclude(t.Context(), id, auditor.Staff, w.now))
		_, err = w.s.ViewRequest(t.Context(), auditor, id)
		w.want(err, petition.NotFound)
		w.must(w.s.Verify(t.Context()))
		w.sound()
	})
}
