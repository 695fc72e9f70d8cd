package api

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/shop/gosku"
	"example.com/shop/inventory/stock"
)

func TestRoutes(t *testing.T) {
	s := stock.New([]stock.Warehouse{{Name: "north"}})
	if err := s.Put(0, stock.Line{SKU: gosku.SKU{Family: "DSK", Number: 1}, Amount: 3}); err != nil {
		t.Fatal(err)
	}
	handler := Handler(s, func() time.Time { return time.Unix(0, 0).UTC() })
	tests := []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/stock/dsk-0001", "", 200, `"free":3`},
		{"GET", "/stock/desk", "", 400, "want ABC-1234"},
		{"POST", "/reservations", `{"lines":[{"sku":"DSK-0001","amount":2}],"holdSeconds":60}`, 201, `"warehouse":0,"amount":2`},
		{"GET", "/stock/DSK-0001", "", 200, `"free":1`},
		{"POST", "/reservations", `{"lines":[{"sku":"DSK-0001","amount":2}],"holdSeconds":60}`, 409, "not enough stock"},
		{"POST", "/reservations", `{"lines":[{"sku":"DSK-0001","amount":-2}]}`, 400, "above zero"},
		{"POST", "/reservations", `{`, 400, "not a reservation"},
		{"DELETE", "/reservations/1", "", 204, ""},
		{"DELETE", "/reservations/1", "", 404, "no such reservation"},
		{"GET", "/stock/DSK-0001", "", 200, `"free":3`},
	}
	for _, test := range tests {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
		if recorder.Code != test.status || !strings.Contains(recorder.Body.String(), test.want) {
			t.Fatalf("%s %s: %d %s; want %d %s", test.method, test.path, recorder.Code, recorder.Body, test.status, test.want)
		}
	}
}
