package web

import (
	"html/template"
	"text/template/parse"
)

// drawn puts only what a page draws into an empty template: of the parts that every page
// could have, most have no place on most pages, and all that lives is looked at each time
// memory is collected.
func drawn(page, empty *template.Template) (*template.Template, error) {
	for name := range reached(page, "layout") {
		if _, err := empty.AddParseTree(name, page.Lookup(name).Tree); err != nil {
			return nil, err
		}
	}
	return empty, nil
}

// reached is the names of a part and of all parts that are drawn within it.
func reached(page *template.Template, from string) map[string]bool {
	names := map[string]bool{}
	var reach func(name string)
	reach = func(name string) {
		t := page.Lookup(name)
		if names[name] || t == nil || t.Tree == nil {
			return
		}
		names[name] = true
		eachCall(t.Tree.Root, reach)
	}
	reach(from)
	return names
}

// eachCall names the parts that a list draws.
func eachCall(list *parse.ListNode, call func(name string)) {
	if list == nil {
		return
	}
	branch := func(b *parse.BranchNode) {
		eachCall(b.List, call)
		eachCall(b.ElseList, call)
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			call(n.Name)
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		}
	}
}
