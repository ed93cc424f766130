package org.voucherledger.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;

/** The program. */
@SpringBootApplication(scanBasePackages = {"org.voucherledger.api", "org.voucherledger.projections"})
@EntityScan("org.voucherledger.projections")
public class VoucherLedger {

    public static void main(String[] arguments) {
        SpringApplication.run(VoucherLedger.class, arguments);
    }
}
