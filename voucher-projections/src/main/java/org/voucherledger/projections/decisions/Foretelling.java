package org.voucherledger.projections.decisions;

import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.projections.account.AccountProjection;
import org.voucherledger.projections.account.MovedCap;
import org.voucherledger.projections.affected.AffectedPage;
import org.voucherledger.projections.affected.AffectedPages;
import org.voucherledger.projections.applications.ApplicationsProjection;
import org.voucherledger.projections.applications.MovedBudget;
import org.voucherledger.projections.projection.Rows;
import org.voucherledger.projections.voucherboard.MovedDate;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/**
 * Who would gain or lose by a decision of the authority, reckoned over the views that serve by the very code that records it
 * when the decision is taken (ALL-06). To be asked inside one snapshot.
 */
public final class Foretelling {

    /** The views that record who is affected, and over which it is foretold. */
    public static final String[] VIEWS = {
        VoucherBoardProjection.NAME, ApplicationsProjection.NAME, AccountProjection.NAME
    };

    private final Rows serving;

    public Foretelling(DataSource dataSource) {
        var sql = new JdbcTemplate(dataSource);
        this.serving = (statement, row, parameters) -> sql.query(statement.replace("{slot}", "view"), row, parameters);
    }

    /**
     * @param at when it would be decided
     * @param cursor the key of the last one seen, empty to begin
     */
    public AffectedPage of(AuthorityDecision decision, Instant at, String cursor, int limit) {
        var page = new AffectedPages.Page(cursor, limit);
        switch (decision) {
            case BatchEvent e -> {
                MovedBudget.foretell(e, at, serving, page);
                if (e instanceof BatchDateMoved move) {
                    MovedDate.foretell(move, serving, page);
                }
            }
            case SchemeEvent e -> MovedCap.foretell(decision, e.schemeId(), serving, page);
            case ProviderQuotaEvent e -> MovedCap.foretell(decision, e.schemeId(), serving, page);
            default -> throw new IllegalArgumentException("nobody reckons what comes of " + decision);
        }
        return page.page();
    }
}
