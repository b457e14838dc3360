package petition

// Fold makes the case that its events tell of. It fails with an Invalid error if
// they do not tell of a possible life.
func Fold(id ID, events []Event) (*Case, error) {
	c := &Case{ID: id}
	for _, e := range events {
		if err := c.Apply(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Apply adds one event. On failure the case is as it was.
func (c *Case) Apply(e Event) error {
	return &Error{Kind: Invalid, Key: "error.bad_event"}
}
