package petition

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func eventsOf(t tester) []Event {
	return filed(t, town, PurposeRequest, "2026-03-02").
		do(headOf(town), Act{Action: Refer, To: county}).
		do(unitHeadOf(county), Act{Action: Accept}).do(handlerAt(county), Act{Action: Start}).
		toServed(county).c.Events
}

// chainOf stores events the way a database would.
func chainOf(t tester, es []Event, sealed bool) ([]Chained, [][]byte) {
	var links []Chained
	var bodies [][]byte
	var previous [32]byte
	for i, e := range es {
		env, body, err := Encode(ID{7}, e, sealed, [32]byte{byte(i), 1})
		if err != nil {
			t.Fatal(err)
		}
		commitment, err := Commitment(body)
		if err != nil {
			t.Fatal(err)
		}
		previous = env.Hash(commitment, previous)
		links, bodies = append(links, Chained{env, commitment, previous}), append(bodies, body)
	}
	return links, bodies
}

func TestChainRoundTrip(t *testing.T) {
	es := eventsOf(t)
	for _, sealed := range []bool{false, true} {
		links, bodies := chainOf(t, es, sealed)
		var again []Event
		for i, l := range links {
			e, err := Decode(l.Envelope, bodies[i])
			if err != nil {
				t.Fatal(err)
			}
			again = append(again, e)
		}
		if a, b := asJSON(t, es), asJSON(t, again); !bytes.Equal(a, b) {
			t.Errorf("sealed %v:\n%s\n%s", sealed, a, b)
		}
		if n := VerifyChain(links); n != 0 {
			t.Errorf("link %d does not hold", n)
		}
	}
}

func asJSON(t tester, v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// In a sealed matter no unit, target, code, ground or outcome is in plain.
func TestSealedEnvelopeSaysNothing(t *testing.T) {
	links, _ := chainOf(t, eventsOf(t), true)
	for _, l := range links {
		env := l.Envelope
		if env.Unit != "" || env.To != "" || env.Topic != "" || env.Ground != "" || env.Outcome != "" {
			t.Errorf("%+v", env)
		}
	}
}

// Whatever is changed in whatever link, the chain shows which.
func TestChainFindsEveryChange(t *testing.T) {
	es := eventsOf(t)
	changes := map[string]func(l *Chained){
		"case":       func(l *Chained) { l.Envelope.Case[0]++ },
		"number":     func(l *Chained) { l.Envelope.N++ },
		"instant":    func(l *Chained) { l.Envelope.At = l.Envelope.At.Add(time.Microsecond) },
		"action":     func(l *Chained) { l.Envelope.Action += "x" },
		"leg":        func(l *Chained) { l.Envelope.Leg++ },
		"kind":       func(l *Chained) { l.Envelope.By += "x" },
		"staff":      func(l *Chained) { l.Envelope.Staff[3]++ },
		"unit":       func(l *Chained) { l.Envelope.Unit += "1" },
		"to":         func(l *Chained) { l.Envelope.To += "1" },
		"moved":      func(l *Chained) { l.Envelope.Unit, l.Envelope.To = "", l.Envelope.Unit+l.Envelope.To+"1" },
		"topic":      func(l *Chained) { l.Envelope.Topic += "1" },
		"ground":     func(l *Chained) { l.Envelope.Ground += "1" },
		"outcome":    func(l *Chained) { l.Envelope.Outcome += "1" },
		"sealed":     func(l *Chained) { l.Envelope.Sealed = !l.Envelope.Sealed },
		"commitment": func(l *Chained) { l.Commitment[31]++ },
		"hash":       func(l *Chained) { l.Hash[0]++ },
	}
	for what, change := range changes {
		for i := range es {
			links, _ := chainOf(t, es, false)
			change(&links[i])
			if n := VerifyChain(links); n == 0 || n > i+2 {
				t.Errorf("%s of event %d: link %d", what, i+1, n)
			}
		}
	}
	links, _ := chainOf(t, es, false)
	if VerifyChain(append(links[:2:2], links[3:]...)) != 3 {
		t.Error("a missing event is not found")
	}
}

// A body that was changed has another commitment, and one that says something else
// than its envelope does not open.
func TestBodyIsBound(t *testing.T) {
	links, bodies := chainOf(t, eventsOf(t), false)
	changed := bytes.Replace(bodies[2], []byte(`"refer"`), []byte(`"refus"`), 1)
	if got, err := Commitment(changed); err != nil || got == links[2].Commitment {
		t.Errorf("commitment unchanged, %v", err)
	}
	_, err := Decode(links[2].Envelope, changed)
	wantRefusal(t, err, Invalid, "error.bad_event")
	for _, broken := range []string{"", "{", `{"salt":"AAA="}`, "null"} {
		_, err := Decode(links[2].Envelope, []byte(broken))
		wantRefusal(t, err, Invalid, "error.bad_event")
		_, err = Commitment([]byte(broken))
		wantRefusal(t, err, Invalid, "error.bad_event")
	}
}

// Two equal events have different commitments, for their salts differ.
func TestSaltHidesShortBodies(t *testing.T) {
	e := Event{N: 1, At: noon(t, "2026-03-02"), By: Petitioner, Act: Act{Action: Withdraw}}
	seen := map[[32]byte]bool{}
	for i := range 100 {
		_, body, err := Encode(ID{1}, e, true, [32]byte{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		c, err := Commitment(body)
		if err != nil || seen[c] {
			t.Fatalf("the same commitment twice, %v", err)
		}
		seen[c] = true
	}
}

func TestAnyEventRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		act := anyAct(t)
		act.Text = rapid.String().Draw(t, "text")
		e := Event{N: rapid.IntRange(1, 99).Draw(t, "n"), At: noonOf("2026-03-02").UTC(), By: handlerAt(county), Act: act}
		env, body, err := Encode(ID{2}, e, rapid.Bool().Draw(t, "sealed"), [32]byte{9})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(env, body)
		if err != nil || !reflect.DeepEqual(got.By, e.By) || got.Act.Text != e.Act.Text || got.N != e.N {
			t.Fatalf("%+v: %v", got, err)
		}
	})
}
