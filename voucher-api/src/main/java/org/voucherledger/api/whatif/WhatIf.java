package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.springframework.stereotype.Component;
import org.voucherledger.api.eventstore.EventsInOrder.Placed;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/**
 * Re-decides the applications of a past batch under a draft of a scheme: the same enterprises as they were, the same
 * applications at the same instants, decided by the domain itself over events in memory. Nothing is written to the ledger.
 *
 * <p>Both sides are compared as of the publication of the grant; what a waiting list brought afterwards is no part of it.
 */
@Component
public class WhatIf {

    private final PastBatch log;

    WhatIf(PastBatch log) {
        this.log = log;
    }

    /**
     * @throws org.voucherledger.domain.rule.Refused where there is no such batch, its applications have not ended, or the
     *     draft could not have been published or the batch not opened under it
     */
    public WhatIfAnswer ask(String batchId, SchemeFile draft) {
        List<Placed> ofBatch = log.batch(batchId);
        BatchOpened opened = PastBatch.opened(ofBatch);
        Checks.inOrder(
                () -> Rule.ALL_06.holds(
                        Check.ACTOR, "BatchUnknown", opened != null, "an opened batch", "unknown", batchId),
                () -> draft.terms().isOfKind(Kind.SERVICE, "what-if"),
                () -> Rule.GZ_12.holds(
                        Check.STATE,
                        "ApplicationsNotEnded",
                        ofBatch.stream().anyMatch(past -> past.event() instanceof ApplicationsEnded),
                        "ENDED",
                        "OPEN",
                        batchId));

        List<Placed> past = log.everythingAbout(opened, ofBatch);
        var before = Outcomes.of(
                past.stream()
                        .map(Placed::event)
                        .filter(QueueEvent.class::isInstance)
                        .toList(),
                ofBatch.stream().map(Placed::event).toList());
        try (var retold = new Retelling(opened, draft)) {
            past.forEach(retold::tell);
            retold.decide();
            return answer(opened, draft, before, retold);
        }
    }

    private static WhatIfAnswer answer(BatchOpened opened, SchemeFile draft, Outcomes before, Retelling retold) {
        var applications = new ArrayList<Compared>();
        for (ApplicationQueued application : before.applications()) {
            applications.add(Compared.of(
                    application.applicationId(),
                    application.enterpriseId(),
                    application.amountFen(),
                    before.at(application.position()),
                    retold.outcomeOf(application)));
        }
        var changes = new EnumMap<Compared.Change, Long>(Compared.Change.class);
        applications.forEach(each -> changes.merge(each.change(), 1L, Long::sum));
        long budgetFen = retold.budgetFen();
        return new WhatIfAnswer(
                opened.batchId(),
                opened.schemeId(),
                opened.schemeVersion(),
                draft.terms().schemeId(),
                draft.sha256(),
                budgetFen,
                Sums.of(budgetFen, applications.stream().map(Compared::before).toList()),
                Sums.of(budgetFen, applications.stream().map(Compared::after).toList()),
                changes,
                List.copyOf(applications));
    }
}
