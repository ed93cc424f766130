package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.fixture.TestViews;

/** Every view is a function of the log: made anew from it, it is the same, bit for bit. */
class RecomputeTest {

    private record Season(String name, List<TrackedEventMessage<?>> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Season> seasons() {
        try (var city = new RandomCity(71).lives(300);
                var province = new RandomProvince(72).lives(400);
                var cycle = new RandomCycle(73).lives(250)) {
            return Stream.of(
                    new Season("a city", new ArrayList<>(city.events())),
                    new Season("a province of cloud vouchers", new ArrayList<>(province.events())),
                    new Season("a cycle of consumption vouchers", new ArrayList<>(cycle.events())));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seasons")
    @DisplayName(
            "Every view, told in pieces of any size, is the view recomputed from zero, whatever the size of its batches")
    void is_a_function_of_the_log(Season season) {
        var random = new Random(74);
        try (var views = new TestViews().start()) {
            for (int from = 0; from < season.events().size(); ) {
                int until = Math.min(season.events().size(), from + 1 + random.nextInt(60));
                views.log().append(season.events().subList(from, until));
                from = until;
                if (random.nextInt(4) == 0) {
                    views.settle();
                }
            }
            views.settle();
            for (String name : views.projections().names()) {
                for (int batchSize : new int[] {1, 7, 1_000}) {
                    Seen<Recomputed> seen = views.projections().recompute(name, batchSize);
                    var recomputed = seen.value();
                    assertThat(recomputed.first())
                            .as("%s in batches of %d", name, batchSize)
                            .isNull();
                    assertThat(recomputed.equal()).isTrue();
                    assertThat(recomputed.events()).isEqualTo(season.events().size());
                    assertThat(recomputed.tables())
                            .isNotEmpty()
                            .allMatch(t -> t.differing() == 0 && t.rows() == t.recomputedRows());
                    assertThat(seen.position())
                            .isEqualTo(views.projections().positions().head());
                }
            }
            assertThat(views.jdbc()
                            .queryForList(
                                    "select nspname from pg_namespace where nspname like '%recomputed'", String.class))
                    .as("what is left behind")
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("A row that was altered, lost or added is found by table and key, with both sides")
    void finds_what_differs() {
        try (var city = new RandomCity(75).lives(100);
                var views = new TestViews(new BooksProjection())) {
            views.log().append(city.events());
            views.start().settle();
            var projections = views.projections();
            String name = BooksProjection.NAME;
            assertThat(projections.recompute(name).value().equal()).isTrue();

            views.jdbc()
                    .update("update books_a.posting set amount_fen = amount_fen + 1 where position = 100 and line = 0");
            var altered = projections.recompute(name).value();
            views.jdbc()
                    .update("update books_a.posting set amount_fen = amount_fen - 1 where position = 100 and line = 0");
            views.jdbc().update("delete from books_a.voucher where id = 'B1-A1-V1'");
            var lost = projections.recompute(name).value();
            views.jdbc().update("insert into books_a.party values ('PROVIDER', 'nobody', '')");
            var added = projections.recompute(name).value();

            long position = 100;
            assertThat(altered.equal()).isFalse();
            assertThat(altered.first().table()).isEqualTo("posting");
            assertThat(altered.first().key()).isEqualTo("[" + position + ", 0]");
            assertThat(altered.first().serving()).isNotEqualTo(altered.first().recomputed());
            assertThat(lost.first().table()).isEqualTo("voucher");
            assertThat(lost.first().key()).contains("B1-A1-V1");
            assertThat(lost.first().serving()).isNull();
            assertThat(lost.first().recomputed()).contains("B1-A1-V1");
            assertThat(added.first().table()).isEqualTo("party");
            assertThat(added.first().recomputed()).isNull();
            assertThat(added.tables())
                    .filteredOn(t -> t.differing() > 0)
                    .extracting(Recomputed.Table::name)
                    .containsExactly("party", "voucher");
        }
    }

    @Test
    @DisplayName("While the serving view is told on, it is compared at the position that it had")
    void while_it_is_told_on() {
        try (var city = new RandomCity(76).lives(200);
                var views = new TestViews(new BooksProjection()).start()) {
            var events = city.events();
            int at = events.size() / 2;
            views.log().append(events.subList(0, at));
            views.settle();
            var teller = Thread.ofPlatform().start(() -> {
                for (int n = at; n < events.size(); n++) {
                    views.log().append(events.subList(n, n + 1));
                }
            });
            while (teller.isAlive()) {
                assertThat(views.projections()
                                .recompute(BooksProjection.NAME)
                                .value()
                                .equal())
                        .isTrue();
            }
            views.settle();
            assertThat(views.projections()
                            .recompute(BooksProjection.NAME)
                            .value()
                            .events())
                    .isEqualTo(events.size());
        }
    }

    @Test
    @DisplayName(
            "Whoever waits for every transaction under way, as the sealing does, need not wait for a recomputation")
    void holds_no_transaction_number() throws Exception {
        var halfway = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        try (var city = new RandomCity(77).lives(50);
                var views = new TestViews(new BooksProjection()).start();
                var auditor = Executors.newSingleThreadExecutor()) {
            views.log().append(city.events());
            views.settle();
            var other = new Projections(
                    List.of(new BooksProjection()),
                    views.dataSource(),
                    views.log().transactions(),
                    halting(views.log().store(), 50, halfway, mayGoOn),
                    views.log().serializer());
            var recomputed = auditor.submit(() -> other.recompute(BooksProjection.NAME, 7));
            assertThat(halfway.await(60, TimeUnit.SECONDS)).isTrue();

            String fence = views.jdbc().queryForObject("select pg_current_xact_id()::text", String.class);
            assertThat(views.projections()
                            .positions()
                            .awaitUntil(
                                    () -> views.jdbc()
                                            .queryForObject(
                                                    "select pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8",
                                                    Boolean.class,
                                                    fence),
                                    Duration.ofSeconds(10)))
                    .isTrue();

            mayGoOn.countDown();
            assertThat(recomputed.get(60, TimeUnit.SECONDS).value().equal()).isTrue();
            other.close();
        }
    }

    /** A log whose reader is halted after so many events. */
    private static StreamableMessageSource<TrackedEventMessage<?>> halting(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            int after,
            CountDownLatch halted,
            CountDownLatch mayGoOn) {
        return new StreamableMessageSource<>() {
            @Override
            public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
                var stream = log.openStream(token);
                var left = new AtomicInteger(after);
                return new BlockingStream<>() {
                    @Override
                    public Optional<TrackedEventMessage<?>> peek() {
                        return stream.peek();
                    }

                    @Override
                    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
                        return stream.hasNextAvailable(timeout, unit);
                    }

                    @Override
                    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
                        if (left.getAndDecrement() == 0) {
                            halted.countDown();
                            assertThat(mayGoOn.await(60, TimeUnit.SECONDS)).isTrue();
                        }
                        return stream.nextAvailable();
                    }

                    @Override
                    public void close() {
                        stream.close();
                    }
                };
            }

            @Override
            public TrackingToken createTailToken() {
                return log.createTailToken();
            }
        };
    }

    @Test
    @DisplayName("There is no view of that name, or another instance has it in hand")
    void in_other_hands() {
        try (var views = new TestViews(new BooksProjection()).start();
                var other = views.beside()) {
            assertThatThrownBy(() -> views.projections().recompute("nothing"))
                    .isInstanceOf(IllegalArgumentException.class);
            new RebuildLock(views.dataSource()).whileHeld(BooksProjection.NAME, () -> {
                assertThatThrownBy(() -> other.recompute(BooksProjection.NAME)).isInstanceOf(InOtherHands.class);
            });
            assertThat(other.recompute(BooksProjection.NAME).value().equal()).isTrue();
        }
    }
}
