package com.example;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class CustomsController {
    private final Tariffs tariffs = new Tariffs();

    @GetMapping("/customs/{country}")
    public int duty(String country) {
        return tariffs.of(country);
    }
}
