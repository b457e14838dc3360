package portal

import "embed"

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed text/*.toml
var textFiles embed.FS

//go:embed law/*.md
var lawFiles embed.FS

//go:embed data/*.toml
var dataFiles embed.FS
