package web

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"
)

// Configure reads a program's configuration into the struct: flags before the
// environment (HUIYIN_…), before the TOML file, before the defaults of its tags. A
// key that the program does not know is an error, wherever it stands. The file is
// named by --config or HUIYIN_CONFIG; without either, huiyin.toml beside the program
// is read if it is there.
func Configure(into any, name, about string, args []string) (*kong.Context, error) {
	parser, err := kong.New(into, kong.Name(name), kong.Description(about), kong.UsageOnError(),
		kong.DefaultEnvars("HUIYIN"))
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if err := knownVariables(parser.Model); err != nil {
		return nil, err
	}
	if err := secretsFromFiles(parser.Model); err != nil {
		return nil, err
	}
	file, given := configFile(args)
	values, err := readTOML(file, given)
	if err != nil {
		return nil, err
	}
	if err := knownKeys(parser.Model, values, file); err != nil {
		return nil, err
	}
	if err := kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, e := range flag.Envs {
			if _, set := os.LookupEnv(e); set {
				return nil, nil // kong asks resolvers after the environment, and would let the file win
			}
		}
		return values[flag.Name], nil
	})).Apply(parser); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return parser.Parse(args)
}

// knownVariables refuses a variable that no flag reads: a typo would go unnoticed.
// HUIYIN_TEST_… belongs to the tests.
func knownVariables(app *kong.Application) error {
	known := []string{"HUIYIN_CONFIG"}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok {
			for _, e := range f.Envs {
				known = append(known, e, e+"_FILE")
			}
		}
		return next(nil)
	})
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "HUIYIN_") && !strings.HasPrefix(name, "HUIYIN_TEST_") && !slices.Contains(known, name) {
			return fmt.Errorf("environment: unknown variable %s; the program's --help lists those it knows", name)
		}
	}
	return nil
}

// secretsFromFiles lets every secret flag's variable have a twin that ends in _FILE
// and names a file that holds the secret, as container platforms hand them out.
func secretsFromFiles(app *kong.Application) error {
	return kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		f, ok := node.(*kong.Flag)
		if !ok || len(f.Envs) == 0 || !f.Tag.Has("secret") {
			return next(nil)
		}
		name := os.Getenv(f.Envs[0] + "_FILE")
		if name == "" {
			return next(nil)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", f.Envs[0], err)
		}
		return next(os.Setenv(f.Envs[0], strings.TrimSpace(string(b))))
	})
}

// configFile finds the file's name before kong reads the rest.
func configFile(args []string) (name string, given bool) {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v, true
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1], true
		}
	}
	if v := os.Getenv("HUIYIN_CONFIG"); v != "" {
		return v, true
	}
	return "huiyin.toml", false
}

func readTOML(name string, given bool) (map[string]any, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !given {
		return map[string]any{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(b, &values); err != nil {
		return nil, fmt.Errorf("configuration file %s: %w", name, err)
	}
	return values, nil
}

func knownKeys(app *kong.Application, values map[string]any, file string) error {
	var known []string
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok {
			known = append(known, f.Name)
		}
		return next(nil)
	})
	for key := range values {
		if !slices.Contains(known, key) {
			return fmt.Errorf("configuration file %s: unknown key %q; the program's --help lists those it knows", file, key)
		}
	}
	return nil
}

// PrintConfig writes what is in force as TOML, secrets masked: fields tagged
// secret:"" are shown only as set or not.
func PrintConfig(w io.Writer, config any) error {
	return printFields(w, reflect.Indirect(reflect.ValueOf(config)))
}

// printFields leaves out commands, and goes into embedded structs whatever their name.
func printFields(w io.Writer, v reflect.Value) error {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			if err := printFields(w, v.Field(i)); err != nil {
				return err
			}
			continue
		}
		if _, isCommand := field.Tag.Lookup("cmd"); isCommand || !field.IsExported() {
			continue
		}
		if _, err := fmt.Fprintf(w, "%s = %s\n", flagName(field.Name), shown(field, v.Field(i))); err != nil {
			return fmt.Errorf("print configuration: %w", err)
		}
	}
	return nil
}

func shown(field reflect.StructField, v reflect.Value) string {
	if _, secret := field.Tag.Lookup("secret"); secret && !v.IsZero() {
		return `"********"`
	}
	switch x := v.Interface().(type) {
	case bool:
		return fmt.Sprint(x)
	case []string:
		return fmt.Sprintf("%q", x)
	}
	return fmt.Sprintf("%q", fmt.Sprint(v.Interface()))
}

// flagName is kong's name for a field: PublicURL is public-url.
func flagName(field string) string {
	var b strings.Builder
	upper := func(i int) bool { return i >= 0 && i < len(field) && field[i] >= 'A' && field[i] <= 'Z' }
	for i := range field {
		// A word begins at a capital after a small letter, or at the last of several
		// capitals before one.
		if upper(i) && i > 0 && (!upper(i-1) || (i+1 < len(field) && !upper(i+1))) {
			b.WriteByte('-')
		}
		b.WriteByte(field[i])
	}
	return strings.ToLower(b.String())
}
