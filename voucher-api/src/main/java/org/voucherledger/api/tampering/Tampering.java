package org.voucherledger.api.tampering;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A way of changing a sealed ledger.
 *
 * @param name as it is counted and shown
 * @param deed changes the database and says what a verification must find
 */
record Tampering(String name, Deed deed) {

    @FunctionalInterface
    interface Deed {
        Expected by(Hand hand);
    }

    /** All of them, each as likely as any other. */
    static final List<Tampering> ALL = Stream.of(
                    EventTamperings.ALL,
                    RefusalTamperings.ALL,
                    TreeTamperings.ALL,
                    CheckpointTamperings.ALL,
                    HistoryTamperings.ALL,
                    Combinations.ALL)
            .flatMap(List::stream)
            .toList();

    /** One that changes rows and nothing else, so that the rows themselves say what must be found. */
    static Tampering ofRows(String name, Consumer<Hand> deed) {
        return new Tampering(name, hand -> {
            deed.accept(hand);
            return Expected.exactly(RowOracle.findings(hand.original(), hand.sql()));
        });
    }
}
