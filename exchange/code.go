package exchange

// Key is a 256-bit AES key.
type Key [32]byte

// Locator finds a grant by its receipt code; it tells nothing about the code.
type Locator [32]byte

// Code is a receipt code (回执码) in canonical form: 28 characters.
type Code string
