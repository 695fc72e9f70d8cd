package stock

import (
	"errors"
	"math"
	"testing"
	"time"

	"example.com/shop/gosku"
)

var (
	berlin  = Place{52.52, 13.405}
	munich  = Place{48.137, 11.575}
	hamburg = Place{53.551, 9.994}
	start   = time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	desk    = gosku.SKU{Family: "DSK", Number: 1}
	lamp    = gosku.SKU{Family: "LMP", Number: 2}
)

func filled(t *testing.T) *Stock {
	t.Helper()
	s := New([]Warehouse{{"north", hamburg}, {"south", munich}})
	for warehouse, lines := range [][]Line{{{desk, 5}, {lamp, 1}}, {{desk, 2}, {lamp, 9}}} {
		for _, line := range lines {
			if err := s.Put(warehouse, line); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

func TestReserve(t *testing.T) {
	tests := []struct {
		name  string
		lines []Line
		want  []Pick
		err   error
	}{
		{"nearest", []Line{{desk, 1}}, []Pick{{desk, 0, 1}}, nil},
		{"one parcel before the nearest", []Line{{desk, 1}, {lamp, 3}}, []Pick{{desk, 1, 1}, {lamp, 1, 3}}, nil},
		{"two parcels", []Line{{desk, 7}}, []Pick{{desk, 0, 5}, {desk, 1, 2}}, nil},
		{"same article twice", []Line{{desk, 3}, {desk, 3}}, []Pick{{desk, 0, 5}, {desk, 1, 1}}, nil},
		{"too much", []Line{{lamp, 11}}, nil, ErrShort},
		{"unknown article", []Line{{gosku.SKU{Family: "XXX"}, 1}}, nil, ErrShort},
		{"nothing", []Line{{desk, 0}}, nil, ErrAmount},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := filled(t).Reserve(test.lines, berlin, start, time.Minute)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v; want %v", err, test.err)
			}
			if len(got.Picks) != len(test.want) {
				t.Fatalf("picks %+v; want %+v", got.Picks, test.want)
			}
			for i := range test.want {
				if got.Picks[i] != test.want[i] {
					t.Fatalf("picks %+v; want %+v", got.Picks, test.want)
				}
			}
		})
	}
}

func TestReservationsExpire(t *testing.T) {
	s := filled(t)
	held, err := s.Reserve([]Line{{desk, 7}}, berlin, start, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if free := s.Free(desk, start); free != 0 {
		t.Fatalf("%d free; want 0", free)
	}
	if free := s.Free(desk, start.Add(time.Minute)); free != 7 {
		t.Fatalf("%d free after expiry; want 7", free)
	}
	if err := s.Confirm(held.ID, start.Add(time.Minute)); !errors.Is(err, ErrUnknown) {
		t.Fatalf("an expired reservation was confirmed: %v", err)
	}
}

func TestConfirmAndCancel(t *testing.T) {
	s := filled(t)
	first, _ := s.Reserve([]Line{{desk, 2}}, berlin, start, time.Minute)
	second, _ := s.Reserve([]Line{{desk, 3}}, berlin, start, time.Minute)
	if err := s.Confirm(first.ID, start); err != nil {
		t.Fatal(err)
	}
	if err := s.Cancel(second.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Cancel(second.ID); !errors.Is(err, ErrUnknown) {
		t.Fatalf("cancelled twice: %v", err)
	}
	if free := s.Free(desk, start.Add(time.Hour)); free != 5 {
		t.Fatalf("%d free; want 5", free)
	}
}

func TestDistance(t *testing.T) {
	if got := Distance(berlin, munich); math.Abs(got-504) > 2 {
		t.Fatalf("Berlin to Munich: %.0f km; want about 504", got)
	}
}
