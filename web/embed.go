package web

import "embed"

//go:embed text/*.toml
var texts embed.FS

//go:embed pages/controls.html
var controlsPage string
