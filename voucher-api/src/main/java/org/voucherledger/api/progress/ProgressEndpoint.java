package org.voucherledger.api.progress;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.query.Readers;

/** How far everything is that takes a while. */
@RestController
@Tag(name = "Progress")
class ProgressEndpoint {

    private final Watch watch;

    ProgressEndpoint(Watch watch) {
        this.watch = watch;
    }

    record UnderWay(List<Watch.Watched> items) {}

    @Operation(
            summary =
                    "How far each granting, publication, sweep and import is that has begun: so many of so many, how many a"
                            + " second, how long it will take; the pace is known from the second time on that it is asked")
    @GetMapping("/api/v1/progress")
    @PreAuthorize(Readers.STAFF)
    UnderWay underWay() {
        return new UnderWay(watch.now());
    }
}
