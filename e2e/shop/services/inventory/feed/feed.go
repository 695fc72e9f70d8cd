// Package feed reads the stock lists that warehouses send: one article a line, such as
// "ABC-0042-XL;munich;17", with comments after '#'.
package feed

import (
	"bytes"
	"fmt"
	"strconv"

	"example.com/shop/gosku"
)

// Entry is a line of a list.
type Entry struct {
	SKU       gosku.SKU
	Warehouse string
	Amount    int
}

// Error says which line makes no sense, and why.
type Error struct {
	Line   int
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// Parse reads a whole list.
func Parse(data []byte) ([]Entry, error) {
	entries := make([]Entry, 0, bytes.Count(data, []byte{'\n'})+1)
	for number := 1; len(data) > 0; number++ {
		line, rest, _ := bytes.Cut(data, []byte{'\n'})
		data = rest
		line, _, _ = bytes.Cut(line, []byte{'#'})
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		entry, reason := parseLine(line)
		if reason != "" {
			return nil, &Error{number, reason}
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func parseLine(line []byte) (Entry, string) {
	article, rest, found := bytes.Cut(line, []byte{';'})
	warehouse, count, foundToo := bytes.Cut(rest, []byte{';'})
	if !found || !foundToo || len(warehouse) == 0 {
		return Entry{}, "want article;warehouse;amount"
	}
	sku, err := gosku.Parse(string(article))
	if err != nil {
		return Entry{}, err.Error()
	}
	amount, err := strconv.Atoi(string(bytes.TrimSpace(count)))
	if err != nil || amount < 0 {
		return Entry{}, fmt.Sprintf("%q is not an amount", count)
	}
	return Entry{sku, string(warehouse), amount}, ""
}
