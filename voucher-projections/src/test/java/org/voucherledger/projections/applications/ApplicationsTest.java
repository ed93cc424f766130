package org.voucherledger.projections.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Json;

class ApplicationsTest {

    /** Five apply for 10,000 each out of 25,000: E1 withdraws, E2 is frozen, E3 and E4 are granted, E5 waits. */
    private static City city() {
        var city = new City(GuangzhouTerms.with(terms -> terms.backfillUntil(shanghai("2020-09-01T00:00"))));
        city.opensBatch("B1", yuan(25_000), city.now(), shanghai("2020-04-02T09:00"))
                .wasAccepted();
        IntStream.rangeClosed(1, 5)
                .forEach(e ->
                        city.applies("E" + e, "B1", yuan(4_000), yuan(6_000)).wasAccepted());
        city.sends(new WithdrawApplication("B1", Cast.code("E1"))).wasAccepted();
        city.sends(new FreezeEnterprise(Cast.code("E2"), "核查")).wasAccepted();
        city.at("2020-04-02T09:00").grantsAndPublishes("B1");
        return city;
    }

    @Test
    @DisplayName("GZ-12, GZ-14: every application shows its place, and what became of it with the reason")
    void every_application_shows_what_became_of_it() {
        try (var city = city();
                var views = new TestViews(new ApplicationsProjection()).start();
                var rows = new Rows(views.dataSource())) {
            var applications = new Applications(rows.repository(ApplicationRows.class));
            int told = tell(views, city, 0);

            assertThat(outcomes(rows, applications))
                    .containsExactly("1 WITHDRAWN", "2 SKIPPED", "3 GRANTED", "4 GRANTED", "5 WAITING");
            assertThat(views.jdbc()
                            .queryForMap("select rule, about, left_fen from view.application where position = 2"))
                    .isEqualTo(skip(city));
            assertThat(fields(rows, applications, "B1-A3"))
                    .containsEntry("enterpriseId", Cast.code("E3"))
                    .containsEntry("queuePosition", 3)
                    .containsEntry("askedFen", 1_000_000)
                    .containsEntry("grantedFen", 1_000_000)
                    .containsEntry("leftFen", 2_500_000)
                    .containsEntry("voucherIds", List.of("B1-A3-V1", "B1-A3-V2"));

            city.sends(new ReturnVoucher("B1-A3-V1", "不用了")).wasAccepted();
            city.sends(new ReturnVoucher("B1-A4-V2", "不用了")).wasAccepted();
            city.sends(new Backfill("B1", 10)).wasAccepted();
            tell(views, city, told);

            assertThat(outcomes(rows, applications)).last().isEqualTo("5 GRANTED");
            assertThat(rows.read(() -> applications.ofBatch("B1", ApplicationOutcome.GRANTED, 3, 1)))
                    .extracting(ApplicationRow::place)
                    .containsExactly(4L);
            assertThat(rows.read(() -> applications.ofBatch("B1", null, 3, 10)))
                    .extracting(ApplicationRow::place)
                    .containsExactly(4L, 5L);
            assertThat(rows.read(() -> applications.ofEnterprise(Cast.code("E5"), "", 10)))
                    .extracting(ApplicationRow::id)
                    .containsExactly("B1-A5");
            assertThat(rows.read(() -> applications.one("B1-A6"))).isEmpty();
        }
    }

    @Test
    @DisplayName("GZ-14: who still waits when the queue closes is not granted")
    void who_still_waits_is_not_granted() {
        try (var city = city();
                var views = new TestViews(new ApplicationsProjection()).start();
                var rows = new Rows(views.dataSource())) {
            city.at("2020-09-01T00:00").sends(new CloseQueue("B1", 10)).wasAccepted();
            tell(views, city, 0);

            assertThat(outcomes(rows, new Applications(rows.repository(ApplicationRows.class))))
                    .last()
                    .isEqualTo("5 NOT_GRANTED");
        }
    }

    @Test
    @DisplayName("In any season, what is shown granted is what the batches granted, voucher by voucher")
    void granted_is_what_the_batches_granted() {
        try (var city = new RandomCity(4).lives(40);
                var views = new TestViews(new ApplicationsProjection()).start()) {
            views.log().append(city.events());
            views.settle();

            var shown = views.jdbc()
                    .queryForList(
                            "select id || ' ' || granted_fen || ' ' || jsonb_array_length(voucher_ids)"
                                    + " from view.application where outcome = 'GRANTED'",
                            String.class);
            var granted = new ArrayList<String>();
            for (var event : city.events()) {
                if (event.getPayload() instanceof ApplicationGranted g) {
                    granted.add(g.applicationId() + " " + g.amountFen() + " "
                            + g.voucherIds().size());
                }
            }
            assertThat(granted).isNotEmpty();
            assertThat(shown).containsExactlyInAnyOrderElementsOf(granted);
        }
    }

    private static int tell(TestViews views, City city, int from) {
        var events = city.ledger().events();
        views.log().append(events.subList(from, events.size()));
        views.settle();
        return events.size();
    }

    private static List<String> outcomes(Rows rows, Applications applications) {
        return rows.read(() -> applications.ofBatch("B1", null, 0, 10)).stream()
                .map(row -> row.place() + " " + row.outcome())
                .toList();
    }

    private static Map<String, Object> skip(City city) {
        return city.ledger().events().stream()
                .map(event -> event.getPayload())
                .filter(ApplicationSkipped.class::isInstance)
                .map(ApplicationSkipped.class::cast)
                .<Map<String, Object>>map(s -> Map.of("rule", s.rule(), "about", s.about(), "left_fen", s.leftFen()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> fields(Rows rows, Applications applications, String id) {
        var fields = new TreeMap<String, Object>();
        Json.read(Json.write(rows.read(() -> applications.one(id)).orElseThrow()), Map.class)
                .forEach((name, value) -> fields.put((String) name, value));
        return fields;
    }
}
