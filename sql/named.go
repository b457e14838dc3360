package sql

import "reflect"

// named handles types named after the plain ones: exchange.Locator is bytes,
// petition.State a text.
func named(arg any) any {
	v := reflect.ValueOf(arg)
	switch v.Kind() {
	case reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			b := make([]byte, v.Len())
			reflect.Copy(reflect.ValueOf(b), v)
			return b
		}
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	}
	return arg
}
