// Package portal is the citizen face: the pages that the internet sees.
//
// It keeps nothing that it can read back. It knows no staff, no case and no SQL:
// Store is the whole list of what the internet may ask of a database. Start reading
// at server.go, the list of routes; a page is x.go beside pages/x.html.
package portal
