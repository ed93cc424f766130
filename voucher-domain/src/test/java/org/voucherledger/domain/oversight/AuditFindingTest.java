package org.voucherledger.domain.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.SV_04;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.AnswerAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.CloseAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.DrawSample;
import org.voucherledger.domain.audit.AuditCommand.RecordAuditFinding;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingAnswered;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingClosed;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingRecorded;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.FramesOfEvents;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;

/** SV-04: what was found wrong with a drawn voucher is answered and closed, each step with its papers. */
class AuditFindingTest extends CityTest {

    private static final List<Document> PAPER = List.of(Papers.document("PROOF"));

    @BeforeEach
    void announced() {
        String batch = city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(yuan(1_000)).to("E1"),
                        voucher("V2").worth(yuan(2_000)).to("E2"));
        var small = new Stratum("small", null, yuan(2_000), null, null, null, null, 1);
        long head = FramesOfEvents.positionOf(city.ledger().events().getLast());
        city.sends(new AnnounceDraw(
                        "D1",
                        GuangzhouTerms.SCHEME,
                        batch,
                        FrameItems.VOUCHERS,
                        head,
                        List.of(small),
                        "s",
                        null,
                        "年度审计"))
                .wasAccepted();
    }

    private RecordAuditFinding found(String id, String voucher, long questionedFen) {
        return new RecordAuditFinding("D1", id, city.id(voucher), AuditMatter.PAPERS, questionedFen, "发票缺页", PAPER);
    }

    private void drawnAndFound() {
        city.sends(new DrawSample("D1")).wasAccepted();
        city.sends(found("A1", "V1", 0)).wasAccepted();
    }

    private static AnswerAuditFinding answer(String id) {
        return new AnswerAuditFinding("D1", id, "已补齐", PAPER);
    }

    private static CloseAuditFinding close(AuditOutcome outcome) {
        return new CloseAuditFinding("D1", "A1", outcome, "核对无误", PAPER);
    }

    @Test
    @DisplayName("SV-04: findings are about what was drawn, after it was drawn, each under a number of its own")
    void found() {
        city.sends(found("A1", "V1", 0))
                .wasRefusedBy(SV_04)
                .about("SampleNotDrawn")
                .at(Check.STATE);
        city.sends(new DrawSample("D1")).wasAccepted();
        city.sends(found("A1", "V2", 0))
                .wasRefusedBy(SV_04)
                .about("NotInTheSample")
                .at(Check.PARTY);
        city.sends(found("A1", "V1", 0)).wasAccepted();
        assertThat(city.lastOutcome().events())
                .containsExactly(
                        new AuditFindingRecorded("D1", "A1", city.id("V1"), AuditMatter.PAPERS, 0, "发票缺页", PAPER));
        city.sends(found("A1", "V1", 0)).wasRefusedBy(SV_04).about("AuditFindingExists");
        city.sends(new RecordAuditFinding("D9", "A1", city.id("V1"), AuditMatter.PAPERS, 0, "发票缺页", PAPER))
                .wasRefusedBy(SV_04)
                .about("DrawUnknown")
                .at(Check.ACTOR);
    }

    @Test
    @DisplayName("SV-04: as much of a voucher is in question as it is worth, not one fen more")
    void questioned() {
        city.sends(new DrawSample("D1")).wasAccepted();
        city.sends(found("A1", "V1", yuan(1_000) + 1))
                .wasRefusedBy(SV_04)
                .about("AboveFaceAmount")
                .limit(yuan(1_000))
                .used(0)
                .asked(yuan(1_000) + 1);
        city.sends(found("A1", "V1", yuan(1_000))).wasAccepted();
    }

    @Test
    @DisplayName("SV-04: a finding is answered as often as needed, closed once, and then answered no more")
    void followUp() {
        drawnAndFound();
        city.sends(answer("A9"))
                .wasRefusedBy(SV_04)
                .about("AuditFindingUnknown")
                .at(Check.ACTOR);
        city.sends(answer("A1")).wasAccepted();
        city.sends(answer("A1")).wasAccepted();
        assertThat(city.lastOutcome().events())
                .containsExactly(new AuditFindingAnswered("D1", "A1", city.id("V1"), "已补齐", PAPER));
        city.sends(close(AuditOutcome.REMEDIED)).wasAccepted();
        assertThat(city.lastOutcome().events())
                .containsExactly(
                        new AuditFindingClosed("D1", "A1", city.id("V1"), AuditOutcome.REMEDIED, "核对无误", PAPER));
        city.sends(answer("A1")).wasRefusedBy(SV_04).about("AuditFindingClosed").at(Check.STATE);
        city.sends(close(AuditOutcome.REMEDIED)).wasRefusedBy(SV_04).about("AuditFindingClosed");
    }

    @ParameterizedTest
    @EnumSource(AuditOutcome.class)
    @DisplayName(
            "SV-04: unless it is withdrawn, a finding is closed only after those it is held against have been heard")
    void heard(AuditOutcome outcome) {
        drawnAndFound();
        city.sends(close(outcome));
        if (outcome == AuditOutcome.WITHDRAWN) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(SV_04).about("AuditFindingUnanswered");
            city.sends(answer("A1")).wasAccepted();
            city.sends(close(outcome)).wasAccepted();
        }
    }
}
