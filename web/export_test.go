package web

// Drawn tells whether a page holds a part.
func (s *Site) Drawn(page, part string) bool { return s.pages[Languages[0]][page].Lookup(part) != nil }
