package org.voucherledger.projections;

import java.util.List;
import org.axonframework.serialization.Serializer;
import org.voucherledger.projections.account.AccountProjection;
import org.voucherledger.projections.applications.ApplicationsProjection;
import org.voucherledger.projections.audit.AuditProjection;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.batchboard.BatchBoardProjection;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.catalogue.CatalogueProjection;
import org.voucherledger.projections.claimworklist.ClaimWorklistProjection;
import org.voucherledger.projections.findings.FindingsProjection;
import org.voucherledger.projections.performance.PerformanceProjection;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.register.RegisterProjection;
import org.voucherledger.projections.risk.RiskProjection;
import org.voucherledger.projections.schemes.SchemesProjection;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** Every view there is. */
public final class AllProjections {

    private AllProjections() {}

    /** @param payloads the serializer of the log */
    public static List<Projection> of(Serializer payloads) {
        return List.of(
                new VoucherBoardProjection(),
                new BatchBoardProjection(),
                new ApplicationsProjection(),
                new AccountProjection(),
                new BooksProjection(),
                new AuditTrailProjection(payloads),
                new ClaimWorklistProjection(),
                new RegisterProjection(),
                new CatalogueProjection(),
                new SchemesProjection(),
                new FindingsProjection(),
                new PerformanceProjection(),
                new RiskProjection(),
                new AuditProjection());
    }
}
