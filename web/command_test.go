package web_test

import (
	"bytes"
	"strings"
	"testing"

	"huiyin/web"
)

type place struct {
	web.Deployment
	Database string `secret:""`
}

type told struct {
	place
	Serve struct{} `cmd:"" default:"withargs" help:"Serve."`
	Mend  mend     `cmd:"" help:"Mend what is broken."`
	web.About
}

type mend struct {
	Roof string `arg:"" help:"Which roof."`
}

// tell runs a command line and returns what it printed.
func tell(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var p told
	var out bytes.Buffer
	chosen, err := web.Command(t.Context(), &p, "sample", "A sample.", args, &out)
	if err != nil {
		return "", err
	}
	err = chosen.Run()
	return out.String(), err
}

func TestEveryProgramTellsItsHelpVersionAndConfiguration(t *testing.T) {
	for _, c := range []struct {
		args  []string
		words []string
	}{
		{[]string{"help"}, []string{"Usage: sample", "A sample.", "Mend what is broken.", "--clamd", "HUIYIN_DATABASE"}},
		{[]string{"help", "mend"}, []string{"Usage: sample mend", "Which roof."}},
		{[]string{"version"}, []string{"sample ", " go1."}},
		{[]string{"config", "--tls", "--database", "hush"}, []string{"tls = true\n", "name = \"网上信访\"\n", "database = \"********\"\n"}},
	} {
		out, err := tell(t, c.args...)
		if err != nil {
			t.Errorf("%v: %v", c.args, err)
		}
		for _, w := range c.words {
			if !strings.Contains(out, w) {
				t.Errorf("%v does not tell %q:\n%s", c.args, w, out)
			}
		}
		if strings.Contains(out, "hush") {
			t.Errorf("%v tells a secret:\n%s", c.args, out)
		}
	}
}

func TestHelpAboutNothingThatThereIsFails(t *testing.T) {
	if out, err := tell(t, "help", "fly"); err == nil {
		t.Errorf("help was given about an unknown command:\n%s", out)
	}
	if _, err := tell(t, "--fly"); err == nil || !strings.Contains(err.Error(), "--fly") {
		t.Errorf("an unknown flag: %v", err)
	}
}
