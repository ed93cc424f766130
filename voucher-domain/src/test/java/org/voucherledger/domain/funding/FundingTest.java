package org.voucherledger.domain.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.ALL_03;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_15;
import static org.voucherledger.domain.rule.Rule.GZ_21;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.FUND_FEN;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherStatus;

class FundingTest extends CityTest {

    private static final String FILE = "0".repeat(64);

    private void opens(String batch, long budgetFen) {
        city.opensBatch(batch, budgetFen, city.now(), city.now().plusSeconds(3_600));
    }

    @DisplayName("GZ-15: batch budgets together reach the fund to the last fen, not one fen more")
    @ParameterizedTest(name = "{0} fen beyond what is left: {1}")
    @CsvSource({"-1, accepted", "0, accepted", "1, refused"})
    void budgetsWithinTheFund(long beyond, String expected) {
        opens("B1", yuan(2_000_000));
        opens("B2", yuan(3_000_000));
        opens("B3", yuan(1_000_000) + beyond);
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.books().unallocated(SCHEME)).isEqualTo(-beyond);
        } else {
            city.wasRefusedBy(GZ_15).limit(FUND_FEN).used(yuan(5_000_000)).asked(yuan(1_000_000) + beyond);
            assertThat(city.batch("B3").exists()).isFalse();
            assertThat(city.books().unallocated(SCHEME)).isEqualTo(yuan(1_000_000));
        }
    }

    @DisplayName("GZ-15: a budget is raised out of what the fund has left")
    @ParameterizedTest(name = "{0} fen of 100 left: {1}")
    @CsvSource({"100, accepted", "101, refused"})
    void raises(long fen, String expected) {
        opens("B1", FUND_FEN - 100);
        city.sends(new RaiseBudget("B1", fen, "notice-2", "追加"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.books().batch("B1").available).isEqualTo(FUND_FEN);
        } else {
            city.wasRefusedBy(GZ_15).limit(FUND_FEN).used(FUND_FEN - 100).asked(fen);
        }
    }

    @Test
    @DisplayName(
            "GZ-15, ALL-06: a scheme is published with a fund of at least 6,000,000; a new version states the fund in force")
    void leastFund() {
        city.sends(new PublishScheme(
                        GuangzhouTerms.with(d -> d.named("S2").fund(yuan(6_000_000) - 1, yuan(6_000_000))), FILE))
                .wasRefusedBy(GZ_15)
                .limit(yuan(6_000_000))
                .asked(yuan(6_000_000) - 1);
        city.sends(new PublishScheme(
                        GuangzhouTerms.with(d -> d.named("S2").fund(yuan(6_000_000), yuan(6_000_000))), FILE))
                .wasAccepted();
        for (long other : List.of(FUND_FEN - 1, FUND_FEN + 1)) {
            city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.fund(other, 0)), FILE))
                    .wasRefusedBy(ALL_06)
                    .limit(FUND_FEN)
                    .asked(other);
        }
        city.sends(new ChangeFund(SCHEME, FUND_FEN + 1, "n", "more money")).wasAccepted();
        city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.fund(FUND_FEN + 1, 0)), FILE))
                .wasAccepted();
    }

    @DisplayName("GZ-15: the fund may fall to what the batches hold, not one fen below")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"500000, accepted", "499999, refused"})
    void changesTheFund(long fen, String expected) {
        opens("B1", 500_000);
        city.sends(new ChangeFund(SCHEME, fen, "notice-2", "调整"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.books().unallocated(SCHEME)).isZero();
        } else {
            city.wasRefusedBy(GZ_15);
        }
    }

    @Test
    @DisplayName(
            "ALL-03: the bureau takes back what is available and what has lapsed, to the last fen, and nothing else")
    void takesBack() {
        city.at("2020-04-01T09:00")
                .grants(
                        voucher("V1").worth(yuan(1_000)).to("E1"),
                        voucher("V2").worth(yuan(500)).to("E2"));
        city.sends(new TakeBudgetBack("B1", BackAccount.AVAILABLE, 1, "n", "收回"))
                .wasRefusedBy(ALL_03)
                .limit(0)
                .asked(1);
        city.sends(new RaiseBudget("B1", 70, "n", "追加")).wasAccepted();
        city.sends(new TakeBudgetBack("B1", BackAccount.AVAILABLE, 71, "n", "收回"))
                .wasRefusedBy(ALL_03)
                .limit(70)
                .asked(71);
        city.sends(new TakeBudgetBack("B1", BackAccount.AVAILABLE, 70, "n", "收回"))
                .wasAccepted();
        city.sends(new ReturnVoucher(city.id("V2"), "不再需要")).wasAccepted();
        city.sends(new TakeBudgetBack("B1", BackAccount.LAPSED, yuan(500) + 1, "n", "收回"))
                .wasRefusedBy(ALL_03);
        city.sends(new TakeBudgetBack("B1", BackAccount.LAPSED, yuan(500), "n", "收回"))
                .wasAccepted();
        assertThat(city.books().batch("B1").budget).isEqualTo(yuan(1_000));
        assertThat(city.books().unallocated(SCHEME)).isEqualTo(FUND_FEN - yuan(1_000));
    }

    @Test
    @DisplayName("ALL-01: a batch runs under the version it was opened with")
    void versions() {
        opens("OLD", yuan(100_000));
        city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.annualCap(yuan(5_000))), FILE))
                .wasAccepted();
        opens("NEW", yuan(100_000));
        city.applies("E1", "NEW", yuan(5_000) + 1);
        assertThat(city.lastOutcome().refusal().limit()).isEqualTo(yuan(5_000));
        city.applies("E1", "OLD", yuan(20_000)).wasAccepted();
        assertThat(city.batch("OLD").schemeVersion()).isEqualTo(SCHEME + "@1");
        assertThat(city.batch("NEW").schemeVersion()).isEqualTo(SCHEME + "@2");
    }

    @Test
    @DisplayName("ALL-01: a version may change the rules, not whose scheme it is; an unknown scheme opens no batch")
    void identity() {
        var moved = GuangzhouTerms.with(d -> d.with("cities", List.of(new SchemeTerms.City("佛山市", null))));
        city.sends(new PublishScheme(moved, FILE)).wasRefusedBy(ALL_01);
        city.sends(new OpenBatch("B9", "UNKNOWN", "", 1, city.now(), city.now().plusSeconds(1), null, null, null, "n"))
                .wasRefusedBy(ALL_01);
    }

    @Test
    @DisplayName("ALL-06: a batch is opened once, with its own redemption dates if its notice says so")
    void opensOnce() {
        opens("B1", 100);
        opens("B1", 100);
        city.wasRefusedBy(ALL_06).at(Check.STATE);
        Instant from = shanghai("2020-07-01T00:00");
        Instant until = shanghai("2020-10-01T00:00");
        city.sends(new OpenBatch("B2", SCHEME, "", 100, city.now(), city.now().plusSeconds(1), null, from, until, "n"))
                .wasAccepted();
        assertThat(city.batch("B2").date(BatchDate.REDEMPTION_FROM)).isEqualTo(from);
        assertThat(city.batch("B2").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(until);
        assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(GuangzhouTerms.REDEMPTION_UNTIL);
        city.sends(new OpenBatch("B3", SCHEME, "", 100, city.now(), city.now(), null, null, null, "n"))
                .wasRefusedBy(GZ_10);
        city.sends(new OpenBatch("B3", SCHEME, "", 100, city.now(), city.now().plusSeconds(1), null, until, until, "n"))
                .wasRefusedBy(GZ_40);
    }

    @Test
    @DisplayName("ALL-06: a date moves by a recorded decision, from now on, undoing nothing")
    void movesDates() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(1_000)).to("E1"));
        city.provider("P1");
        Instant later = shanghai("2020-06-15T00:00");
        city.at("2020-05-20T09:00")
                .sends(new MoveDate("B1", BatchDate.ORDER_DEADLINE, later, "notice-7", "疫情"))
                .wasAccepted();
        BatchDateMoved moved = (BatchDateMoved) city.lastOutcome().events().get(0);
        assertThat(moved.before()).isEqualTo(shanghai("2020-05-31T00:00"));
        assertThat(moved.to()).isEqualTo(later);
        assertThat(moved.noticeNumber()).isEqualTo("notice-7");
        city.at("2020-06-14T23:59:59.999").orders("V1").using(1).wasAccepted();
        city.sends(new MoveDate("B1", BatchDate.VALID_UNTIL, city.now(), "notice-8", "提前"))
                .wasRefusedBy(ALL_06);
        city.sends(new MoveDate("B1", BatchDate.APPLY_UNTIL, later, "notice-8", "重开"))
                .wasRefusedBy(ALL_06);
        city.sends(new MoveDate("B1", BatchDate.BACKFILL_UNTIL, shanghai("2020-07-01T00:00"), "notice-8", "递补"))
                .wasRefusedBy(ALL_06);
        city.voucher("V1").isStill(VoucherStatus.ORDERED);
    }

    @DisplayName("ALL-06: a window that was prolonged closes at its new instant")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-08T16:59:59.999, accepted", "2020-05-08T17:00, refused"})
    void prolongsTheWindow(String at, String expected) {
        city.opensBatch("B1", yuan(100_000), shanghai("2020-04-27T10:00"), shanghai("2020-04-30T17:00"));
        city.sends(new MoveDate("B1", BatchDate.APPLY_UNTIL, shanghai("2020-05-08T17:00"), "notice-2", "延长"))
                .wasAccepted();
        city.enterprise("E1");
        city.at(at).applies("E1", "B1", 100);
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_10).limit(shanghai("2020-05-08T17:00"));
        }
    }

    @DisplayName("GZ-40: a batch closes after its redemption; what is still available lapses")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-12-31T23:59:59.999, refused", "2021-01-01T00:00, accepted"})
    void closes(String at, String expected) {
        city.grants(voucher("V1").worth(yuan(1_000)).to("E1"));
        city.sends(new RaiseBudget("B1", 500, "n", "追加")).wasAccepted();
        city.at(at).sends(new CloseBatch("B1"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.books().batch("B1").available).isZero();
            assertThat(city.books().batch("B1").lapsed).isEqualTo(500);
            city.sends(new CloseBatch("B1")).wasRefusedBy(ALL_03);
            city.sends(new RaiseBudget("B1", 1, "n", "追加")).wasRefusedBy(ALL_06);
        } else {
            city.wasRefusedBy(GZ_40);
        }
    }

    @Test
    @DisplayName("GZ-21: a lowered fund lowers the providers' cap and stops new reservations only")
    void loweredCap() {
        city.grants(
                voucher("V1").worth(yuan(10_000)).to("E1"),
                voucher("V2").worth(yuan(10_000)).to("E2"));
        city.contracts("V1", yuan(10_000));
        // Ten per cent of 90,000 is below what is reserved already.
        city.sends(new ChangeFund(SCHEME, yuan(90_000), "n", "调整")).wasAccepted();
        city.orders("V2").using(1);
        city.wasRefusedBy(GZ_21).limit(yuan(9_000)).used(yuan(10_000)).asked(1);
        city.at("2020-05-20T09:00").pays("V1", yuan(10_000)).wasAccepted();
    }
}
