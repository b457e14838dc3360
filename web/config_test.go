package web_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/web"
)

type sample struct {
	Config    string
	Address   string `default:"127.0.0.1:1"`
	Database  string `secret:""`
	Proxies   []string
	PublicURL string
	TLS       bool
	Serve     struct{} `cmd:"" default:"1"`
}

func configFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "huiyin.toml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFlagsBeforeEnvironmentBeforeFileBeforeDefaults(t *testing.T) {
	file := configFile(t, "address = 'file:1'\ndatabase = 'file'\nproxies = ['10.0.0.1', '10.0.0.2']\n")
	t.Setenv("HUIYIN_DATABASE", "environment")
	for _, c := range []struct {
		args              []string
		address, database string
	}{
		{nil, "127.0.0.1:1", "environment"},
		{[]string{"--config", file}, "file:1", "environment"},
		{[]string{"--config=" + file, "--address", "flag:1", "--database=flag"}, "flag:1", "flag"},
	} {
		var got sample
		if _, err := web.Configure(&got, "sample", "", c.args); err != nil {
			t.Fatal(err)
		}
		if got.Address != c.address || got.Database != c.database {
			t.Errorf("%v: %+v", c.args, got)
		}
		if len(c.args) == 2 && len(got.Proxies) != 2 {
			t.Errorf("list from the file: %q", got.Proxies)
		}
	}
}

func TestAnUnknownKeyIsAnError(t *testing.T) {
	var got sample
	_, err := web.Configure(&got, "sample", "", []string{"--config", configFile(t, "adress = 'x'\n")})
	if err == nil || !strings.Contains(err.Error(), `"adress"`) {
		t.Errorf("got %v", err)
	}
	if _, err := web.Configure(&got, "sample", "", []string{"--config", "nowhere.toml"}); err == nil {
		t.Error("a file that is named and missing was passed over")
	}
}

func TestASecretMayStandInAFileOfItsOwn(t *testing.T) {
	t.Setenv("HUIYIN_DATABASE_FILE", configFile(t, "mysql:u:p@tcp(h)/d\n"))
	var got sample
	if _, err := web.Configure(&got, "sample", "", nil); err != nil {
		t.Fatal(err)
	}
	if got.Database != "mysql:u:p@tcp(h)/d" {
		t.Errorf("database %q", got.Database)
	}
}

func TestPrintedConfigurationMasksSecrets(t *testing.T) {
	var b bytes.Buffer
	if err := web.PrintConfig(&b, &sample{Address: "a:1", Database: "hush"}); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Contains(s, "hush") || !strings.Contains(s, `address = "a:1"`) || !strings.Contains(s, `database = "****`) {
		t.Error(s)
	}
}

func TestWhatIsPrintedCanBeReadBack(t *testing.T) {
	want := sample{Address: "a:1", Proxies: []string{"10.0.0.1"}, PublicURL: "https://x", TLS: true}
	var b bytes.Buffer
	if err := web.PrintConfig(&b, &want); err != nil {
		t.Fatal(err)
	}
	printed := strings.Replace(b.String(), "config = \"\"\n", "", 1)
	var got sample
	if _, err := web.Configure(&got, "sample", "", []string{"--config", configFile(t, printed)}); err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	if got.PublicURL != want.PublicURL || !got.TLS || got.Address != want.Address || len(got.Proxies) != 1 {
		t.Errorf("%+v came back as %+v", want, got)
	}
}

func TestAnUnknownVariableIsAnError(t *testing.T) {
	t.Setenv("HUIYIN_ADRESS", "x")
	var got sample
	if _, err := web.Configure(&got, "sample", "", nil); err == nil || !strings.Contains(err.Error(), "HUIYIN_ADRESS") {
		t.Errorf("got %v", err)
	}
}
