package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Rule;

/**
 * Re-decides the applications of a past batch under a draft of a scheme: the same enterprises as they were, the same
 * applications at the same instants, decided by the domain itself over events in memory. Nothing is written to the ledger.
 *
 * <p>Service vouchers are compared as of the publication of the grant; what a waiting list brought afterwards is no part of it.
 * Cloud vouchers are compared as vetted so far, consumption vouchers as taken.
 *
 * <p>The log is read page by page and who applied is read when it is needed. What is held are a few facts of each application
 * and of what the draft makes of it; so that they are held once, one batch is re-decided at a time.
 */
@Component
public class WhatIf {

    private final PastBatches log;
    private final Semaphore oneAtATime = new Semaphore(1);

    WhatIf(PastBatches log) {
        this.log = log;
    }

    /**
     * @throws org.voucherledger.domain.rule.Refused where there is no such batch, its applications have not ended, or the
     *     draft could not have been published or the batch not opened under it
     * @throws WhatIfUnderWay while another batch is being re-decided
     */
    public WhatIfAnswer ask(String batchId, SchemeFile draft) {
        if (!oneAtATime.tryAcquire()) {
            throw new WhatIfUnderWay();
        }
        try {
            return askAlone(batchId, draft);
        } finally {
            oneAtATime.release();
        }
    }

    private WhatIfAnswer askAlone(String batchId, SchemeFile draft) {
        PastBatch batch = log.find(batchId);
        Checks.inOrder(
                () -> Rule.ALL_06.holds(
                        Check.ACTOR, "BatchUnknown", batch != null, "an opened batch", "unknown", batchId),
                () -> draft.terms().isOfKind(batch.kind(), "what-if"),
                () -> Rule.GZ_12.holds(
                        Check.STATE, "ApplicationsNotEnded", batch.hasEnded(), "ENDED", "OPEN", batchId));

        var before = new Outcomes();
        try (var retold = Retelling.of(batch, draft, log)) {
            log.tell(batch, past -> {
                before.hear(past.event());
                retold.tell(past);
            });
            retold.over();
            return answer(batch, draft, before.over(), retold);
        }
    }

    private static WhatIfAnswer answer(PastBatch batch, SchemeFile draft, Outcomes before, Retelling retold) {
        var applications = new ArrayList<Compared>();
        for (Outcomes.Asked application : before.applications()) {
            applications.add(Compared.of(
                    application.applicationId(),
                    application.applicantId(),
                    application.amountFen(),
                    before.at(application.position()),
                    retold.outcomeOf(application.position())));
        }
        var changes = new EnumMap<Compared.Change, Long>(Compared.Change.class);
        applications.forEach(each -> changes.merge(each.change(), 1L, Long::sum));
        long budgetFen = retold.budgetFen();
        return new WhatIfAnswer(
                batch.opened().batchId(),
                batch.opened().schemeId(),
                batch.opened().schemeVersion(),
                draft.terms().schemeId(),
                draft.sha256(),
                budgetFen,
                Sums.of(budgetFen, applications.stream().map(Compared::before).toList()),
                Sums.of(budgetFen, applications.stream().map(Compared::after).toList()),
                changes,
                retold.hindered(),
                applications);
    }
}
