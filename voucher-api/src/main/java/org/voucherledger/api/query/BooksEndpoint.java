package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.audittrail.TrailVerification;
import org.voucherledger.projections.books.AlreadyVerifying;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.books.BooksVerification;
import org.voucherledger.projections.books.TrialBalance;
import org.voucherledger.projections.books.Verification;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/** The books (ALL-03). */
@RestController
@Tag(name = "Books")
class BooksEndpoint {

    private final Views views;
    private final Books books;
    private final BooksVerification verification;
    private final TrailVerification trail;

    BooksEndpoint(Views views, Books books, BooksVerification verification, TrailVerification trail) {
        this.views = views;
        this.books = books;
        this.verification = verification;
        this.trail = trail;
    }

    @Operation(summary = "The trial balance of everything, of one scheme or of one batch")
    @GetMapping("/api/v1/books")
    Seen<TrialBalance> books(
            @RequestParam(required = false) String scheme,
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        if (scheme != null && batch != null) {
            throw new Malformed("batch", "without scheme: one of the two");
        }
        return views.read(atLeast, () -> trialBalance(scheme, batch), BooksProjection.NAME);
    }

    private TrialBalance trialBalance(String scheme, String batch) {
        if (batch != null) {
            return books.ofBatch(batch).orElseThrow(NotThere.of("Batch", batch));
        }
        return scheme == null ? books.all() : books.ofScheme(scheme).orElseThrow(NotThere.of("Scheme", scheme));
    }

    /** It reads only, and takes as long as the log is long; hence not a GET. */
    @Operation(summary = "Recompute the books from the raw events now, compare, and count the audit trail")
    @PostMapping("/api/v1/books/verification")
    @PreAuthorize(Readers.STAFF)
    Seen<Verification> verify() throws TimeoutException {
        try {
            Seen<Verification> seen = verification.verify();
            return new Seen<>(seen.value().with(trail.violations()), seen.position(), seen.asOf());
        } catch (AlreadyVerifying underWay) {
            throw new Refused(Rule.ALL_03.holds(
                    Check.STATE, "AlreadyVerifying", false, "not being verified", "being verified", "books"));
        }
    }
}
