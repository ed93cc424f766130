package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LastLookTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicLong news = new AtomicLong();

    private Map<String, Progress> look() {
        int position = looks.incrementAndGet();
        return Map.of("books", new Progress(new GlobalSequenceTrackingToken(position), position, null));
    }

    @Test
    @DisplayName("However often it is asked, it looks once for each piece of news")
    void once_for_all() {
        var last = new LastLook(this::look, news::get, Duration.ofDays(1));

        for (int asked = 0; asked < 1_000; asked++) {
            assertThat(last.of("books").position()).isEqualTo(1);
        }
        news.incrementAndGet();
        for (int asked = 0; asked < 1_000; asked++) {
            assertThat(last.of("books").position()).isEqualTo(2);
        }

        assertThat(last.of("unheard-of")).isEqualTo(Progress.NONE);
    }

    @Test
    @DisplayName("A look that is too old is repeated without news, because another instance may have told")
    void too_old() {
        var last = new LastLook(this::look, news::get, Duration.ZERO);

        assertThat(last.of("books").position()).isEqualTo(1);
        assertThat(last.of("books").position()).isEqualTo(2);
    }

    @Test
    @DisplayName("Who asks while another looks is told what is known and waits for nobody")
    void nobody_waits() throws Exception {
        var looking = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var last = new LastLook(
                () -> {
                    looking.countDown();
                    await(mayEnd);
                    return look();
                },
                news::get,
                Duration.ofDays(1));
        try (var other = Executors.newSingleThreadExecutor()) {
            var first = other.submit(() -> last.of("books"));
            await(looking);

            assertThat(last.of("books")).isEqualTo(Progress.NONE);

            mayEnd.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS).position()).isEqualTo(1);
            assertThat(looks).hasValue(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
