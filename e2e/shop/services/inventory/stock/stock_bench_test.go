package stock

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"example.com/shop/gosku"
)

// made is a filled stock and an order for it, the same on every run.
func made(warehouses, articles int) (*Stock, []Line) {
	random := rand.New(rand.NewSource(71))
	places := make([]Warehouse, warehouses)
	for i := range places {
		places[i] = Warehouse{fmt.Sprintf("w%d", i), Place{47 + random.Float64()*8, 6 + random.Float64()*9}}
	}
	s := New(places)
	lines := make([]Line, articles)
	for i := range lines {
		sku := gosku.SKU{Family: "ABC", Number: uint16(i)}
		lines[i] = Line{sku, 1 + random.Intn(4)}
		for warehouse := range places {
			_ = s.Put(warehouse, Line{sku, 1 + random.Intn(6)})
		}
	}
	return s, lines
}

var pickSink []Pick

func BenchmarkAllocate(b *testing.B) {
	for _, warehouses := range []int{4, 32} {
		b.Run(fmt.Sprintf("warehouses=%d", warehouses), func(b *testing.B) {
			s, lines := made(warehouses, 12)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				pickSink, _ = s.allocate(lines, berlin)
			}
		})
	}
}

func BenchmarkReserveAndCancel(b *testing.B) {
	s, lines := made(6, 8)
	now := start
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(time.Second)
		held, err := s.Reserve(lines, berlin, now, 30*time.Second)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Cancel(held.ID)
	}
}
