package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** ALL-03, checked by the running books with every event that they post. */
class BooksWatchTest {

    private static BooksWatch watch(TestViews views) {
        return new BooksWatch(views.views(), views.projections(), new Books(views.dataSource()));
    }

    @Test
    @DisplayName("ALL-03: a log that balances is known to balance up to where the books have come, and no further")
    void balances() {
        try (var city = new RandomCity(51).lives(150);
                var views = new TestViews(new BooksProjection())) {
            views.start();
            assertThat(watch(views).standing().balancedUpTo()).isEqualTo(-1);
            views.log().append(city.events());
            views.settle();

            var standing = watch(views).standing();

            assertThat(standing.violation()).isEmpty();
            long head = views.projections().positions().head();
            assertThat(standing.balancedUpTo()).isEqualTo(head);
            assertThat(standing.balancedAt(head)).isTrue();
            assertThat(standing.balancedAt(head + 1)).isFalse();
        }
    }

    @Test
    @DisplayName(
            "ALL-03: the first prefix that does not balance is kept, with what was told before, through a rebuild as well")
    void the_first_violation_is_kept() throws Exception {
        try (var city = new RandomCity(52).lives(150);
                var views = new TestViews(new BooksProjection()).start()) {
            var events = city.events();
            int order = 0;
            while (!(events.get(order).getPayload() instanceof VoucherOrdered)) {
                order++;
            }
            views.log().append(events.subList(0, order));
            views.settle();
            long before = views.projections().positions().head();
            // The order is lost: its voucher's money is ordered from nowhere as soon as it is used.
            views.log().append(events.subList(order + 1, events.size()));
            views.settle();

            var standing = watch(views).standing();
            var found = standing.violation().orElseThrow();
            String voucher = ((VoucherOrdered) events.get(order).getPayload()).voucherId();

            assertThat(found.position()).isGreaterThan(before);
            assertThat(found.sentence()).contains(voucher);
            assertThat(standing.balancedAt(before)).isTrue();
            assertThat(standing.balancedUpTo()).isEqualTo(found.position() - 1);
            assertThat(standing.balancedAt(found.position() - 1)).isTrue();
            assertThat(standing.balancedAt(found.position())).isFalse();
            assertThat(views.jdbc().queryForObject("select count(*) from view.books_violation", Long.class))
                    .isEqualTo(1);

            views.projections().rebuild(BooksProjection.NAME).get(60, TimeUnit.SECONDS);
            assertThat(watch(views).standing().violation()).contains(found);

            var verified = new BooksVerification(
                            views.views(), views.projections(), new Books(views.dataSource()), views.eventLog())
                    .verify()
                    .value();
            assertThat(verified.balanced()).isFalse();
            assertThat(verified.first().position()).isLessThanOrEqualTo(found.position());
            assertThat(List.of(verified.violations().getLast())).allMatch(v -> v.contains("position "));
        }
    }
}
