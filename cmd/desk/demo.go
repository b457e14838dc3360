package desk

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"huiyin/demo"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

const (
	demoCases = 200
	demoSeed  = 32 // of 组通字〔2016〕32号
)

// LoadDemo fills an empty office with the invented world; in one that has units it
// does nothing.
func LoadDemo(ctx context.Context, store *officedb.Store, at Installation, out io.Writer) error {
	rules, err := store.Rules(ctx)
	if err != nil {
		return err
	}
	if len(rules.Units.All()) > 0 {
		return nil
	}
	fmt.Fprintln(out, "loading the demonstration world…")
	now := time.Now()
	world := demo.World(demoCases, demoSeed, now)
	cases, err := world.Collect()
	if err != nil {
		return fmt.Errorf("tell the demonstration world: %w", err)
	}
	if err := loadPeople(ctx, store, at, now); err != nil {
		return err
	}
	if err := wish(cases, store.NewsOffer()); err != nil {
		return err
	}
	if err := store.Load(ctx, Loaded(cases), now); err != nil {
		return fmt.Errorf("store the demonstration world: %w", err)
	}
	if err := store.ContinueSeries(ctx, world.Series()); err != nil {
		return err
	}
	if err := loadNotes(ctx, store, now); err != nil {
		return err
	}
	if err := loadIssues(ctx, store, now); err != nil {
		return err
	}
	if err := loadAnnuals(ctx, store, now); err != nil {
		return err
	}
	if err := loadRewards(ctx, store, cases, now); err != nil {
		return err
	}
	if err := loadReception(ctx, store, now); err != nil {
		return err
	}
	if err := loadPlans(ctx, store, now); err != nil {
		return err
	}
	if err := loadAnswers(ctx, store, cases, now); err != nil {
		return err
	}
	for _, g := range demo.GapSteps(cases, now) {
		if err := store.StepGap(ctx, g.By, g.Case, g.Seen, g.Step, g.At); err != nil {
			return fmt.Errorf("a gap in policy of the demonstration: %w", err)
		}
	}
	return publish(ctx, store, cases, now)
}

func loadPeople(ctx context.Context, store *officedb.Store, at Installation, now time.Time) error {
	units := demo.Units()
	for i := range units {
		units[i].Installation = string(at)
	}
	if err := store.SaveUnits(ctx, units, now); err != nil {
		return fmt.Errorf("units of the demonstration: %w", err)
	}
	if err := store.ImportPolicies(ctx, demo.Policies(), now); err != nil {
		return fmt.Errorf("policies of the demonstration: %w", err)
	}
	hash, err := store.HashPassword(ctx, demo.Password)
	if err != nil {
		return err
	}
	for _, a := range demo.Staff() {
		in := officedb.NewStaff{ID: a.ID, Login: a.Login, Name: a.Name, Unit: a.Unit, Office: a.Office,
			Roles: a.Roles, Hash: hash}
		if _, err := store.AddStaff(ctx, in, now); err != nil {
			return fmt.Errorf("account %s: %w", a.Login, err)
		}
	}
	return nil
}

// wish lets the petitioners of two known cases ask to be told of news, where that is
// possible: what publishing them brings is the first. The addresses are invented too.
func wish(cases []demo.Case, offer exchange.NewsOffer) error {
	for i, c := range cases {
		f := c.Events[0].Act.Filing
		if c.Code == "" || f == nil || f.Anonymous || !offer.Any() {
			continue
		}
		to := map[petition.NewsWay]string{petition.NewsByText: f.Person.Mobile}
		if c.Known == demo.KnownAnswered {
			to[petition.NewsByMail] = "demo@example.cn"
		} else if c.Known != demo.KnownInProgress {
			continue
		}
		wishes, err := offer.Wishes(f.Lang, to)
		if err != nil {
			return fmt.Errorf("wishes of the demonstration: %w", err)
		}
		asked := *f
		asked.News = wishes
		cases[i].Events[0].Act.Filing = &asked
	}
	return nil
}

// Loaded makes told histories ready to be stored.
func Loaded(cases []demo.Case) []officedb.LoadedCase {
	all := make([]officedb.LoadedCase, 0, len(cases))
	for _, c := range cases {
		l := officedb.LoadedCase{ID: c.ID, Events: slices.Concat(c.Events, c.Inside), Reading: exchange.Key(c.Reading)}
		if code, err := exchange.ParseCode(c.Code); err == nil {
			l.Locators = []exchange.Locator{code.Locator()}
		}
		all = append(all, l)
	}
	return all
}

// publish lets the known cases be followed on the portal.
func publish(ctx context.Context, store *officedb.Store, cases []demo.Case, now time.Time) error {
	for _, c := range cases {
		if c.Code == "" {
			continue
		}
		code, err := exchange.ParseCode(c.Code)
		if err != nil {
			return fmt.Errorf("code of a known case: %w", err)
		}
		if err := store.Publish(ctx, c.ID, code, now); err != nil {
			return fmt.Errorf("publish a known case: %w", err)
		}
	}
	return nil
}

// AnnounceDemo prints the demonstration's accounts and codes.
func AnnounceDemo(out io.Writer) {
	fmt.Fprintf(out, "\n  DEMONSTRATION: everything is invented. Every account's password is %s\n\n", demo.Password)
	units := petition.NewUnits(demo.Units())
	for _, a := range demo.Staff() {
		u, _ := units.Unit(a.Unit)
		fmt.Fprintf(out, "  %-18s %s %s %v\n", a.Login, u.Short, a.Name, a.Roles)
	}
	fmt.Fprint(out, "\n  receipt codes to follow on the portal\n")
	for _, k := range demo.KnownCases() {
		fmt.Fprintf(out, "  %-12s %s\n", k.Known, k.Code)
	}
}
