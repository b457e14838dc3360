package demo

import (
	"fmt"
	"testing"
	"time"

	"huiyin/petition"
)

var today = time.Date(2026, 11, 22, 10, 0, 0, 0, petition.Shanghai)

func TestScratch(t *testing.T) {
	s := World(200, 1, today)
	states := map[petition.State]int{}
	n := 0
	for c, err := range s.All() {
		if err != nil {
			t.Fatal(err)
		}
		n++
		f, err := petition.Fold(c.ID, c.Events)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range f.Legs {
			states[l.State]++
		}
		if n < 12 {
			fmt.Println(f.Number, f.Filing.Title, f.Legs[0].State, len(f.Events), f.Filing.Person.Name, f.Filing.Person.Address)
		}
	}
	fmt.Println(n, states)
}
