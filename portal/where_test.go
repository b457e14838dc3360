package portal_test

import "testing"

func (w *town) begun() *visitor {
	w.t.Helper()
	return w.visitor().get("/file").send("/file", map[string]string{"consent": "yes"}).at("/file/where")
}

func TestScenario10_1_AnAreaWithoutPilotLeadsToOpenDoors(t *testing.T) {
	w := newTown(t)
	v := w.begun()
	v.send("", map[string]string{"area": "990201"}).at("/file/where/990201")
	v.sees("main", "临河县委组织部还没有开通", "0000-1000201", "临河县河滨路2号", "云川省委组织部")
	if v.doc.Find(`a[href="tel:00001000201"]`).Length() != 1 {
		t.Error("the telephone cannot be tapped")
	}
	v.send("/file/where", nil).at("/file/what")
	v.send("", map[string]string{"purpose": "1"}).send("", map[string]string{"title": "建议", "facts": "建议增加夜间接待时间。"})
	v.send("", map[string]string{"named": "no"}).get("/file/check").sees(".sum", "临河县", "云川省委组织部")
	v.submit().at("/file/done")
	if f := firstOf(w).Filing; f.Unit != "990000" || f.Area != "990201" {
		t.Errorf("sent to %s for %s", f.Unit, f.Area)
	}
}

func TestTheNearestOpenOfficeIsOffered(t *testing.T) {
	v := newTown(t).begun()
	v.send("", map[string]string{"area": "990103"}).at("/file/where/990103").sees("main", "或者网上提交给江州市委组织部")
	// Only the nearest may be taken instead, not any that somebody names.
	v.send("/file/where", map[string]string{"unit": "990000"}).at("/file/where/990103")
}

func TestAnAreaMustBeChosen(t *testing.T) {
	v := newTown(t).begun()
	v.send("", nil).refused("area", "选事情发生的地方")
	v.send("", map[string]string{"area": "999999"}).refused("area", "选事情发生的地方")
	v.get("/file/where/999999")
	if v.status != 404 {
		t.Errorf("an unknown unit: %d", v.status)
	}
}
