// Package exchange is the mail line between the portal on the internet and the back
// office on the intranet: what is carried, how it is sealed and signed, and the
// courier that carries it. It is the one thing that a security reviewer must find at
// once.
//
// It does not know HTTP, SQL or the rules of the trade. Start reading at item.go
// (what travels), then seal.go (how it is closed), code.go (what a receipt code
// opens) and courier.go (how nothing is lost or doubled).
package exchange
