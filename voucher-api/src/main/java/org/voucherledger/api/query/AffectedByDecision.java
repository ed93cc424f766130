package org.voucherledger.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.voucherledger.api.http.Consequences;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.projections.affected.AffectedPage;
import org.voucherledger.projections.decisions.Foretelling;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/** Foretells who would gain or lose by a decision, on views that have reached the position of the dry run (ALL-06). */
@Component
class AffectedByDecision implements Consequences {

    private final Views views;
    private final Foretelling foretelling;

    AffectedByDecision(Views views, Foretelling foretelling) {
        this.views = views;
        this.foretelling = foretelling;
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
                        () -> foretelling.of(decision, explanation.receivedAt(), cursor, limit),
                        Foretelling.VIEWS);
                all.add(new Foretold(event.getClass().getSimpleName(), seen.value(), seen.position()));
            }
        }
        return all;
    }
}
