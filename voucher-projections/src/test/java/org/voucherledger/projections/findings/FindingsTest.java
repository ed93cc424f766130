package org.voucherledger.projections.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingCommand.AnswerFinding;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingCommand.RegisterSpotCheck;
import org.voucherledger.domain.finding.FindingOutcome;
import org.voucherledger.domain.finding.FindingSubject;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.fixture.TestViews;

/** SV-04: the worklist of complaints and spot checks, and their place in the trail of whom they concern. */
class FindingsTest {

    private static final String P1 = Cast.code("P1");

    @Test
    @DisplayName(
            "SV-04: open ones are on the worklist until they are answered; what rests on one is counted and traced")
    void worklist() {
        try (var city = new City();
                var views = new TestViews(new FindingsProjection(), new AuditTrailProjection(TestViews.serializer()))
                        .start()) {
            var findings = new Findings(views.dataSource());
            city.provider("P1");
            city.provider("P2");
            city.sends(new RegisterComplaint(
                            "F1", FindingSubject.PROVIDER, P1, ComplaintMatter.PRICE, "who-1", List.of()))
                    .wasAccepted();
            city.sends(new RegisterSpotCheck("S1", FindingSubject.PROVIDER, P1, "F1", "抽查", List.of()))
                    .wasAccepted();
            city.sends(new RegisterSpotCheck("S2", FindingSubject.PROVIDER, Cast.code("P2"), null, "抽查", List.of()))
                    .wasAccepted();
            int told = tell(views, city, 0);
            assertThat(open(findings, P1)).containsExactly("F1", "S1");
            assertThat(open(findings, null)).containsExactly("F1", "S1", "S2");

            city.sends(new AnswerFinding("S1", FindingOutcome.CONFIRMED, "查实", List.of()))
                    .wasAccepted();
            city.sends(new FreezeProvider(P1, "查实", "S1")).wasAccepted();
            tell(views, city, told);

            assertThat(open(findings, P1)).containsExactly("F1");
            assertThat(findings.finding("S1")).get().satisfies(row -> {
                assertThat(row.outcome()).isEqualTo(FindingOutcome.CONFIRMED);
                assertThat(row.measures()).isOne();
                assertThat(row.answeredAt()).isEqualTo(city.now());
                assertThat(row.matter()).isNull();
            });
            assertThat(findings.finding("F1")).get().satisfies(row -> {
                assertThat(row.matter()).isEqualTo(ComplaintMatter.PRICE);
                assertThat(row.measures())
                        .as("the spot check that follows from it")
                        .isOne();
                assertThat(row.answeredAt()).isNull();
            });
            var trail = new AuditTrail(views.dataSource(), TestViews.serializer());
            assertThat(trail.of(new Subject(SubjectKind.PROVIDER, P1), -1, 100))
                    .extracting(AuditEntry::type)
                    .endsWith(
                            "ComplaintRegistered",
                            "SpotCheckRegistered",
                            "FindingActedUpon",
                            "FindingAnswered",
                            "ProviderFrozen",
                            "FindingActedUpon");
            assertThat(trail.of(new Subject(SubjectKind.FINDING, "F1"), -1, 100))
                    .extracting(AuditEntry::type)
                    .containsExactly("ComplaintRegistered", "SpotCheckRegistered", "FindingActedUpon");
        }
    }

    private static List<String> open(Findings findings, String provider) {
        return findings.findings(new Findings.Asked(true, null, null, provider, null), null, 10).stream()
                .map(FindingRow::id)
                .toList();
    }

    private static int tell(TestViews views, City city, int told) {
        var events = city.ledger().events();
        views.log().append(events.subList(told, events.size()));
        views.settle();
        return events.size();
    }
}
