// Package static holds what a browser fetches beside the pages: two style sheets, one
// small script, one sheet of icons and the mark. All of it is inside the binary.
//
// It knows no page. A page says only
//
//	static.URL("huiyin.css")   /static/huiyin.1f0c….css   the portal's style sheet
//	static.URL("office.css")                              the back office's
//	static.URL("huiyin.js"), static.URL("mark.svg")
//	static.Icon("pen")         <svg class="i" …>          an icon in the colour of its text
//	static.Mark()                                         the 回 mark of the masthead
//
// and the server hangs Handler on Prefix. A name carries a hash of the content, so
// browsers keep a file for ever and a new version is a new name. README.md lists the
// classes and the markup of every component; testdata/sheet shows them.
//
// Start reading at files.go, which says what is joined into what.
package static
