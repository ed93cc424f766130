package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.audittrail.TrailVerification;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.AlreadyVerifying;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.books.BooksVerification;
import org.voucherledger.projections.books.PostedLine;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.books.TrialBalance;
import org.voucherledger.projections.books.Verification;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The books (ALL-03). */
@RestController
@Tag(name = "Books")
class BooksEndpoint {

    private final Views views;
    private final Books books;
    private final BooksVerification verification;
    private final TrailVerification trail;
    private final Projections projections;
    private final LedgerClock clock;

    BooksEndpoint(
            Views views,
            Books books,
            BooksVerification verification,
            TrailVerification trail,
            Projections projections,
            LedgerClock clock) {
        this.projections = projections;
        this.clock = clock;
        this.views = views;
        this.books = books;
        this.verification = verification;
        this.trail = trail;
    }

    private record Found(TrialBalance trial, Long position, Instant asOf) {}

    @Operation(
            summary =
                    "The trial balance of everything, or of one scheme, batch, city, district, enterprise or provider, now or"
                            + " at any past position or moment; a party's own alone")
    @GetMapping("/api/v1/books")
    @PreAuthorize(Readers.CLAIMANTS)
    Seen<TrialBalance> books(
            @ParameterObject BooksOf of,
            @ParameterObject BooksWhen when,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        Scope scope = of.scopeFor(reader);
        long head = projections.positions().head();
        when.insistOnThePast(head, clock.now());
        Seen<Found> seen = views.read(when.needed(head, atLeast), () -> found(scope, when), BooksProjection.NAME);
        Found found = seen.value();
        return found.position() == null
                ? new Seen<>(found.trial(), seen.position(), seen.asOf())
                : new Seen<>(found.trial(), found.position(), found.asOf());
    }

    /** A position, and the time of the last posting up to there, only where they are not those of the view itself. */
    private Found found(Scope scope, BooksWhen when) {
        Long position = when.position();
        if (when.at() != null) {
            var last = books.positionAt(when.moment());
            position = last.isPresent() ? (Long) last.getAsLong() : null;
        }
        TrialBalance trial = books.of(scope, position == null ? Books.NOW : position)
                .orElseThrow(NotThere.of(BooksOf.kind(scope), scope.id()));
        return new Found(trial, position, position == null ? null : books.timeOf(position));
    }

    @Operation(
            summary =
                    "The postings that make up a figure, in the order of the log: of a scope, an account, a voucher, a range of"
                            + " positions; each with the event that posted it")
    @GetMapping("/api/v1/books/postings")
    @PreAuthorize(Readers.STAFF)
    Slice<PostedLine> postings(
            @ParameterObject BooksOf of,
            @RequestParam(required = false) Account account,
            @RequestParam(required = false) String voucher,
            @Parameter(description = "The first position of the range") @RequestParam(required = false) Long from,
            @Parameter(description = "The last position of the range") @RequestParam(required = false) Long until,
            @ParameterObject Page page)
            throws TimeoutException {
        var wanted = new Books.Wanted(
                of.scope(), account, voucher, from == null ? 0 : from, until == null ? Books.NOW : until);
        PostedLine.Place after = after(page.cursor());
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> books.postings(wanted, after, limit),
                line -> line.position() + "." + line.line(),
                BooksProjection.NAME);
    }

    private static PostedLine.Place after(String cursor) {
        if (cursor.isEmpty()) {
            return PostedLine.Place.BEFORE_ALL;
        }
        if (!cursor.matches("[0-9]{1,18}\\.[0-9]{1,9}")) {
            throw new Malformed("cursor", "next of the page before");
        }
        int dot = cursor.indexOf('.');
        return new PostedLine.Place(
                Long.parseLong(cursor.substring(0, dot)), Integer.parseInt(cursor.substring(dot + 1)));
    }

    /** It reads only, and takes as long as the log is long; hence not a GET. */
    @Operation(
            summary =
                    "Check ALL-03 at every prefix of the log from the raw events, compare with the books, and count the audit trail")
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
