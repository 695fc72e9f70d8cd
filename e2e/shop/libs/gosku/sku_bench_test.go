package gosku

import (
	"fmt"
	"math/rand"
	"testing"
)

var families = []string{"ABC", "DSK", "KET", "LMP", "MUG"}

// labels are article numbers as scanners deliver them, the same on every run.
func labels(count int) []string {
	random := rand.New(rand.NewSource(61))
	made := make([]string, count)
	for i := range made {
		sku := SKU{families[random.Intn(len(families))], uint16(random.Intn(10000)), fmt.Sprintf("V%d", random.Intn(99))}
		made[i] = sku.String()
	}
	return made
}

var (
	skuSink  SKU
	textSink string
	byteSink byte
)

func BenchmarkParse(b *testing.B) {
	texts := labels(100)
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			skuSink, _ = Parse(text)
		}
	}
}

func BenchmarkNormalise(b *testing.B) {
	for _, form := range []struct{ name, text string }{
		{"clean", "ABC-0042-XL-7"},
		{"messy", " abc 0042_xl.7 "},
	} {
		b.Run(form.name, func(b *testing.B) {
			b.SetBytes(int64(100 * len(form.text)))
			for b.Loop() {
				for range 100 {
					textSink = Normalise(form.text)
				}
			}
		})
	}
}

func BenchmarkChecksum(b *testing.B) {
	texts := labels(200)
	b.ResetTimer()
	for range b.N {
		for _, text := range texts {
			byteSink = Checksum(text)
		}
	}
}
