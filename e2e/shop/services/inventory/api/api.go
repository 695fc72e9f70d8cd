// Package api puts the stock behind HTTP.
package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"example.com/shop/gosku"
	"example.com/shop/inventory/stock"
)

const maxBodyBytes = 1 << 20

type reservationRequest struct {
	Lines []struct {
		SKU    string `json:"sku"`
		Amount int    `json:"amount"`
	} `json:"lines"`
	To struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
	} `json:"to"`
	HoldSeconds int `json:"holdSeconds"`
}

type pickAnswer struct {
	SKU       string `json:"sku"`
	Warehouse int    `json:"warehouse"`
	Amount    int    `json:"amount"`
}

// Handler serves the routes of the inventory; now is the clock.
func Handler(s *stock.Stock, now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stock/{sku}", func(w http.ResponseWriter, r *http.Request) {
		sku, err := gosku.Parse(r.PathValue("sku"))
		if err != nil {
			answer(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
			return
		}
		answer(w, http.StatusOK, map[string]any{"sku": sku.String(), "free": s.Free(sku, now())})
	})
	mux.HandleFunc("POST /reservations", func(w http.ResponseWriter, r *http.Request) {
		var request reservationRequest
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBodyBytes)).Decode(&request); err != nil {
			answer(w, http.StatusBadRequest, map[string]any{"error": "the body is not a reservation"})
			return
		}
		reserve(w, s, request, now())
	})
	mux.HandleFunc("DELETE /reservations/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
		if err == nil {
			err = s.Cancel(id)
		}
		if err != nil {
			answer(w, http.StatusNotFound, map[string]any{"error": "no such reservation"})
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

func reserve(w http.ResponseWriter, s *stock.Stock, request reservationRequest, now time.Time) {
	lines := make([]stock.Line, 0, len(request.Lines))
	for _, line := range request.Lines {
		sku, err := gosku.Parse(line.SKU)
		if err != nil {
			answer(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
			return
		}
		lines = append(lines, stock.Line{SKU: sku, Amount: line.Amount})
	}
	hold := time.Duration(request.HoldSeconds) * time.Second
	held, err := s.Reserve(lines, stock.Place(request.To), now, hold)
	switch {
	case errors.Is(err, stock.ErrShort):
		answer(w, http.StatusConflict, map[string]any{"error": err.Error()})
	case err != nil:
		answer(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
	default:
		picks := make([]pickAnswer, len(held.Picks))
		for i, pick := range held.Picks {
			picks[i] = pickAnswer{pick.SKU.String(), pick.Warehouse, pick.Amount}
		}
		answer(w, http.StatusCreated, map[string]any{"id": held.ID, "picks": picks, "expires": held.Expires})
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
