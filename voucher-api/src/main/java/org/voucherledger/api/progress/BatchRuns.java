package org.voucherledger.api.progress;

import java.util.List;
import org.springframework.stereotype.Component;
import org.voucherledger.api.progress.LongRun.Kind;
import org.voucherledger.projections.batchboard.QueuesUnderWay;

/** Grantings and publications, whoever does them. */
@Component
class BatchRuns implements LongRuns {

    private final QueuesUnderWay queues;

    BatchRuns(QueuesUnderWay queues) {
        this.queues = queues;
    }

    @Override
    public List<LongRun> underWay() {
        return queues.all().stream()
                .map(queue -> new LongRun(
                        queue.publishing() ? Kind.PUBLISHING : Kind.GRANTING,
                        queue.batchId(),
                        queue.done(),
                        queue.of()))
                .toList();
    }
}
