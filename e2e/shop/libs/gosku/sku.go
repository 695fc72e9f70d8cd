// Package gosku reads, normalises and checks article numbers such as "ABC-0042-XL-7".
package gosku

import (
	"errors"
	"fmt"
	"strings"
)

// Reasons why a text is not an article number; each comes wrapped with the text itself.
var (
	ErrShape    = errors.New("want ABC-1234, ABC-1234-XY or ABC-1234-XY-C")
	ErrChecksum = errors.New("the check character does not fit")
)

// SKU is an article number in its parts.
type SKU struct {
	Family  string // three letters
	Number  uint16 // 0 to 9999
	Variant string // up to four letters and digits; may be empty
}

// String is the full form with its check character, the one that Parse reads back.
func (s SKU) String() string {
	body := s.body()
	return body + "-" + string(Checksum(body))
}

func (s SKU) body() string {
	if s.Variant == "" {
		return fmt.Sprintf("%s-%04d", s.Family, s.Number)
	}
	return fmt.Sprintf("%s-%04d-%s", s.Family, s.Number, s.Variant)
}

// Normalise makes one form of the many that people and scanners write: upper case, hyphens between
// the parts, no blanks. "abc 0042_xl" becomes "ABC-0042-XL".
func Normalise(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	separator := false
	for i := 0; i < len(text); i++ {
		char := text[i]
		switch {
		case char >= 'a' && char <= 'z':
			char -= 'a' - 'A'
		case char == '-' || char == '_' || char == '.' || char == '/' || char == ' ' || char == '\t':
			separator = out.Len() > 0
			continue
		}
		if separator {
			out.WriteByte('-')
			separator = false
		}
		out.WriteByte(char)
	}
	return out.String()
}

// Parse reads an article number in any form that Normalise knows. Where a check character is
// given (the fourth part), it must fit.
func Parse(text string) (SKU, error) {
	parts := strings.Split(Normalise(text), "-")
	if len(parts) < 2 || len(parts) > 4 {
		return SKU{}, fmt.Errorf("%q: %w", text, ErrShape)
	}
	number, ok := fourDigits(parts[1])
	if !ok || len(parts[0]) != 3 || !isAlphanumeric(parts[0], false) {
		return SKU{}, fmt.Errorf("%q: %w", text, ErrShape)
	}
	sku := SKU{Family: parts[0], Number: number}
	if len(parts) > 2 {
		if len(parts[2]) == 0 || len(parts[2]) > 4 || !isAlphanumeric(parts[2], true) {
			return SKU{}, fmt.Errorf("%q: %w", text, ErrShape)
		}
		sku.Variant = parts[2]
	}
	if len(parts) == 4 && (len(parts[3]) != 1 || Checksum(sku.body()) != parts[3][0]) {
		return SKU{}, fmt.Errorf("%q: %w", text, ErrChecksum)
	}
	return sku, nil
}

func fourDigits(text string) (uint16, bool) {
	if len(text) != 4 {
		return 0, false
	}
	var value uint16
	for i := 0; i < 4; i++ {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		value = value*10 + uint16(text[i]-'0')
	}
	return value, true
}

func isAlphanumeric(text string, digits bool) bool {
	for i := 0; i < len(text); i++ {
		letter := text[i] >= 'A' && text[i] <= 'Z'
		digit := digits && text[i] >= '0' && text[i] <= '9'
		if !letter && !digit {
			return false
		}
	}
	return true
}
