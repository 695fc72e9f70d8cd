module example.com/shop/inventory

go 1.24

require example.com/shop/gosku v0.0.0

replace example.com/shop/gosku => ../../libs/gosku
