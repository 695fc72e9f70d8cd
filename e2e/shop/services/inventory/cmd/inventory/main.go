// Command inventory serves the stock over HTTP.
package main

import (
	"log"
	"net/http"
	"os"
	"time"

	"example.com/shop/inventory/api"
	"example.com/shop/inventory/feed"
	"example.com/shop/inventory/stock"
)

func main() {
	warehouses := []stock.Warehouse{
		{Name: "hamburg", Place: stock.Place{Latitude: 53.551, Longitude: 9.994}},
		{Name: "munich", Place: stock.Place{Latitude: 48.137, Longitude: 11.575}},
	}
	s := stock.New(warehouses)
	if err := load(s, warehouses, os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3003"
	}
	log.Printf("inventory listens on http://127.0.0.1:%s", port)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, api.Handler(s, time.Now)))
}

// load fills the stock from the lists named on the command line; unknown warehouses are skipped.
func load(s *stock.Stock, warehouses []stock.Warehouse, files []string) error {
	positions := map[string]int{}
	for i, warehouse := range warehouses {
		positions[warehouse.Name] = i
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		entries, err := feed.Parse(data)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			at, known := positions[entry.Warehouse]
			if !known || entry.Amount == 0 {
				continue
			}
			if err := s.Put(at, stock.Line{SKU: entry.SKU, Amount: entry.Amount}); err != nil {
				return err
			}
		}
	}
	return nil
}
