package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.EventLog;

/** A verification reads the whole log, so there is one at a time. */
class OneVerificationTest {

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);

    @Test
    @DisplayName("ALL-03: who asks while the books are being verified is refused, and may ask again")
    void one_at_a_time() throws Exception {
        try (var city = new RandomCity(91).lives(20);
                var views = new TestViews(new BooksProjection());
                var auditor = Executors.newSingleThreadExecutor()) {
            views.log().append(city.events());
            views.start().settle();
            var verification = new BooksVerification(
                    views.views(),
                    views.projections(),
                    new Books(views.dataSource()),
                    new EventLog(slow(views.log().store()), views.log().serializer()));
            var first = auditor.submit(verification::verify);
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(verification::verify).isInstanceOf(AlreadyVerifying.class);

            mayRead.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS).value().balanced()).isTrue();
            assertThat(verification.verify().value().balanced()).isTrue();
        }
    }

    private StreamableMessageSource<TrackedEventMessage<?>> slow(StreamableMessageSource<TrackedEventMessage<?>> log) {
        return new StreamableMessageSource<>() {
            @Override
            public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
                reading.countDown();
                try {
                    assertThat(mayRead.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return log.openStream(token);
            }

            @Override
            public TrackingToken createTailToken() {
                return log.createTailToken();
            }
        };
    }
}
