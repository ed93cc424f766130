package org.voucherledger.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.AnswerAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.CloseAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.DrawSample;
import org.voucherledger.domain.audit.AuditCommand.RecordAuditFinding;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.FramesOfEvents;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.projections.audit.AuditFindingRow.FollowUp;
import org.voucherledger.projections.audit.Audits.AskedDraws;
import org.voucherledger.projections.audit.Audits.AskedFindings;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Recomputed;

/** SV-04: draws, what was drawn with its figures of then, and findings with their follow-up. */
class AuditsTest {

    private static final List<Stratum> STRATA = List.of(
            new Stratum("small", null, yuan(2_000), null, null, null, null, 1),
            new Stratum("large", yuan(2_000), null, null, null, null, null, 2));

    private static AnnounceDraw announce(City city, String id, String batch, String seed) {
        long head = FramesOfEvents.positionOf(city.ledger().events().getLast());
        return new AnnounceDraw(
                id, GuangzhouTerms.SCHEME, batch, FrameItems.VOUCHERS, head, STRATA, seed, null, "年度审计");
    }

    @Test
    @DisplayName("SV-04: a draw, its items as they stood at the frame, and its findings, open until they are closed")
    void followed() {
        try (var city = new City();
                var views = new TestViews(new AuditProjection()).start()) {
            var audits = new Audits(views.dataSource());
            String batch = city.at("2020-04-30T16:00")
                    .grants(
                            voucher("V1").worth(yuan(1_000)).to("E1"),
                            voucher("V2").worth(yuan(2_000)).to("E2"),
                            voucher("V3").worth(yuan(3_000)).to("E3"));
            city.provider("P1");
            city.at("2020-05-20T09:00");
            city.orders("V2").from("P1").using(yuan(2_000)).wasAccepted();
            city.sends(announce(city, "D1", batch, "s")).wasAccepted();
            city.sends(announce(city, "D2", batch, "t")).wasAccepted();
            city.orders("V3").from("P1").using(yuan(3_000)).wasAccepted();
            city.sends(new DrawSample("D1")).wasAccepted();
            int told = tell(views, city, 0);

            assertThat(audits.draws(new AskedDraws(null, null, null), null, 10))
                    .extracting(DrawRow::id)
                    .containsExactly("D1", "D2");
            assertThat(audits.draws(new AskedDraws(GuangzhouTerms.SCHEME, batch, true), "", 10))
                    .extracting(DrawRow::id)
                    .containsExactly("D1");
            assertThat(audits.draws(new AskedDraws("OTHER", null, null), null, 10))
                    .isEmpty();
            assertThat(audits.draw("D1")).get().satisfies(draw -> {
                assertThat(draw.sampleSize()).isEqualTo(3);
                assertThat(draw.frameSize()).isEqualTo(3);
                assertThat(draw.inNoStratum()).isZero();
                assertThat(draw.drawnBy()).isEqualTo("auditor-1");
                assertThat(draw.strata()).extracting(DrawRow.Layer::outOf).containsExactly(1, 2);
                assertThat(draw.strata()).extracting(DrawRow.Layer::stratum).isEqualTo(STRATA);
            });
            assertThat(audits.draw("D2")).get().satisfies(draw -> {
                assertThat(draw.drawnAt()).isNull();
                assertThat(draw.frameSize()).isNull();
                assertThat(draw.strata()).extracting(DrawRow.Layer::outOf).containsExactly(null, null);
            });
            var drawn = audits.drawn("D1", null, 10);
            assertThat(drawn)
                    .extracting(DrawnRow::voucherId)
                    .containsExactly(city.id("V1"), city.id("V2"), city.id("V3"));
            assertThat(drawn.get(1).providerId()).isEqualTo(city.provider("P1"));
            assertThat(drawn.get(2).providerId()).as("ordered after the frame").isNull();
            assertThat(drawn).extracting(DrawnRow::unusedFen).containsExactly(yuan(1_000), yuan(2_000), yuan(3_000));
            assertThat(audits.drawn("D1", city.id("V1"), 1))
                    .extracting(DrawnRow::voucherId)
                    .containsExactly(city.id("V2"));

            var paper = List.of(Papers.document("PROOF"));
            for (String id : List.of("A1", "A2")) {
                city.sends(new RecordAuditFinding("D1", id, city.id("V2"), AuditMatter.PRICE, 100, "价格偏高", paper))
                        .wasAccepted();
            }
            city.sends(new AnswerAuditFinding("D1", "A1", "已说明", List.of())).wasAccepted();
            city.sends(new CloseAuditFinding("D1", "A1", AuditOutcome.REMEDIED, "同意", List.of()))
                    .wasAccepted();
            told = tell(views, city, told);

            assertThat(audits.findings(new AskedFindings(true, null, null), -1, 10))
                    .extracting(AuditFindingRow::id)
                    .containsExactly("A2");
            assertThat(audits.findings(new AskedFindings(null, "D1", city.id("V2")), -1, 10))
                    .hasSize(2);
            assertThat(audits.findings(new AskedFindings(null, null, city.id("V1")), -1, 10))
                    .isEmpty();
            assertThat(audits.finding("D1", "A1")).get().satisfies(finding -> {
                assertThat(finding.outcome()).isEqualTo(AuditOutcome.REMEDIED);
                assertThat(finding.questionedFen()).isEqualTo(100);
                assertThat(finding.steps())
                        .extracting(FollowUp::status)
                        .containsExactly(
                                AuditFindingStatus.RECORDED, AuditFindingStatus.ANSWERED, AuditFindingStatus.CLOSED);
                assertThat(finding.steps()).extracting(FollowUp::statement).containsExactly("价格偏高", "已说明", "同意");
                assertThat(finding.steps())
                        .extracting(FollowUp::role)
                        .containsExactly(Role.AUDITOR, Role.OPERATOR, Role.AUDITOR);
                assertThat(finding.steps().getFirst().documents()).isEqualTo(paper);
            });
            assertThat(audits.draw("D1").orElseThrow().findings()).isEqualTo(2);
            assertThat(audits.draw("D1").orElseThrow().openFindings()).isOne();
            assertThat(audits.drawn("D1", null, 10))
                    .extracting(DrawnRow::findings)
                    .containsExactly(0L, 2L, 0L);

            Recomputed anew =
                    views.projections().recompute(AuditProjection.NAME).value();
            assertThat(anew.first()).isNull();
            assertThat(anew.equal()).isTrue();
            assertThat(anew.events()).isEqualTo(told);
        }
    }

    private static int tell(TestViews views, City city, int told) {
        var events = city.ledger().events();
        views.log().append(events.subList(told, events.size()));
        views.settle();
        return events.size();
    }
}
