// Package web is the HTTP plumbing that both faces share: text catalogues, page
// rendering, forms, errors that become pages, guards, captcha tokens and the server
// itself. It knows no petition page and no database.
//
// A face makes one Site (New), one list of routes (Routes) and serves it (Serve).
//
//	site.Show(c, http.StatusOK, "follow", followPage{…})   renders pages/follow.html
//	routes.Guard("public").GET("/follow", p.showFollow)     handlers return errors
//
// In a page template the dot is a Frame; .View is the page's own struct. The
// functions are
//
//	{{t "key" "name" .X}}          a sentence from the catalogues, its places filled
//	{{date .At}} {{day .Day}} {{clock .At}}   9月16日 · 2026年9月16日 · 9月16日 20:14
//	{{icon "pen"}} {{asset "huiyin.css"}}
//	{{input .Form "title" "rows" "2"}} {{area …}} {{pick .Form "unit" .Units}}
//	{{radios .Form "kind" .Kinds}} {{ticks …}} {{tick .Form "consent"}} {{errors .Form}}
//
// Form controls take their words from the catalogues by the form's name:
// form.field.label, form.field.hint.
package web
