package org.voucherledger.api.eventstore;

import java.util.Arrays;
import java.util.Optional;
import org.voucherledger.domain.aggregate.LedgerAggregate;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.ApplicationQueue;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.batch.VoucherBatch;
import org.voucherledger.domain.ledger.Ledger;

/** The streams that may grow to a hundred thousand events while their state stays small. */
enum LongStream {
    BATCH("batch:", BatchState.class) {
        @Override
        State<?, ?> now(Ledger ledger, String id) {
            return ledger.batch(id).now();
        }

        @Override
        LedgerAggregate<?, ?> standing(String stream, State<?, ?> state) {
            var batch = new VoucherBatch();
            batch.stand(stream, (BatchState) state);
            return batch;
        }
    },
    QUEUE("queue:", QueueState.class) {
        @Override
        State<?, ?> now(Ledger ledger, String id) {
            return ledger.queue(id).now();
        }

        @Override
        LedgerAggregate<?, ?> standing(String stream, State<?, ?> state) {
            var queue = new ApplicationQueue();
            queue.stand(stream, (QueueState) state);
            return queue;
        }
    };

    private final String beginning;
    private final Class<? extends State<?, ?>> state;

    LongStream(String beginning, Class<? extends State<?, ?>> state) {
        this.beginning = beginning;
        this.state = state;
    }

    /** Of which kind this stream is; empty where it stays short. */
    static Optional<LongStream> of(String stream) {
        return Arrays.stream(values())
                .filter(kind -> stream.startsWith(kind.beginning))
                .findFirst();
    }

    Class<? extends State<?, ?>> state() {
        return state;
    }

    /** Its state in the unit of work of this thread. */
    State<?, ?> stateOf(Ledger ledger, String stream) {
        return now(ledger, stream.substring(beginning.length()));
    }

    abstract State<?, ?> now(Ledger ledger, String id);

    /** The aggregate with this state. */
    abstract LedgerAggregate<?, ?> standing(String stream, State<?, ?> state);
}
