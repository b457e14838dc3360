package web

import (
	"html"
	"html/template"
	"text/template/parse"

	"huiyin/static"
)

// fixed are the functions of pages that always give the same for the same word, as
// the HTML that they come to.
func fixed(say func(key string, pairs ...any) string) map[string]func(word string) string {
	return map[string]func(string) string{
		"t":     func(key string) string { return html.EscapeString(say(key)) },
		"icon":  func(name string) string { return string(static.Icon(name)) },
		"asset": func(name string) string { return html.EscapeString(static.URL(name)) },
	}
}

// settle writes sentences, icons and addresses that no reader and no case changes into
// the page when it is parsed: {{t "home.title"}} is looked up, called and escaped
// once, not at each drawing. Escaped for HTML they may stand in text and in quoted
// attributes, which is where pages have them. It must run before the first drawing.
func settle(page *template.Template, fixed map[string]func(string) string) {
	for _, t := range page.Templates() {
		if t.Tree != nil {
			settleList(t.Tree.Root, fixed)
		}
	}
}

func settleList(list *parse.ListNode, fixed map[string]func(string) string) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			settleBranch(&n.BranchNode, fixed)
		case *parse.RangeNode:
			settleBranch(&n.BranchNode, fixed)
		case *parse.WithNode:
			settleBranch(&n.BranchNode, fixed)
		}
		nodes = appendText(nodes, settled(n, fixed))
	}
	list.Nodes = nodes
}

func settleBranch(b *parse.BranchNode, fixed map[string]func(string) string) {
	settleList(b.List, fixed)
	settleList(b.ElseList, fixed)
}

// settled is the text that an action always comes to, or the node as it is.
func settled(n parse.Node, fixed map[string]func(string) string) parse.Node {
	action, ok := n.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 2 {
		return n
	}
	name, isName := action.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	word, isWord := action.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !isName || !isWord || fixed[name.Ident] == nil {
		return n
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: action.Pos, Text: []byte(fixed[name.Ident](word.Text))}
}

// appendText joins texts that stand side by side, so that they are written at once.
func appendText(nodes []parse.Node, n parse.Node) []parse.Node {
	text, ok := n.(*parse.TextNode)
	if !ok || len(nodes) == 0 {
		return append(nodes, n)
	}
	before, ok := nodes[len(nodes)-1].(*parse.TextNode)
	if !ok {
		return append(nodes, n)
	}
	before.Text = append(before.Text[:len(before.Text):len(before.Text)], text.Text...)
	return nodes
}
