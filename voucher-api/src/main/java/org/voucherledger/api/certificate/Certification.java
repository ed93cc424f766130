package org.voucherledger.api.certificate;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.query.BooksWhen;
import org.voucherledger.api.query.NotThere;
import org.voucherledger.api.seal.Attestor;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.books.BooksWatch;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.books.ScopeKind;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.sealedlog.SignedNote;

/**
 * ALL-03: certifies the books of a batch or a scheme at a position that is sealed and up to which they balance; of no other.
 *
 * <p>Nothing is kept of it: the same position gives the same certificate again.
 */
@Component
final class Certification {

    /** A certificate with its signature. */
    record Issued(Certificate certificate, SignedNote note) {}

    private final Views views;
    private final Books books;
    private final BooksWatch watch;
    private final Projections projections;
    private final Attestor attestor;
    private final LedgerClock clock;

    Certification(
            Views views, Books books, BooksWatch watch, Projections projections, Attestor attestor, LedgerClock clock) {
        this.views = views;
        this.books = books;
        this.watch = watch;
        this.projections = projections;
        this.attestor = attestor;
        this.clock = clock;
    }

    /**
     * @param when the newest sealed position if it says none
     * @throws Refused if it lies in the future, is not sealed, the books do not balance there, or there was no such scope
     */
    Issued issue(Scope scope, BooksWhen when) throws TimeoutException {
        when.insistOnThePast(projections.positions().head(), clock.now());
        long asked = asked(when);
        Certificate certificate = views.read(asked, () -> certificate(scope, asked), BooksProjection.NAME)
                .value();
        return new Issued(certificate, attestor.sign(certificate.unsigned()));
    }

    private long asked(BooksWhen when) {
        Instant moment = when.moment();
        if (moment != null) {
            return attestor.positionAt(moment);
        }
        return when.position() == null ? attestor.sealedUpTo() : when.position();
    }

    private Certificate certificate(Scope scope, long asked) {
        watch.standing()
                .violation()
                .filter(violation -> violation.position() <= asked)
                .ifPresent(violation -> insistOnBalance(
                        List.of("position " + violation.position() + ", " + violation.sentence()), asked));
        Attestor.Covered covered = attestor.covering(asked);
        Figures figures =
                books.figures(scope, covered.position()).orElseThrow(() -> notThen(scope, covered.position()));
        insistOnBalance(figures.violations(), covered.position());
        return new Certificate(figures, covered.position(), covered.recordedAt(), covered.checkpoint());
    }

    private static void insistOnBalance(List<String> violations, long position) {
        if (!violations.isEmpty()) {
            throw new Refused(Rule.ALL_03.holds(
                    Check.STATE,
                    "BooksViolated",
                    false,
                    "books that balance",
                    violations.getFirst(),
                    String.valueOf(position)));
        }
    }

    private Refused notThen(Scope scope, long position) {
        if (books.figures(scope, Books.NOW).isEmpty()) {
            return NotThere.of(scope.kind() == ScopeKind.BATCH ? "Batch" : "Scheme", scope.id())
                    .get();
        }
        return new Refused(Rule.ALL_03.holds(
                Check.STATE, "NotOpenedByThen", false, "opened by then", "later", String.valueOf(position)));
    }
}
