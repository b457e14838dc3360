package officedb

import (
	"testing"
	"time"

	"huiyin/petition"
)

func TestAUnitsPaperTextsAreKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, kind := t.Context(), petition.AcceptanceNotice
		head := w.staff["530102/office_head"]
		w.must(w.s.SavePaperText(ctx, head, kind, 0, "# 甲\n{正文}𠮷", w.now))
		w.must(w.s.SavePaperText(ctx, head, kind, 1, "# 乙\n{正文}", w.now.Add(time.Hour)))
		w.want(w.s.SavePaperText(ctx, head, kind, 1, "# 丙", w.now.Add(time.Hour)), petition.Conflict)
		w.must(w.s.SavePaperText(ctx, head, kind, 2, "", w.now.Add(2*time.Hour)))
		for _, c := range []struct {
			unit petition.UnitID
			at   time.Duration
			want string
		}{{county, -time.Second, ""}, {county, 0, "# 甲\n{正文}𠮷"}, {county, time.Hour, "# 乙\n{正文}"}, {county, 3 * time.Hour, ""},
			{county2, time.Hour, ""}} {
			if got, err := w.s.PaperText(ctx, c.unit, kind, w.now.Add(c.at)); err != nil || got != c.want {
				t.Errorf("at %s after %v: %q %v", c.unit, c.at, got, err)
			}
		}
		all, err := w.s.PaperTexts(ctx, head)
		w.must(err)
		if len(all) != 3 || all[0].Version != 3 || all[0].Text != "" || all[2].Text != "# 甲\n{正文}𠮷" || all[1].Name != head.Name ||
			!all[1].At.Equal(w.now.Add(time.Hour)) {
			t.Errorf("history %+v", all)
		}
		other, err := w.s.PaperTexts(ctx, w.staff["530103/office_head"])
		if w.must(err); len(other) != 0 {
			t.Errorf("another unit reads %+v", other)
		}
		registrar := w.staff["530102/registrar"]
		_, err = w.s.PaperTexts(ctx, registrar)
		w.want(err, petition.NotFound)
		w.want(w.s.SavePaperText(ctx, registrar, kind, 3, "# 甲", w.now), petition.NotFound)
	})
}

// The letter to the other unit has a number of its own, in the series of the unit that
// writes it.
func TestALetterToAnotherUnitIsNumbered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(city, "theirs")
		w.do(w.who(city, petition.Registrar), id, referAct(county))
		c := w.do(w.who(city, petition.OfficeHead), id, petition.Act{Action: petition.Approve})
		for _, e := range c.Events {
			if e.Act.Action != petition.Refer {
				continue
			}
			if e.Act.Paper.Number != "D530100〔2026〕1号" || e.Act.Letter != "D530100〔2026〕2号" {
				t.Errorf("notice %q, letter %q", e.Act.Paper.Number, e.Act.Letter)
			}
			return
		}
		t.Error("not referred")
	})
}
