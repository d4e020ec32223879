package main

import (
	"net/http"
	"os"
)

// Depot is where parcels are sorted.
type Depot struct {
	Code string
	City string
}

func depots(w http.ResponseWriter, r *http.Request) {
	http.Get(os.Getenv("PARCELS_URL") + "/depots")
}

func main() {
	http.HandleFunc("/route", depots)
	http.ListenAndServe(":"+os.Getenv("ROUTER_PORT"), nil)
}
