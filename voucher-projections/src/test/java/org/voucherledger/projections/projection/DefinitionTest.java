package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** What a copy is made from, and that it is made anew when that has changed. */
class DefinitionTest {

    @Test
    @DisplayName("The same SQL, version and events are the same definition; another version or revision is another one")
    void what_makes_a_definition() {
        var revisions = new TreeMap<>(Map.of("VoucherIssued", "1", "VoucherPaid", "1"));
        var revised = new TreeMap<>(Map.of("VoucherIssued", "1", "VoucherPaid", "2"));
        var first = Definition.of(new Versioned(1), revisions);

        assertThat(Definition.of(new Versioned(1), new TreeMap<>(revisions))).isEqualTo(first);
        assertThat(Definition.of(new Versioned(2), revisions).sha256()).isNotEqualTo(first.sha256());
        assertThat(Definition.of(new Versioned(1), revised).sha256()).isNotEqualTo(first.sha256());
    }

    @Test
    @DisplayName("Every type of event has its revision in it")
    void every_event() {
        assertThat(LedgerDomain.eventRevisions())
                .hasSizeGreaterThan(60)
                .containsKeys("SchemePublished", "ApplicationQueued", "VoucherIssued", "ClaimSubmitted")
                .doesNotContainValue("");
    }

    @Test
    @DisplayName("A program with another version of a view rebuilds it when it starts")
    void another_version_is_rebuilt() {
        var versioned = new Versioned(1);
        try (var city = new RandomCity(81).lives(10);
                var views = new TestViews(versioned)) {
            views.log().append(city.events());
            views.start().settle();
            assertThat(views.serving("fragile")).isEqualTo("fragile_a");

            versioned.version = 2;
            try (var next = views.again()) {
                next.start();

                assertThat(next.positions()
                                .awaitUntil(() -> views.serving("fragile").equals("fragile_b"), Duration.ofSeconds(60)))
                        .isTrue();
            }
        }
    }

    private static final class Versioned implements Projection {

        private volatile int version;

        Versioned(int version) {
            this.version = version;
        }

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public int version() {
            return version;
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            tables.write(
                    "update {slot}.counted set events = events + ?", List.<Object[]>of(new Object[] {events.size()}));
        }
    }
}
