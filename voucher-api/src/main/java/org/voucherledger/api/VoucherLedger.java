package org.voucherledger.api;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.voucherledger.api.commandline.VoucherCommandLine;

/** The program. */
@SpringBootApplication(scanBasePackages = {"org.voucherledger.api", "org.voucherledger.projections"})
@EntityScan("org.voucherledger.projections")
@EnableJpaRepositories("org.voucherledger.projections")
public class VoucherLedger {

    /** A server that has started goes on after this has returned; only a failure ends the process at once. */
    public static void main(String[] arguments) {
        int code = VoucherCommandLine.run(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
