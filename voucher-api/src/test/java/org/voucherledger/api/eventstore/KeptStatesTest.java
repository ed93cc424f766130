package org.voucherledger.api.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.LedgerAggregate;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.Positions;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.samples.Samples;

/** Whatever a long stream may hold, its state comes back from where it is kept as it was. */
class KeptStatesTest {

    private static final Fen PLENTY = Fen.of(1_000_000_000_000L);

    @ParameterizedTest
    @EnumSource
    @DisplayName("The state behind each kind of event comes back equal")
    void comes_back(LongStream kind) {
        var seen = new HashSet<State<?, ?>>();
        switch (kind) {
            case BATCH -> {
                BatchState opened = rich(BatchState.EMPTY.evolve(Samples.of(BatchOpened.class)));
                for (Class<?> event : BatchEvent.class.getPermittedSubclasses()) {
                    seen.add(opened.evolve((BatchEvent) Samples.of(event.asSubclass(DomainEvent.class))));
                }
            }
            case QUEUE -> {
                QueueState reserved = rich().evolve(Samples.of(ApplicationReserved.class));
                for (Class<?> event : QueueEvent.class.getPermittedSubclasses()) {
                    seen.add(reserved.evolve((QueueEvent) Samples.of(event.asSubclass(DomainEvent.class))));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(1);
        try (var pool = TestPostgres.emptyLedger();
                var snapshots = new Snapshots(pool)) {
            var store = LedgerStore.over(pool, Ledger.AGGREGATES);
            seen.forEach(state ->
                    comesBack(kind.name().toLowerCase(Locale.ROOT) + ":" + UUID.randomUUID(), state, store, snapshots));
            store.events().shutDown();
        }
    }

    /** With money enough for whatever the samples take out. */
    private static BatchState rich(BatchState batch) {
        return new BatchState(
                batch.opened(),
                batch.phase(),
                PLENTY,
                PLENTY,
                batch.dates(),
                batch.ended(),
                batch.published(),
                batch.taken(),
                batch.decided(),
                batch.told(),
                batch.refilled(),
                batch.queueClosed());
    }

    private static QueueState rich() {
        var tiers = new TreeMap<Integer, QueueState.Tier>();
        IntStream.range(0, 1_000).forEach(tier -> tiers.put(tier, new QueueState.Tier(Positions.NONE, PLENTY)));
        return new QueueState(0, PLENTY, tiers);
    }

    private static void comesBack(String stream, State<?, ?> state, LedgerStore store, Snapshots snapshots) {
        var event = new GenericDomainEventMessage<>(
                "T",
                stream,
                999,
                Samples.of(BatchOpened.class),
                MetaData.emptyInstance(),
                UUID.randomUUID().toString(),
                GenericEventMessage.clock.instant());
        store.events().append(List.of(event));

        snapshots.keep(List.of(new Snapshots.Standing(event, state)));
        long until = System.nanoTime() + 30_000_000_000L;
        while (snapshots.of(List.of(stream)).isEmpty()) {
            assertThat(System.nanoTime()).as("%s is kept", state).isLessThan(until);
            Thread.onSpinWait();
        }

        var aggregate = (LedgerAggregate<?, ?>)
                snapshots.of(List.of(stream)).get(stream).getPayload();
        assertThat(aggregate.state()).isEqualTo(state);
    }
}
