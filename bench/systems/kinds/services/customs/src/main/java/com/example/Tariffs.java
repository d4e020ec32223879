package com.example;

class Tariffs {
    int of(String country) {
        return country.length() + Integer.parseInt(System.getenv("CUSTOMS_BASE"));
    }
}
