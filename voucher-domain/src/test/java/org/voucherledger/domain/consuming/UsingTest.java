package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_05;
import static org.voucherledger.domain.rule.Rule.GZ_21;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE_FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL_FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;

/** Using taken vouchers at merchants, and undoing the purchase (CV-01). */
class UsingTest {

    private static final String V1 = "B1-T1";
    private static final String V2 = "B1-T2";

    private static City withTaken(City city) {
        city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
        city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
        return city;
    }

    private static City withTaken() {
        return withTaken(ConsumptionTerms.city());
    }

    @Test
    @DisplayName("CV-01: a voucher is used whole for a purchase at a listed merchant; no change is given")
    void uses() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "R-1", yuan(180)).wasAccepted();

            assertThat(city.recorded()).containsExactly("VoucherUsed", "ProviderQuotaTaken", "KeyBound");
            city.voucher(V1).is(ACCEPTED).has(Account.ACCEPTED, SMALL).has(Account.HELD, 0);
            assertThat(city.state(V1).providerId()).isEqualTo(Cast.code("P1"));
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(SMALL);
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(2);
            city.booksBalance();
        }
    }

    @ParameterizedTest(name = "{0} for a purchase of {1} fen: {2}")
    @CsvSource({
        "B1-T1, 9999, false",
        "B1-T1, 10000, true",
        "B1-T2, 19999, false",
        "B1-T2, 20000, true",
    })
    @DisplayName("CV-01: a purchase reaches the threshold of the voucher's own face, or is refused by one fen")
    void thresholdIsExact(String voucher, long purchaseFen, boolean enough) {
        try (City city = withTaken()) {
            city.uses(voucher, "P1", "R-1", purchaseFen);
            if (enough) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(CV_01)
                        .at(Check.AMOUNTS)
                        .about("BelowThreshold")
                        .limit(purchaseFen + 1)
                        .asked(purchaseFen);
                city.voucher(voucher).isStill(ISSUED);
            }
        }
    }

    @Test
    @DisplayName("GZ-26: one voucher a purchase, however its reference is written; another merchant's is another")
    void onePerPurchase() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "No.r-1", LARGE_FROM).wasAccepted();
            city.uses(V2, "P1", "NO.R-1", LARGE_FROM);
            city.wasRefusedBy(GZ_26).at(Check.USED_ONCE).about("AlreadyUsed");
            city.uses(V2, "P2", "No.r-1", LARGE_FROM).wasAccepted();
            city.booksBalance();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"13800138000", "No.138-0013-8000", "440106199001011234", "张三 20220606", ""})
    @DisplayName(
            "ALL-05: a purchase's reference is the merchant's number, never a telephone, an identity card or a text")
    void noPersonInAReference(String reference) {
        assertThatThrownBy(() -> new UseVoucher(V1, "P1", reference, LARGE_FROM))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.field()).isEqualTo("purchaseReference"));
        assertThat(new UseVoucher(V1, "P1", "POS1-20220606-000123", LARGE_FROM).purchaseReference())
                .isEqualTo("POS1-20220606-000123");
    }

    @Test
    @DisplayName("CV-01: a voucher is used once")
    void usedOnce() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "R-1", SMALL_FROM).wasAccepted();
            city.uses(V1, "P1", "R-2", SMALL_FROM);
            city.wasRefusedBy(CV_01).at(Check.STATE).about("VoucherStatus");
        }
    }

    @Test
    @DisplayName("CV-01: a voucher is used until the cycle's last moment, not at its end")
    void validity() {
        try (City city = withTaken()) {
            city.at(VALID_UNTIL).uses(V1, "P1", "R-1", SMALL_FROM);
            city.wasRefusedBy(CV_01).about("VoucherExpired").limit(VALID_UNTIL);
            city.at(VALID_UNTIL.minusNanos(1_000))
                    .uses(V1, "P1", "R-1", SMALL_FROM)
                    .wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-40: no voucher is used that the merchant could no longer claim")
    void redemptionMovedForward() {
        try (City city = withTaken()) {
            var earlier = VALID_UNTIL.minusSeconds(3_600);
            city.sends(new MoveDate("B1", BatchDate.REDEMPTION_UNTIL, earlier, "notice-2", "提前"))
                    .wasAccepted();
            city.at(earlier).uses(V1, "P1", "R-1", SMALL_FROM);
            city.wasRefusedBy(GZ_40).about("RedemptionClosed").limit(earlier);
        }
    }

    @Test
    @DisplayName(
            "CV-01, GZ-04, GZ-05: only a merchant that is listed, checked, of the city and of the voucher's category")
    void merchants() {
        try (City city = withTaken()) {
            city.sends(new UseVoucher(V1, Cast.code("P9"), "R-1", SMALL_FROM));
            city.wasRefusedBy(GZ_04).at(Check.PARTY).about("ProviderNotRegistered");

            var unchecked = Cast.merchant("P8", CATERING);
            city.sends(unchecked).wasAccepted();
            city.sends(new RegisterProvider(
                            unchecked.providerId(),
                            unchecked.name(),
                            unchecked.city(),
                            List.of(Papers.document("BUSINESS_LICENCE"))))
                    .wasAccepted();
            city.sends(new UseVoucher(V1, Cast.code("P8"), "R-1", SMALL_FROM));
            city.wasRefusedBy(GZ_04).about("ProviderNotRegistered");

            city.registers(Cast.merchant("P7", RETAIL));
            city.sends(new UseVoucher(V1, Cast.code("P7"), "R-1", SMALL_FROM));
            city.wasRefusedBy(CV_01).at(Check.PARTY).about("MerchantNotOfCategory");

            city.registers(listed("P6", "深圳市", LocalDate.of(2022, 12, 31)));
            city.sends(new UseVoucher(V1, Cast.code("P6"), "R-1", SMALL_FROM));
            city.wasRefusedBy(GZ_05).about("OtherCity");

            city.registers(listed("P5", GuangzhouTerms.CITY, LocalDate.of(2022, 6, 6)));
            city.sends(new UseVoucher(V1, Cast.code("P5"), "R-1", SMALL_FROM)).wasAccepted();
            city.at(FROM.plusSeconds(86_400)).sends(new UseVoucher(V2, Cast.code("P5"), "R-2", LARGE_FROM));
            city.wasRefusedBy(GZ_04).about("RecognitionNotValid");
        }
    }

    private static RecogniseProvider listed(String name, String city, LocalDate validTo) {
        return new RecogniseProvider(
                Cast.code(name),
                "测试商户" + name,
                RecognitionLevel.CITY,
                city,
                Set.of(),
                Set.of(CATERING),
                null,
                LocalDate.of(2022, 1, 1),
                validTo);
    }

    @Test
    @DisplayName("GZ-21: a merchant takes up to its cap, not one fen more; an undone purchase makes room again")
    void merchantCap() {
        var terms = ConsumptionTerms.terms(QuotaThen.KEEP, SMALL + LARGE);
        try (City city = withTaken(ConsumptionTerms.city(terms, yuan(1_000)))) {
            city.takes("h-2", "B1", RETAIL, SMALL).wasAccepted();
            city.uses(V1, "P1", "R-1", SMALL_FROM).wasAccepted();
            city.uses(V2, "P1", "R-2", LARGE_FROM).wasAccepted();
            city.uses("B1-T3", "P1", "R-3", SMALL_FROM);
            city.wasRefusedBy(GZ_21)
                    .at(Check.CAPS)
                    .limit(SMALL + LARGE)
                    .used(SMALL + LARGE)
                    .asked(SMALL);

            city.sends(new UndoPurchase(V1, "退货")).wasAccepted();
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(LARGE);
            city.uses("B1-T3", "P1", "R-3", SMALL_FROM).wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-32: neither a frozen voucher nor a frozen or disqualified merchant goes forward")
    void frozen() {
        try (City city = withTaken()) {
            city.sends(new FreezeVoucher(V1, "核查")).wasAccepted();
            city.uses(V1, "P1", "R-1", SMALL_FROM);
            city.wasRefusedBy(GZ_32).at(Check.FREEZE).about("VoucherFrozen");

            city.sends(new FreezeProvider(Cast.code("P1"), "核查")).wasAccepted();
            city.uses(V2, "P1", "R-1", LARGE_FROM);
            city.wasRefusedBy(GZ_32).about("PartyFrozen");

            city.sends(new DisqualifyProvider(Cast.code("P1"), "套现")).wasAccepted();
            city.uses(V2, "P1", "R-1", LARGE_FROM);
            city.wasRefusedBy(GZ_32).about("PartyDisqualified");
        }
    }

    @Test
    @DisplayName("ALL-04: only its holder uses a voucher, only its merchant undoes the purchase")
    void parties() {
        try (City city = withTaken()) {
            city.registers(Cast.merchant("P1", CATERING));
            var use = new UseVoucher(V1, Cast.code("P1"), "R-1", SMALL_FROM);
            city.sends(use, City.party(Role.HOLDER, "h-2"));
            city.wasRefusedBy(ALL_04).about("NotTheParty");
            city.sends(use).wasAccepted();
            city.sends(new UndoPurchase(V1, "退货"), City.party(Role.PROVIDER, Cast.code("P2")));
            city.wasRefusedBy(ALL_04).about("NotTheParty");
        }
    }

    @Test
    @DisplayName("CV-01: an undone purchase is reversed, its reference free, and the voucher usable again")
    void undone() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "R-1", SMALL_FROM).wasAccepted();
            city.sends(new UndoPurchase(V1, "退货")).wasAccepted();

            assertThat(city.recorded()).containsExactly("KeyReleased", "ProviderQuotaReleased", "PurchaseUndone");
            city.voucher(V1).is(ISSUED).has(Account.HELD, SMALL).has(Account.ACCEPTED, 0);
            assertThat(city.state(V1).providerId()).isEmpty();
            city.uses(V2, "P1", "R-1", LARGE_FROM).wasAccepted();
            city.uses(V1, "P2", "R-1", SMALL_FROM).wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("CV-01: a purchase is not undone once its voucher has stood in a claim")
    void notAfterClaim() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "R-1", SMALL_FROM).wasAccepted();
            city.claims("C1", V1).wasAccepted();
            city.sends(new UndoPurchase(V1, "退货"));
            city.wasRefusedBy(CV_01).at(Check.STATE).about("VoucherStatus");
            city.sends(new WithdrawClaim("C1", "重报")).wasAccepted();
            city.sends(new UndoPurchase(V1, "退货"));
            city.wasRefusedBy(CV_01).at(Check.STATE).about("ClaimedBefore");
        }
    }
}
