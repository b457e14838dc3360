package portal

import (
	"encoding/json"
	"fmt"

	"huiyin/exchange"
)

// closeBox encrypts v as JSON, filled up to a multiple of step bytes so that its size
// tells little. bound says where the box belongs; it opens nowhere else.
func closeBox(key exchange.Key, bound []byte, step int, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("close box: %w", err)
	}
	return key.Seal(exchange.Pad(text, step), bound), nil
}

// openBox reads what closeBox closed. It fails if key, bound or box is not the same.
func openBox(key exchange.Key, bound, box []byte, v any) error {
	padded, err := key.Open(box, bound)
	if err != nil {
		return fmt.Errorf("open box: %w", err)
	}
	text, err := exchange.Unpad(padded)
	if err != nil {
		return fmt.Errorf("open box: %w", err)
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fmt.Errorf("open box: %w", err)
	}
	return nil
}
