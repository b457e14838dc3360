package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// reportStep interrupts a report about a cadre (检举控告): it says who will read it
// and who never will, and asks whether it concerns the head of the very department
// that would receive it (domain §0.7).
var reportStep = &step{
	name: "report", number: 2, fields: []string{"head", "own"},
	asked: func(d *draft) bool { return d.track() == petition.Report },
	check: checkReport, view: viewReport, after: leadToPost,
}

// reportPart is what the page shows besides the form.
type reportPart struct {
	Unit   petition.Unit // that would receive it
	Above  petition.Unit // that would receive it instead
	Sealed bool          // Above can be sealed to
	Heads  []web.Option
	Over   bool // of retaliation: it passes over Unit
	Owns   []web.Option
}

func viewReport(v *visit) any {
	part := reportPart{Unit: v.unit()}
	part.Above, part.Sealed = v.world.above(part.Unit.ID)
	part.Heads = []web.Option{
		{Value: "no", Label: v.say("file.report.head.no")},
		{Value: "yes", Label: v.say("file.report.head.yes", "unit", part.Unit.Name)},
	}
	part.Over = passesOver(v.world, v.draft)
	part.Owns = []web.Option{
		{Value: "no", Label: v.say("file.report.own.no")},
		{Value: "yes", Label: v.say("file.report.own.yes", "unit", part.Unit.Name)},
	}
	return part
}

// unit is the receiving unit of the draft.
func (v *visit) unit() petition.Unit {
	u, _ := receiver(v.world, v.draft.answer("where", "area"), v.draft.answer("where", "unit"))
	return u
}

// checkReport asks about the head. A report of retaliation is sealed above the unit
// without asking; only where nothing can be sealed above is it asked whether that unit's
// own people are meant.
func checkReport(v *visit) {
	if passesOver(v.world, v.draft) {
		v.checkOwn()
		return
	}
	switch v.form.Get("head") {
	case "no":
	case "yes":
		if _, ok := v.world.above(v.unit().ID); !ok {
			v.form.Refuse("head", "wrong.no_unit_above")
		}
	default:
		v.form.Refuse("head", "wrong.head")
	}
}

func (v *visit) checkOwn() {
	if _, sealed := v.world.above(v.unit().ID); sealed {
		return
	}
	switch v.form.Get("own") {
	case "no":
	case "yes":
		v.form.Refuse("own", "wrong.no_unit_above")
	default:
		v.form.Refuse("own", "wrong.own")
	}
}

// leadToPost leads to the page with the postal way where the unit above cannot be
// sealed to: nothing has been typed yet.
func leadToPost(v *visit) string {
	field := "head"
	if passesOver(v.world, v.draft) {
		field = "own"
	}
	if v.form.Get(field) != "yes" {
		return ""
	}
	if _, ok := v.world.above(v.unit().ID); ok {
		return ""
	}
	return "/file/report/post"
}

// postPage names the postal way to the unit above.
type postPage struct {
	Unit  petition.Unit
	Above petition.Unit // zero where the directory does not know it
	Own   bool          // the unit's people are complained of, not its head
}

func (p *Portal) showPostOnly(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	d := draftOf(c)
	v := p.visit(c, w, &d.draft, reportStep, nil)
	page := postPage{Unit: v.unit(), Own: passesOver(w, &d.draft)}
	page.Above, _ = w.units.Unit(page.Unit.Parent)
	return p.site.Show(c, http.StatusOK, "post", page)
}
