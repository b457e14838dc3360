package web

import "github.com/nicksnyder/go-i18n/v2/i18n/template"

// braces leaves {name} places to fill: i18n only has to choose the plural form.
type braces struct{}

func (braces) Cacheable() bool { return false }

func (braces) Parse(src, _, _ string) (template.ParsedTemplate, error) { return asIs(src), nil }

type asIs string

func (s asIs) Execute(any) (string, error) { return string(s), nil }
