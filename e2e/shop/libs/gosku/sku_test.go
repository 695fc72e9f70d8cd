package gosku

import (
	"errors"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want SKU
		err  error
	}{
		{"ABC-0042", SKU{"ABC", 42, ""}, nil},
		{" abc 0042_xl ", SKU{"ABC", 42, "XL"}, nil},
		{"ABC/1234/X1", SKU{"ABC", 1234, "X1"}, nil},
		{"ABC", SKU{}, ErrShape},
		{"", SKU{}, ErrShape},
		{"AB1-0042", SKU{}, ErrShape},
		{"ABC-042", SKU{}, ErrShape},
		{"ABC-00x2", SKU{}, ErrShape},
		{"ABC-0042-TOOLONG", SKU{}, ErrShape},
		{"ABC-0042-XL-1-2", SKU{}, ErrShape},
		{"ABC-0042-XL-?", SKU{}, ErrChecksum},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := Parse(test.text)
			if got != test.want || !errors.Is(err, test.err) {
				t.Fatalf("Parse(%q) = %+v, %v; want %+v, %v", test.text, got, err, test.want, test.err)
			}
		})
	}
}

func TestStringIsReadBack(t *testing.T) {
	want := SKU{"KET", 7, "RED"}
	got, err := Parse(want.String())
	if err != nil || got != want {
		t.Fatalf("Parse(%q) = %+v, %v", want.String(), got, err)
	}
}

// The example of ISO/IEC 7064 as GS1 and the GRID standard print it.
func TestChecksum(t *testing.T) {
	if got := Checksum("A12425GABC1234002"); got != 'M' {
		t.Fatalf("Checksum = %c; want M", got)
	}
	if !Valid("A12425GABC1234002M") || Valid("A12425GABC1234020M") || Valid("M") {
		t.Fatal("Valid must accept the example and refuse swapped neighbours")
	}
}
