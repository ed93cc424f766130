package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_24;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms.Applicant;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** What an enterprise may get is the first row of the tariff that fits it (GZ-11, GZ-24). */
class TariffTest {

    private static final String FILE = "0".repeat(64);

    private static When sizes(Size... sizes) {
        return new When(Set.of(sizes), Set.of(), Set.of(), null, null);
    }

    private static When applications(Integer from, Integer to) {
        return new When(Set.of(), Set.of(), Set.of(), from, to);
    }

    private static Tariff row(When when, int share, Long cap, Long ceiling) {
        return new Tariff(when, share, cap, ceiling);
    }

    private static City cityWith(Tariff... rows) {
        City city = new City(GuangzhouTerms.with(d -> d.tariff(rows)));
        city.opensBatch("B1", yuan(100_000), city.now(), city.now().plusSeconds(3_600))
                .wasAccepted();
        return city;
    }

    private static void registersMicro(City city, String name, PriorityTag... tags) {
        city.registers(name, Cast.declaration(name, Industry.SOFTWARE_IT, 5, 40, 40, Size.MICRO))
                .verifies(name, tags);
    }

    private static ApplicationQueued queued(City city) {
        return city.lastOutcome().events().stream()
                .filter(ApplicationQueued.class::isInstance)
                .map(ApplicationQueued.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @DisplayName("GZ-11: each size has the cap of its own row, to the last fen")
    @ParameterizedTest(name = "{0} asks {1}: {2}")
    @CsvSource({"MICRO, 300000, accepted", "MICRO, 300001, refused", "SMALL, 200000, accepted", "SMALL, 200001, refused"
    })
    void capBySize(Size size, long asked, String expected) {
        try (City city = cityWith(
                row(sizes(Size.MICRO), 5_000, 300_000L, null), row(sizes(Size.SMALL), 5_000, 200_000L, null))) {
            if (size == Size.MICRO) {
                registersMicro(city, "E1");
            }
            city.applies("E1", "B1", asked);
            if (expected.equals("accepted")) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_11)
                        .at(Check.CAPS)
                        .limit(size == Size.MICRO ? 300_000 : 200_000)
                        .asked(asked);
            }
        }
    }

