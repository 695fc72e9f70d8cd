module example.com/shop/gosku

go 1.24
