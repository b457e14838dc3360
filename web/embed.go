package web

import (
	"embed"
	"io/fs"
)

//go:embed text/*.toml
var texts embed.FS

//go:embed pages/controls.html
var controlsPage string

// Texts are the sentences that both faces share.
func Texts() fs.FS {
	sub, err := fs.Sub(texts, "text")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}
