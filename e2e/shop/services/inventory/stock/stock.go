// Package stock keeps what lies in the warehouses and reserves it for orders for a while.
package stock

import (
	"container/heap"
	"errors"
	"fmt"
	"sync"
	"time"

	"example.com/shop/gosku"
)

// Reasons for which a reservation cannot be made or found.
var (
	ErrShort   = errors.New("not enough stock")
	ErrUnknown = errors.New("no such reservation")
	ErrAmount  = errors.New("the amount must be above zero")
)

// Line is an article and how many pieces of it.
type Line struct {
	SKU    gosku.SKU
	Amount int
}

// Reservation holds pieces for an order until it expires.
type Reservation struct {
	ID      uint64
	Picks   []Pick
	Expires time.Time
}

// Stock is safe for use by many goroutines.
type Stock struct {
	mu           sync.Mutex
	warehouses   []Warehouse
	free         map[gosku.SKU][]int
	reservations map[uint64]*Reservation
	expiries     expiryHeap
	nextID       uint64
}

// New makes an empty stock; the order of the warehouses breaks ties between equally near ones.
func New(warehouses []Warehouse) *Stock {
	return &Stock{
		warehouses:   warehouses,
		free:         map[gosku.SKU][]int{},
		reservations: map[uint64]*Reservation{},
	}
}

// Put adds pieces to a warehouse, by its position in the list given to New.
func (s *Stock) Put(warehouse int, line Line) error {
	if line.Amount <= 0 {
		return fmt.Errorf("%d: %w", line.Amount, ErrAmount)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts(line.SKU)[warehouse] += line.Amount
	return nil
}

// Free is how many pieces of an article can be reserved, in all warehouses together.
func (s *Stock) Free(sku gosku.SKU, now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(now)
	total := 0
	for _, count := range s.free[sku] {
		total += count
	}
	return total
}

// Reserve takes all lines or nothing.
func (s *Stock) Reserve(lines []Line, to Place, now time.Time, hold time.Duration) (Reservation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(now)
	picks, err := s.allocate(lines, to)
	if err != nil {
		return Reservation{}, err
	}
	for _, pick := range picks {
		s.free[pick.SKU][pick.Warehouse] -= pick.Amount
	}
	s.nextID++
	reservation := &Reservation{ID: s.nextID, Picks: picks, Expires: now.Add(hold)}
	s.reservations[reservation.ID] = reservation
	heap.Push(&s.expiries, reservation)
	return *reservation, nil
}

// Confirm takes the pieces of a reservation away for good.
func (s *Stock) Confirm(id uint64, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(now)
	if _, ok := s.reservations[id]; !ok {
		return fmt.Errorf("%d: %w", id, ErrUnknown)
	}
	delete(s.reservations, id)
	return nil
}

// Cancel gives the pieces of a reservation back.
func (s *Stock) Cancel(id uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	reservation, ok := s.reservations[id]
	if !ok {
		return fmt.Errorf("%d: %w", id, ErrUnknown)
	}
	s.release(reservation)
	return nil
}

// expire gives back what was held too long. Reservations that were confirmed or cancelled are still
// in the heap and are skipped here.
func (s *Stock) expire(now time.Time) {
	for len(s.expiries) > 0 && !s.expiries[0].Expires.After(now) {
		reservation := heap.Pop(&s.expiries).(*Reservation)
		if _, ok := s.reservations[reservation.ID]; ok {
			s.release(reservation)
		}
	}
}

func (s *Stock) release(reservation *Reservation) {
	for _, pick := range reservation.Picks {
		s.free[pick.SKU][pick.Warehouse] += pick.Amount
	}
	delete(s.reservations, reservation.ID)
}

func (s *Stock) counts(sku gosku.SKU) []int {
	counts, ok := s.free[sku]
	if !ok {
		counts = make([]int, len(s.warehouses))
		s.free[sku] = counts
	}
	return counts
}

type expiryHeap []*Reservation

func (h expiryHeap) Len() int           { return len(h) }
func (h expiryHeap) Less(i, j int) bool { return h[i].Expires.Before(h[j].Expires) }
func (h expiryHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *expiryHeap) Push(x any)        { *h = append(*h, x.(*Reservation)) }
func (h *expiryHeap) Pop() any {
	last := len(*h) - 1
	popped := (*h)[last]
	*h = (*h)[:last]
	return popped
}
