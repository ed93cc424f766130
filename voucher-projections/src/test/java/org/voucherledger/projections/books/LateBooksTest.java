package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Trap 2 in the books: who is told late of a position mends the buckets after it. */
class LateBooksTest {

    private static final Buckets BUCKETS = new Buckets(8);

    @Test
    @DisplayName(
            "A posting that is committed late changes every past balance from its own position on, and none before")
    void committed_late() throws Exception {
        try (var city = new RandomCity(81).lives(150);
                var views = new TestViews(new BooksProjection(BUCKETS)).start();
                var other = Executors.newSingleThreadExecutor()) {
            var events = city.events();
            int late = lastOfItsStream(events);
            views.log().append(events.subList(0, late));
            views.settle();
            var written = new CountDownLatch(1);
            var mayCommit = new CountDownLatch(1);
            var committing = other.submit(() -> views.log().append(events.subList(late, late + 1), () -> {
                written.countDown();
                await(mayCommit);
            }));
            assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
            views.log().append(events.subList(late + 1, events.size()));
            var positions = views.projections().positions();
            long head = positions.head();
            positions.awaitAtLeast(BooksProjection.NAME, head, Duration.ofSeconds(30));
            var books = new Books(views.dataSource(), BUCKETS);
            var before = books.all();

            mayCommit.countDown();
            committing.get(20, TimeUnit.SECONDS);
            positions.awaitAtLeast(BooksProjection.NAME, late + 1, Duration.ofSeconds(30));

            assertThat(books.all()).isNotEqualTo(before);
            for (long position : new long[] {late, late + 1, head - 9, head}) {
                var told = books.of(Scope.LEDGER, position).orElseThrow();
                assertThat(told.violations()).as("at %d", position).isEmpty();
            }
            var recomputed = views.projections().recompute(BooksProjection.NAME).value();
            assertThat(recomputed.first()).isNull();
            assertThat(recomputed.events()).isEqualTo(events.size());
        }
    }

    /** A provider's memorandum after which its stream is silent, with some buckets of other events behind it. */
    private static int lastOfItsStream(List<TrackedEventMessage<?>> events) {
        for (int n = events.size() - 30; n > 0; n--) {
            if (events.get(n).getPayload() instanceof ProviderQuotaEvent quota
                    && events.subList(n + 1, events.size()).stream()
                            .noneMatch(later -> ((DomainEvent) later.getPayload())
                                    .streamId()
                                    .equals(quota.streamId()))) {
                return n;
            }
        }
        throw new AssertionError("no such event in this season");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
