package org.voucherledger.domain.paying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_09;
import static org.voucherledger.domain.rule.Rule.GZ_23;
import static org.voucherledger.domain.rule.Rule.GZ_24;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_28;
import static org.voucherledger.domain.rule.Rule.GZ_29;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_45;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;
import org.voucherledger.domain.voucher.VoucherCommand.DenyPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ProveRefund;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;

class PaymentTest extends CityTest {

    /** Odd on purpose: half of an odd amount is where rounding would show. */
    private static final long FACE = 10_001;

    @BeforeEach
    void contracted() {
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(FACE).to("E1"),
                        voucher("V2").worth(FACE).to("E2"));
        city.at("2020-05-20T09:00");
    }

    private void contract(long contractFen, Papers... as) {
        city.orders("V1").using(FACE).wasAccepted();
        Papers papers = as.length > 0 ? as[0] : city.papers("V1");
        city.proves("V1", papers.contractedFor(contractFen)).contracts("V1");
    }

    private void expect(String expected, Rule rule) {
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(PAID);
        } else {
            city.wasRefusedBy(rule);
            city.voucher("V1").isStill(CONTRACT_CONFIRMED);
        }
    }

    @DisplayName("GZ-24: V, B, T and I on their bounds and one fen beyond")
    @ParameterizedTest(name = "contract {0}, invoiced {1}, transferred {2}, paid {3}: {4} {5}")
    @CsvSource({
        // V × 2 ≤ B, with an even and an odd base
        "20000, 20000, 10000, 10000, accepted, ''",
        "20000, 20000, 10000, 10001, refused, VoucherShareExceeded",
        "20001, 20001, 10001, 10000, accepted, ''",
        "20001, 20001, 10001, 10001, refused, VoucherShareExceeded",
        "1, 1, 1, 1, refused, VoucherShareExceeded",
        "2, 2, 1, 1, accepted, ''",
        // B is the smaller of contract and invoices
        "15000, 20000, 12500, 7500, accepted, ''",
        "15000, 20000, 12499, 7501, refused, VoucherShareExceeded",
        "30000, 20000, 10000, 10000, accepted, ''",
        // V ≤ F
        "40000, 40000, 29999, 10001, accepted, ''",
        "40000, 40000, 29998, 10002, refused, AboveFaceAmount",
        // 2T ≥ I
        "20001, 20001, 10001, 10000, accepted, ''",
        "20001, 20001, 10000, 10000, refused, OwnShareTooSmall",
        // T + V ≥ I
        "20000, 20000, 15000, 5000, accepted, ''",
        "20000, 20000, 14999, 5000, refused, InvoiceNotCovered",
        // T ≤ I
        "20000, 20000, 20000, 10000, accepted, ''",
        "20000, 20000, 20001, 10000, refused, TransfersAboveInvoices"
    })
    void bounds(long contract, long invoiced, long transferred, long paid, String expected, String about) {
        contract(contract);
        city.proves("V1", city.papers("V1").invoiced(invoiced).transferred(transferred))
                .pays("V1", paid);
        expect(expected, GZ_24);
        if (expected.equals("accepted")) {
            city.voucher("V1")
                    .has(Account.PAID, paid)
                    .has(Account.HELD, FACE - paid)
                    .isOwed(transferred + paid - invoiced);
        } else {
            assertThat(city.lastOutcome().refusal().about()).isEqualTo(about);
            city.voucher("V1").has(Account.ORDERED, FACE);
        }
    }

    @DisplayName("GZ-24: unrelated content is left out of contract, invoices and transfers alike")
    @ParameterizedTest(name = "unrelated {0}, {1}, {2}; paid {3}: {4}")
    @CsvSource({
        "2000, 0, 0, 9000, accepted",
        "2000, 0, 0, 9001, refused",
        "0, 2000, 2000, 9000, accepted",
        "0, 2000, 2000, 9001, refused",
        "0, 0, 1000, 10000, refused"
    })
    void unrelated(long ofContract, long ofInvoice, long ofTransfer, long paid, String expected) {
        city.orders("V1").using(FACE).wasAccepted();
        Papers papers = city.papers("V1").contractedFor(20_000).unrelated(ofContract, ofInvoice, ofTransfer);
        city.proves("V1", papers).contracts("V1");
        city.proves("V1", papers.invoiced(20_000).transferred(ofContract > 0 ? 11_000 : 10_000 + ofTransfer / 2))
                .pays("V1", paid);
        expect(expected, GZ_24);
    }

    @DisplayName("GZ-24: within validity")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-11-30T23:59:59.999, accepted", "2020-12-01T00:00, refused"})
    void withinValidity(String at, String expected) {
        contract(20_000);
        city.proves("V1", city.papers("V1").invoiced(20_000).transferred(10_000))
                .at(at)
                .pays("V1", 10_000);
        expect(expected, GZ_24);
        if (expected.equals("refused")) {
            city.wasRefusedBy(GZ_24).at(Check.DEADLINE).limit(shanghai("2020-12-01T00:00"));
        }
    }

    @DisplayName("GZ-24: after the service is complete, on the day of receipt at the latest")
    @ParameterizedTest(name = "completed {0}: {1}")
    @CsvSource({"2020-06-10, accepted", "2020-06-11, refused"})
    void complete(LocalDate completed, String expected) {
        contract(20_000);
        city.proves("V1", city.papers("V1").invoiced(20_000).transferred(10_000).completedOn(completed));
        city.at("2020-06-10T23:59:59.999").pays("V1", 10_000);
        expect(expected, GZ_24);
    }

    @DisplayName("GZ-23: completed, invoiced and transferred inside the service period, its first and last day in")
    @ParameterizedTest(name = "completed {0}, invoiced {1}, transferred {2}: {3}")
    @CsvSource({
        "2019-12-01, 2019-12-01, 2019-12-01, accepted",
        "2020-11-30, 2020-11-30, 2020-11-30, accepted",
        "2019-11-30, 2019-12-01, 2019-12-01, refused",
        "2019-12-01, 2019-11-30, 2019-12-01, refused",
        "2019-12-01, 2019-12-01, 2019-11-30, refused",
        "2020-11-30, 2020-12-01, 2020-11-30, refused",
        "2020-11-30, 2020-11-30, 2020-12-01, refused"
    })
    void servicePeriod(LocalDate completed, LocalDate invoiced, LocalDate transferred, String expected) {
        contract(20_000);
        city.proves(
                "V1",
                city.papers("V1")
                        .invoiced(20_000)
                        .transferred(10_000)
                        .completedOn(completed)
                        .invoicedOn(invoiced)
                        .transferredOn(transferred));
        city.at("2020-11-30T12:00").pays("V1", 10_000);
        expect(expected, GZ_23);
    }

    @Test
    @DisplayName("GZ-09: invoices and transfers bear both parties' names")
    void names() {
        contract(20_000);
        Papers papers = city.papers("V1").invoiced(20_000).transferred(10_000);
        city.proves("V1", papers.named("别的企业", Cast.providerName("P1"))).pays("V1", 10_000);
        expect("refused", GZ_09);
        city.proves("V1", papers.named(Cast.enterpriseName("E1"), "别的机构")).pays("V1", 10_000);
        expect("refused", GZ_09);
    }

    @Test
    @DisplayName("GZ-27, GZ-45: the declaration and the papers of a payment are required")
    void declarationAndDocuments() {
        contract(20_000);
        Papers p = city.papers("V1").invoiced(20_000).transferred(10_000);
        city.sends(new PayVoucher(
                        city.id("V1"),
                        10_000,
                        p.completedOn(),
                        5,
                        p.invoices(),
                        p.transfers(),
                        false,
                        p.paymentDocuments()))
                .wasRefusedBy(GZ_27);
        city.sends(new PayVoucher(
                        city.id("V1"),
                        10_000,
                        p.completedOn(),
                        5,
                        p.invoices(),
                        p.transfers(),
                        true,
                        List.of(Papers.document("INVOICE"))))
                .wasRefusedBy(GZ_45);
    }

    private void pay(String voucher, Papers papers) {
        city.proves(voucher, papers).pays(voucher, 10_000);
    }

    @Test
    @DisplayName("GZ-26: an invoice or a transfer serves one voucher; the refused payment leaves nothing bound")
    void usedOnce() {
        contract(20_000);
        Papers one = city.papers("V1").invoiced(20_000).transferred(10_000);
        pay("V1", one);
        city.wasAccepted();
        city.orders("V2").using(FACE).wasAccepted();
        Papers two = city.papers("V2").contractedFor(20_000).invoiced(20_000).transferred(10_000);
        city.proves("V2", two).contracts("V2");
        // V2 names V1's invoice and transfer numbers; its own transfer must not be bound by the refusal.
        city.proves("V2", two.numbered(one.number())).pays("V2", 10_000);
        city.wasRefusedBy(GZ_26).at(Check.USED_ONCE);
        city.voucher("V2").isStill(CONTRACT_CONFIRMED).has(Account.ORDERED, FACE);
        assertThat(city.providerQuota("P1").taken().value()).isEqualTo(10_000);
        assertThat(city.providerQuota("P1").reserved().value()).isEqualTo(FACE);
        pay("V2", two);
        city.wasAccepted();
    }

    @Test
    @DisplayName("GZ-26: the same invoice twice in one payment counts once, so it is refused")
    void namedTwice() {
        contract(20_000);
        Papers p = city.papers("V1").invoiced(10_000).transferred(10_000);
        var twice = List.of(p.invoices().get(0), p.invoices().get(0));
        city.sends(new PayVoucher(
                        city.id("V1"), 10_000, p.completedOn(), 5, twice, p.transfers(), true, p.paymentDocuments()))
                .wasRefusedBy(GZ_26);
    }

    @DisplayName("GZ-28, GZ-33: a payment is sent back with a reason before the voucher expires")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-11-30T23:59:59.999, accepted", "2020-12-01T00:00, refused"})
    void sentBack(String at, String expected) {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(10_000));
        city.at(at).sends(new SendPaymentBack(city.id("V1"), "发票不符"));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(CONTRACT_CONFIRMED).has(Account.ORDERED, FACE);
            city.pays("V1", 10_000).wasAccepted();
        } else {
            city.wasRefusedBy(GZ_33);
            city.voucher("V1").isStill(PAID);
        }
    }

    @DisplayName("GZ-28: accepted until redemption closes")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-12-31T23:59:59.999, accepted", "2021-01-01T00:00, refused"})
    void accepted(String at, String expected) {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(10_000));
        city.at(at).sends(new AcceptVoucher(city.id("V1")));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(ACCEPTED).has(Account.ACCEPTED, 10_000);
            city.sends(new SendPaymentBack(city.id("V1"), "不符")).wasRefusedBy(GZ_28);
        } else {
            city.wasRefusedBy(GZ_33);
        }
    }

    @DisplayName("GZ-29: undone at the provider's request, paid or accepted, before the voucher expires")
    @ParameterizedTest(name = "accepted {0}, at {1}: {2}")
    @CsvSource({
        "false, 2020-11-30T23:59:59.999, accepted",
        "true, 2020-11-30T23:59:59.999, accepted",
        "false, 2020-12-01T00:00, refused",
        "true, 2020-12-01T00:00, refused"
    })
    void undone(boolean accepted, String at, String expected) {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(10_000));
        if (accepted) {
            city.sends(new AcceptVoucher(city.id("V1"))).wasAccepted();
        }
        city.sends(new UndoPayment(city.id("V1"), "同意")).wasRefusedBy(GZ_29);
        city.sends(new RequestPaymentUndo(city.id("V1"), "付错")).wasAccepted();
        city.at(at).sends(new UndoPayment(city.id("V1"), "同意"));
        if (expected.equals("accepted")) {
            city.wasAccepted()
                    .voucher("V1")
                    .is(CONTRACT_CONFIRMED)
                    .has(Account.ORDERED, FACE)
                    .has(Account.HELD, 0);
        } else {
            city.wasRefusedBy(GZ_29);
        }
    }

    @Test
    @DisplayName("GZ-29: a denied request is closed; never undone once the voucher has stood in a submitted claim")
    void neverAfterAClaim() {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(10_000));
        city.sends(new RequestPaymentUndo(city.id("V1"), "付错")).wasAccepted();
        city.sends(new DenyPaymentUndo(city.id("V1"), "不同意")).wasAccepted();
        city.sends(new UndoPayment(city.id("V1"), "同意")).wasRefusedBy(GZ_29);
        city.sends(new AcceptVoucher(city.id("V1"))).wasAccepted();
        city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
        city.sends(new WithdrawClaim("C1", "补件")).wasAccepted();
        city.voucher("V1").is(ACCEPTED);
        city.sends(new RequestPaymentUndo(city.id("V1"), "付错")).wasRefusedBy(GZ_29);
    }

    @Test
    @DisplayName("GZ-26: a payment that is undone releases its papers")
    void undoneReleases() {
        contract(20_000);
        Papers papers = city.papers("V1").invoiced(20_000).transferred(10_000);
        pay("V1", papers);
        city.sends(new RequestPaymentUndo(city.id("V1"), "付错")).wasAccepted();
        city.sends(new UndoPayment(city.id("V1"), "同意")).wasAccepted();
        assertThat(city.recorded()).filteredOn("KeyReleased"::equals).hasSize(2);
    }

    @DisplayName("GZ-33: papers are corrected when they can no longer be sent back, the amount unchanged")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2020-11-30T23:59:59.999, refused",
        "2020-12-01T00:00, accepted",
        "2020-12-31T23:59:59.999, accepted",
        "2021-01-01T00:00, refused"
    })
    void corrected(String at, String expected) {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(10_000));
        Papers other = city.papers("V1").transferred(10_500).numbered("N-9");
        city.at(at)
                .sends(new CorrectPaymentDocuments(
                        city.id("V1"),
                        other.completedOn(),
                        other.invoices(),
                        other.transfers(),
                        other.paymentDocuments(),
                        "更正"));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(PAID).has(Account.PAID, 10_000).isOwed(500);
            Papers tooLittle = other.transferred(9_999);
            city.sends(new CorrectPaymentDocuments(
                            city.id("V1"),
                            tooLittle.completedOn(),
                            tooLittle.invoices(),
                            tooLittle.transfers(),
                            tooLittle.paymentDocuments(),
                            "更正"))
                    .wasRefusedBy(GZ_24);
        } else {
            city.wasRefusedBy(GZ_33);
        }
    }

    @Test
    @DisplayName("GZ-24: what the provider owes is a memo, closed by proof, to the last fen")
    void owed() {
        contract(20_000);
        pay("V1", city.papers("V1").invoiced(20_000).transferred(12_000));
        assertThat(city.lastOutcome().events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                VoucherPaid.class,
                                paid -> assertThat(paid.owedFen()).isEqualTo(2_000)));
        city.sends(new AcceptVoucher(city.id("V1"))).wasAccepted();
        city.at("2020-06-02T09:00").redeemsUpToNotice("C1", 10_000, "V1");
        city.at("2020-06-10T00:00").settles("C1", "V1").wasAccepted();
        city.sends(new ProveRefund(city.id("V1"), 2_001, Papers.document("PROOF")))
                .wasRefusedBy(GZ_24)
                .limit(2_000)
                .asked(2_001);
        city.sends(new ProveRefund(city.id("V1"), 1_500, Papers.document("PROOF")))
                .wasAccepted();
        city.sends(new ProveRefund(city.id("V1"), 500, Papers.document("PROOF")))
                .wasAccepted();
        city.sends(new ProveRefund(city.id("V1"), 1, Papers.document("PROOF"))).wasRefusedBy(GZ_24);
        city.voucher("V1").isOwed(0);
    }
}
