// Package portal is the citizen's face (门户): it explains, takes petitions in and
// shows how they go on. It faces the internet and keeps nothing that it can read back.
//
// It knows no database (Store is all it may ask of one), no staff and no case: what it
// shows of a case is a Folder that the back office sealed under the petitioner's
// reading key.
//
// Start reading at server.go, the list of all addresses; then draft.go (what a person
// writes before submitting), submit.go (how it is sealed and stored) and
// follow_session.go (what a receipt code opens). A page is three neighbours: home.go,
// pages/home.html, home_test.go.
package portal
