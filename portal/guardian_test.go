package portal_test

import "testing"

var guardian = map[string]string{"as": "guardian", "name": "周桂英", "mobile": "19000000123", "id_type": "resident",
	"id_number": "11010519491231002X", "region": "990102", "address": "青溪区桥头街道1号"}

// The minor is the petitioner, and the guardian the one to be reached.
func TestAGuardianFilesForAMinor(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").send("", guardian).at("/file/guardian")
	v.send("", nil).refused("name", "姓名").refused("relation", "关系")
	v.send("", map[string]string{"name": "周小雨", "relation": "other"}).refused("other", "什么关系")
	v.send("", map[string]string{"relation": "mother", "id_type": "resident", "id_number": "11010519491231002X"}).refused("id_number", "已满18周岁")
	v.send("", map[string]string{"id_number": "110105201801010011"}).at("/file/guardian").refused("id_number", "最后一位")
	v.send("", map[string]string{"id_number": "11010520180101001" + checkDigit("11010520180101001")}).at("/file/files")
	v.get("/file/check").sees(".sum", "周桂英", "周小雨", "监护人：母亲").submit().at("/file/done")
	f := firstOf(w).Filing
	if !f.Guardian || f.Person.Name != "周小雨" || f.Person.Mobile != "19000000123" || f.Person.Address == "" ||
		f.Agent == nil || f.Agent.Name != "周桂英" || f.AgentRelation != "监护人：母亲" {
		t.Errorf("%+v for %+v", f.Agent, f.Person)
	}
}

func TestAChildBelowFourteenDoesNotFileAlone(t *testing.T) {
	w := newTown(t)
	number := "11010520180101001" + checkDigit("11010520180101001")
	you := map[string]string{"name": "周小雨", "mobile": "19000000123", "id_type": "resident", "id_number": number, "region": "990102", "address": "青溪区"}
	v := w.introduced("22").send("", you)
	v.refused("as", "由监护人提出")
	v.send("", map[string]string{"as": "guardian", "name": "周桂英", "id_number": ""}).at("/file/guardian")
}

// checkDigit is the last character of a resident's number (ISO 7064 MOD 11-2).
func checkDigit(first string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(first[i]-'0')
	}
	return "10X98765432"[sum%11 : sum%11+1]
}
