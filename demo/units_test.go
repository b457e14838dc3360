package demo

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"huiyin/petition"
)

func TestOneProvinceTwoCitiesSixCounties(t *testing.T) {
	tree := petition.NewUnits(Units())
	levels := map[petition.Level]int{}
	zeros := regexp.MustCompile(`^0000-00000\d\d$`)
	var pilots, without int
	for _, u := range Units() {
		levels[u.Level]++
		if u.Pilot {
			pilots++
		}
		if !u.LettersHandler && u.Room == "" {
			without++
		}
		if !strings.HasPrefix(string(u.ID), "99") || !zeros.MatchString(u.Phone) || u.Postcode != "000000" {
			t.Errorf("%s could be real: %s %s", u.ID, u.Phone, u.Postcode)
		}
		if up := tree.Above(u.ID); len(up) > 0 && !u.Within(up[0]) {
			t.Errorf("%s: path %s is not below %s", u.ID, u.Path, up[0].Path)
		}
		if u.Sign == "" || u.Name == "" || u.Short == "" || u.Hours == "" {
			t.Errorf("%s is not complete", u.ID)
		}
	}
	if levels[petition.Province] != 1 || levels[petition.City] != 2 || levels[petition.County] != 6 {
		t.Errorf("levels %v", levels)
	}
	if pilots != 4 || without != 1 {
		t.Errorf("%d pilots, %d without anybody for letters", pilots, without)
	}
	if _, ok := tree.NearestPilot("990221"); ok {
		t.Error("one county should have no online unit above it")
	}
	if u, _ := tree.NearestPilot("990122"); u.ID != "990100" {
		t.Errorf("the nearest online unit of 990122 is %s", u.ID)
	}
}

func TestEveryRoleAtEveryUnit(t *testing.T) {
	everywhere := []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead,
		petition.Leader, petition.CadreSupervisor, petition.ClosingAuditor}
	for _, u := range Units() {
		held := map[petition.Role]bool{}
		for _, a := range Staff() {
			if a.Unit != u.ID {
				continue
			}
			for _, role := range a.Roles {
				held[role] = true
			}
			if a.Is(petition.ClosingAuditor) && a.Is(petition.Handler, petition.UnitHead) {
				t.Errorf("%s would audit his own cases", a.Login)
			}
		}
		for _, role := range everywhere {
			if !held[role] {
				t.Errorf("%s has no %s", u.ID, role)
			}
		}
	}
}

func TestAccountsAreTheirOwn(t *testing.T) {
	logins, ids := map[string]bool{}, map[petition.ID]bool{}
	admins := map[petition.Role]int{}
	for _, a := range Staff() {
		if logins[a.Login] || ids[a.ID] {
			t.Errorf("%s stands twice", a.Login)
		}
		logins[a.Login], ids[a.ID] = true, true
		for _, role := range a.Roles {
			if !slices.Contains(petition.Roles, role) {
				t.Errorf("%s: no role %s", a.Login, role)
			}
		}
		if a.Is(petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin) {
			if len(a.Roles) != 1 {
				t.Errorf("%s is an administrator and more", a.Login)
			}
			admins[a.Roles[0]]++
		} else if !slices.Contains(petition.Offices, a.Office) {
			t.Errorf("%s: no office %q", a.Login, a.Office)
		}
	}
	if len(admins) != 3 {
		t.Errorf("administrators %v", admins)
	}
}
