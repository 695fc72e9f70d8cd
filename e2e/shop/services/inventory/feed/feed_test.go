package feed

import (
	"bytes"
	"fmt"
	"testing"

	"example.com/shop/gosku"
)

func TestParse(t *testing.T) {
	got, err := Parse([]byte("# north\nABC-0042-XL;hamburg;17\n\nabc 0043;munich; 3 # few\n"))
	want := []Entry{
		{gosku.SKU{Family: "ABC", Number: 42, Variant: "XL"}, "hamburg", 17},
		{gosku.SKU{Family: "ABC", Number: 43}, "munich", 3},
	}
	if err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("Parse = %+v, %v; want %+v", got, err, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"ABC-0042":             "line 1: want article;warehouse;amount",
		"\nABC-0042;;3":        "line 2: want article;warehouse;amount",
		"ABC-0042;munich;many": `line 1: "many" is not an amount`,
		"ABC-0042;munich;-1":   `line 1: "-1" is not an amount`,
		"A;munich;1":           `line 1: "A": want ABC-1234, ABC-1234-XY or ABC-1234-XY-C`,
	} {
		if _, err := Parse([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("Parse(%q): %v; want %s", text, err, want)
		}
	}
}

var entrySink []Entry

func BenchmarkParse(b *testing.B) {
	var list bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(&list, "ABC-%04d-V%d;hamburg;%d\n", i, i%7, i*3)
	}
	b.SetBytes(int64(list.Len()))
	b.ReportAllocs()
	for b.Loop() {
		entries, err := Parse(list.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		entrySink = entries
	}
}
