package org.voucherledger.domain.scenario;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test about Guangzhou in 2020; whatever it does, the books must balance at its end (ALL-03). */
public abstract class CityTest {

    protected City city;

    @BeforeEach
    void begin() {
        city = new City();
    }

    @AfterEach
    void end() {
        city.booksBalance().close();
    }
}
