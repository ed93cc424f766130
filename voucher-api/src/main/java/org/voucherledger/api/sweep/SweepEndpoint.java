package org.voucherledger.api.sweep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets an operations job ask for a sweep now; the ledger sweeps by itself as well. */
@RestController
@Tag(name = "Sweeps")
class SweepEndpoint {

    private final Sweep sweep;

    SweepEndpoint(Sweep sweep) {
        this.sweep = sweep;
    }

    @Operation(
            summary = "Record everything that has become due by the ledger's clock (GZ-25, GZ-30, GZ-32, GZ-33, GZ-42)")
    @PostMapping("/api/v1/sweeps")
    @PreAuthorize("hasRole('SYSTEM')")
    Sweep.Swept sweep() throws TimeoutException {
        return sweep.run();
    }
}
