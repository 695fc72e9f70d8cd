package stock

import (
	"fmt"
	"math"
	"sort"

	"example.com/shop/gosku"
)

// Place is a point on the earth in degrees.
type Place struct{ Latitude, Longitude float64 }

// Warehouse is a place where pieces lie.
type Warehouse struct {
	Name  string
	Place Place
}

// Pick is how many pieces of an article one warehouse gives.
type Pick struct {
	SKU       gosku.SKU
	Warehouse int
	Amount    int
}

// allocate decides where the pieces come from: from the nearest warehouse that has the whole order,
// else as few parcels as a greedy choice finds, the nearest first among equals. It changes nothing.
func (s *Stock) allocate(lines []Line, to Place) ([]Pick, error) {
	wanted, err := s.wanted(lines)
	if err != nil {
		return nil, err
	}
	order := s.nearestFirst(to)
	missing := map[gosku.SKU]int{}
	for _, line := range wanted {
		missing[line.SKU] = line.Amount
	}
	var picks []Pick
	used := make([]bool, len(s.warehouses))
	for len(missing) > 0 {
		best := s.mostUseful(order, used, missing)
		if best < 0 {
			return nil, ErrShort
		}
		used[best] = true
		for _, line := range wanted {
			amount := min(missing[line.SKU], s.countAt(line.SKU, best))
			if amount == 0 {
				continue
			}
			picks = append(picks, Pick{line.SKU, best, amount})
			if missing[line.SKU] -= amount; missing[line.SKU] == 0 {
				delete(missing, line.SKU)
			}
		}
	}
	return picks, nil
}

// wanted adds up lines of the same article and checks that there is enough in all.
func (s *Stock) wanted(lines []Line) ([]Line, error) {
	positions := make(map[gosku.SKU]int, len(lines))
	merged := make([]Line, 0, len(lines))
	for _, line := range lines {
		if line.Amount <= 0 {
			return nil, fmt.Errorf("%s: %d: %w", line.SKU, line.Amount, ErrAmount)
		}
		if at, ok := positions[line.SKU]; ok {
			merged[at].Amount += line.Amount
			continue
		}
		positions[line.SKU] = len(merged)
		merged = append(merged, line)
	}
	for _, line := range merged {
		total := 0
		for _, count := range s.free[line.SKU] {
			total += count
		}
		if total < line.Amount {
			return nil, fmt.Errorf("%s: %d of %d: %w", line.SKU, total, line.Amount, ErrShort)
		}
	}
	return merged, nil
}

// mostUseful is the unused warehouse that covers the most missing pieces; -1 where none covers any.
func (s *Stock) mostUseful(order []int, used []bool, missing map[gosku.SKU]int) int {
	best, most := -1, 0
	for _, warehouse := range order {
		if used[warehouse] {
			continue
		}
		covered := 0
		for sku, amount := range missing {
			covered += min(amount, s.countAt(sku, warehouse))
		}
		if covered > most {
			best, most = warehouse, covered
		}
	}
	return best
}

func (s *Stock) countAt(sku gosku.SKU, warehouse int) int {
	counts := s.free[sku]
	if counts == nil {
		return 0
	}
	return counts[warehouse]
}

func (s *Stock) nearestFirst(to Place) []int {
	order := make([]int, len(s.warehouses))
	distances := make([]float64, len(s.warehouses))
	for i, warehouse := range s.warehouses {
		order[i] = i
		distances[i] = Distance(warehouse.Place, to)
	}
	sort.SliceStable(order, func(i, j int) bool { return distances[order[i]] < distances[order[j]] })
	return order
}

// Distance is the length of the way over the earth in kilometres (haversine formula).
func Distance(a, b Place) float64 {
	const earthRadius, degree = 6371.0, math.Pi / 180
	latitude := math.Sin((b.Latitude - a.Latitude) * degree / 2)
	longitude := math.Sin((b.Longitude - a.Longitude) * degree / 2)
	h := latitude*latitude + math.Cos(a.Latitude*degree)*math.Cos(b.Latitude*degree)*longitude*longitude
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}
