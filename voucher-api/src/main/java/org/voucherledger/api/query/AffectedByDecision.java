package org.voucherledger.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.voucherledger.api.http.Consequences;
import org.voucherledger.api.pipeline.DryRun;
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
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.voucherboard.MovedDate;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** Foretells who would gain or lose by a decision, with the very reckoning that records it when it is taken (ALL-06). */
@Component
class AffectedByDecision implements Consequences {

    static final String[] VIEWS = {VoucherBoardProjection.NAME, ApplicationsProjection.NAME, AccountProjection.NAME};

    private final Views views;
    private final Rows serving;

    AffectedByDecision(Views views, DataSource dataSource) {
        this.views = views;
        var sql = new JdbcTemplate(dataSource);
        this.serving = (statement, row, parameters) -> sql.query(statement.replace("{slot}", "view"), row, parameters);
    }

    /**
     * Whom a decision would affect.
     *
     * @param type of the event that would record it
     * @param position of the last event that the list knows
     */
    record Foretold(String type, @JsonUnwrapped AffectedPage page, long position) {}

    @Override
    public List<Foretold> of(DryRun.Explanation explanation, String cursor, int limit) throws TimeoutException {
        var all = new ArrayList<Foretold>();
        for (Object event : explanation.events()) {
            if (event instanceof AuthorityDecision decision) {
                Seen<AffectedPage> seen = views.read(
                        explanation.position(),
                        () -> foretell(decision, explanation.receivedAt(), new AffectedPages.Page(cursor, limit)),
                        VIEWS);
                all.add(new Foretold(event.getClass().getSimpleName(), seen.value(), seen.position()));
            }
        }
        return all;
    }

    private AffectedPage foretell(AuthorityDecision decision, Instant at, AffectedPages.Page page) {
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