    @DisplayName("GZ-11: the ceiling of one application is asked in whole, to the last fen")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"300000, accepted", "300001, refused"})
    void ceiling(long asked, String expected) {
        try (City city = cityWith(row(When.ALWAYS, 5_000, null, 300_000L))) {
            city.applies("E1", "B1", asked - 1, 1);
            if (expected.equals("accepted")) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_11)
                        .at(Check.AMOUNTS)
                        .about("ApplicationCeilingExceeded")
                        .limit(300_000)
                        .asked(asked);
            }
        }
    }

    @Test
    @DisplayName("GZ-11: where the tariff says neither cap nor ceiling, only the budget bounds")
    void unbounded() {
        try (City city = cityWith(row(When.ALWAYS, 5_000, null, null))) {
            city.applies("E1", "B1", yuan(100_000)).wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-11: whom no row fits is given nothing, and told which application it was")
    void noRowFits() {
        try (City city = cityWith(row(sizes(Size.MICRO), 5_000, 300_000L, null))) {
            city.applies("E1", "B1", 1)
                    .wasRefusedBy(GZ_11)
                    .about("NotInTheTariff")
                    .at(Check.AMOUNTS)
                    .asked(1);
            assertThat(city.enterpriseQuota("E1").pendingTotal().isZero()).isTrue();
        }
    }

    @DisplayName("GZ-11: a row is for some of the year's applications; granted and live ones count, freed ones do not")
    @ParameterizedTest(name = "application {0} has the ceiling of {1} fen")
    @CsvSource({"1, 1000", "2, 1000", "3, 100", "4, 100"})
    void byNumberOfApplications(int number, long ceiling) {
        try (City city = new City(GuangzhouTerms.with(d -> d.tariff(
                row(applications(null, 2), 5_000, null, 1_000L), row(applications(3, null), 4_000, null, 100L))))) {
            // The first is granted and its voucher returned, which frees the amount but not the number.
            for (int i = 1; i < number; i++) {
                city.grants(voucher("V" + i).worth(100).to("E1"));
                if (i == 1) {
                    city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasAccepted();
                }
            }
            // One that was not granted does not count.
            city.opensBatch("POOR", 99, city.now(), city.now().plusSeconds(60)).wasAccepted();
            city.applies("E1", "POOR", 100).wasAccepted();
            city.at(city.now().plusSeconds(60)).grantsAndPublishes("POOR");

            city.opensBatch("B", yuan(100), city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            city.applies("E1", "B", ceiling + 1).wasRefusedBy(GZ_11).limit(ceiling);
            city.applies("E1", "B", ceiling).wasAccepted();
            assertThat(queued(city).shareBasisPoints()).isEqualTo(ceiling == 1_000 ? 5_000 : 4_000);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-11: applications live in two batches count from the first of them")
    void liveOnesCount() {
        try (City city = new City(GuangzhouTerms.with(d ->
                d.tariff(row(applications(1, 1), 5_000, null, null), row(applications(2, 2), 4_000, null, null))))) {
            for (String batch : List.of("A", "B", "C")) {
                city.opensBatch(batch, 1_000, city.now(), city.now().plusSeconds(60))
                        .wasAccepted();
            }
            city.applies("E1", "A", 1).wasAccepted();
            assertThat(queued(city).shareBasisPoints()).isEqualTo(5_000);
            city.applies("E1", "B", 1).wasAccepted();
            assertThat(queued(city).shareBasisPoints()).isEqualTo(4_000);
            city.applies("E1", "C", 1)
                    .wasRefusedBy(GZ_11)
                    .about("NotInTheTariff")
                    .asked(3);
        }
    }

    @Test
    @DisplayName("GZ-11, GZ-24: the first row that fits counts, whatever a later one gives")
    void firstRowCounts() {
        var monitored = new When(Set.of(), Set.of(), Set.of(PriorityTag.MONITORED), null, null);
        try (City city = cityWith(row(monitored, 7_000, 500_000L, null), row(When.ALWAYS, 5_000, 100_000L, null))) {
            registersMicro(city, "E1", PriorityTag.MONITORED, PriorityTag.KEY_BELOW_SCALE);
            registersMicro(city, "E2", PriorityTag.KEY_BELOW_SCALE);
            city.applies("E1", "B1", 500_001).wasRefusedBy(GZ_11).limit(500_000);
            city.applies("E1", "B1", 500_000).wasAccepted();
            assertThat(queued(city).shareBasisPoints()).isEqualTo(7_000);
            city.applies("E2", "B1", 100_001).wasRefusedBy(GZ_11).limit(100_000);
            city.applies("E2", "B1", 100_000).wasAccepted();
            assertThat(queued(city).shareBasisPoints()).isEqualTo(5_000);
        }
    }

    @DisplayName("GZ-11: a row of a region fits the batches of its cities, and no city without a region")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"珠三角, true", "粤北, false", ", false"})
    void byRegion(String region, boolean fits) {
        var terms = GuangzhouTerms.with(d ->
                d.tariff(row(new When(Set.of(), Set.of("珠三角", "粤东"), Set.of(), null, null), 7_000, null, null)));
        var applicant = new Applicant(Size.SMALL, region, Set.of(), 1);
        assertThat(terms.tariffFor(applicant).isPresent()).isEqualTo(fits);
    }

    @Test
    @DisplayName(
            "GZ-24: the share that the row gave holds at payment to the last fen, whatever version or tag came after")
    void shareIsKept() {
        var monitored = new When(Set.of(), Set.of(), Set.of(PriorityTag.MONITORED), null, null);
        var rows = new Tariff[] {row(monitored, 6_000, null, null), row(When.ALWAYS, 3_000, null, null)};
        try (City city = new City(GuangzhouTerms.with(d -> d.tariff(rows)))) {
            registersMicro(city, "E1", PriorityTag.MONITORED);
            city.grants(voucher("V1").worth(yuan(10_000)).to("E1"));
            city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.tariff(row(When.ALWAYS, 1_000, null, null))), FILE))
                    .wasAccepted();
            city.verifies("E1");
            city.contracts("V1", 6_000);
            var papers =
                    city.papers("V1").contractedFor(10_000).invoiced(10_000).transferred(5_000);
            city.at("2020-05-20T09:00").proves("V1", papers).pays("V1", 6_001);
            city.wasRefusedBy(GZ_24).about("VoucherShareExceeded").limit(6_000).asked(6_001);
            city.pays("V1", 6_000).wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-03, GZ-12: the tier is that of the application, although the tag has gone before the grant")
    void tierIsKept() {
        try (City city = cityWith(row(When.ALWAYS, 5_000, null, null))) {
            city.applies("E1", "B1", yuan(60_000)).wasAccepted();
            registersMicro(city, "E2", PriorityTag.MONITORED);
            city.applies("E2", "B1", yuan(60_000)).wasAccepted();
            city.verifies("E2").verifies("E1", PriorityTag.MONITORED);
            city.at(city.now().plusSeconds(3_600)).grantsAndPublishes("B1");
            assertThat(city.ledger().events().stream()
                            .map(message -> message.getPayload())
                            .filter(ApplicationGranted.class::isInstance)
                            .map(event -> ((ApplicationGranted) event).enterpriseId()))
                    .containsExactly(Cast.code("E2"));
            city.booksBalance();
        }
    }
}
