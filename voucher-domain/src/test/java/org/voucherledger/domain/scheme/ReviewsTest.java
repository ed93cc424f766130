package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.GZ_41;
import static org.voucherledger.domain.rule.Rule.GZ_42;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;

/** Who claims, who looks at a claim, in which order, and how long it is published: all of it the scheme's (GZ-40 to GZ-42). */
class ReviewsTest {

    private static final long FACE = yuan(1_000);

    private static City cityWith(SchemeTerms terms) {
        City city = new City(terms);
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(FACE).to("E1"),
                        voucher("V2").worth(FACE).to("E2"));
        city.at("2020-05-20T09:00").accepts("V1", FACE).accepts("V2", FACE);
        return city.at("2020-06-02T09:00");
    }

    private static City reviewed(int noticeDays, ReviewStage... stages) {
        return cityWith(GuangzhouTerms.with(d -> d.reviews(stages), d -> d.noticeDays(noticeDays)));
    }

    private static Command review(City city, ReviewStage stage, long fen) {
        var items = city.everyItem("C1", fen);
        return switch (stage) {
            case FIRST -> new ReviewFirst("C1", items);
            case EXPERT -> new ReviewAsExpert("C1", items);
            case FINAL -> new ReviewFinally("C1", items);
            case RECONCILIATION -> new ReconcileClaim("C1", items);
        };
    }

    @DisplayName("GZ-41: a scheme with one review ends with it, whoever it is; every other stage is refused")
    @ParameterizedTest
    @EnumSource(ReviewStage.class)
    void alone(ReviewStage only) {
        try (City city = reviewed(7, only)) {
            city.claims("C1", "V1").wasAccepted();
            for (ReviewStage stage : ReviewStage.values()) {
                if (stage != only) {
                    city.sends(review(city, stage, FACE))
                            .wasRefusedBy(GZ_41)
                            .at(Check.STATE)
                            .about("NotTheNextReview");
                }
            }
            city.voucher("V1").isStill(CLAIMED);
            city.sends(review(city, only, FACE - 1)).wasAccepted();
            city.voucher("V1").is(APPROVED);
            city.sends(review(city, only, FACE), city.actorFor(review(city, only, FACE)));
            assertThat(city.lastOutcome().accepted()).isFalse();
            city.publishes("C1").wasAccepted();
            city.at("2020-06-10T00:00").settles("C1", "V1").wasAccepted();
            city.voucher("V1").is(REDEEMED).has(Account.REDEEMED, FACE - 1).has(Account.BACK, 1);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-41: with a panel each stage waits for the one before, and only the last tells the vouchers")
    void panel() {
        try (City city = reviewed(7, ReviewStage.FIRST, ReviewStage.EXPERT, ReviewStage.FINAL)) {
            city.claims("C1", "V1").wasAccepted();
            for (ReviewStage stage : List.of(ReviewStage.FIRST, ReviewStage.EXPERT)) {
                city.sends(review(city, ReviewStage.FINAL, FACE))
                        .wasRefusedBy(GZ_41)
                        .at(Check.STATE);
                city.publishes("C1").wasRefusedBy(GZ_42);
                city.sends(review(city, stage, 0)).wasAccepted();
                city.voucher("V1").isStill(CLAIMED).has(Account.CLAIMED, FACE);
            }
            city.sends(review(city, ReviewStage.FINAL, FACE)).wasAccepted();
            city.voucher("V1").is(APPROVED);
            city.publishes("C1").wasAccepted();
            city.voucher("V1").is(PUBLISHED);
            city.booksBalance();
        }
    }

    @DisplayName("GZ-42: with no days of notice the last review publishes, settlement is open at once, nobody objects")
    @ParameterizedTest(name = "{0} reviews")
    @CsvSource({"1", "2"})
    void noNotice(int reviews) {
        ReviewStage[] stages = reviews == 1
                ? new ReviewStage[] {ReviewStage.RECONCILIATION}
                : new ReviewStage[] {ReviewStage.FIRST, ReviewStage.FINAL};
        try (City city = reviewed(0, stages)) {
            city.claims("C1", "V1", "V2").wasAccepted();
            for (ReviewStage stage : stages) {
                city.voucher("V1").isStill(CLAIMED);
                city.sends(review(city, stage, FACE)).wasAccepted();
            }
            city.voucher("V1").is(PUBLISHED);
            city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                    .wasRefusedBy(GZ_42)
                    .about("NoticeOver");
            city.publishes("C1").wasRefusedBy(GZ_42).about("NotReadyToPublish");
            city.settles("C1", "V1", "V2").wasAccepted();
            city.voucher("V2").is(REDEEMED).has(Account.REDEEMED, FACE);
            city.booksBalance();
        }
    }

    @DisplayName(
            "GZ-42: with no days of notice a rejection takes effect at once: claimed again, or over with the window")
    @ParameterizedTest(name = "reviewed {0}: {1}")
    @CsvSource({"2020-12-31T23:59:59.999, ACCEPTED", "2021-01-01T00:00, REVOKED"})
    void rejectedAtOnce(String at, String expected) {
        try (City city = reviewed(0, ReviewStage.FIRST, ReviewStage.FINAL)) {
            city.claims("C1", "V1").wasAccepted();
            city.sends(review(city, ReviewStage.FIRST, 0)).wasAccepted();
            city.at(at).sends(review(city, ReviewStage.FINAL, 0)).wasAccepted();
            city.endsNotice("C1", "V1").wasAccepted();
            city.voucher("V1").is(expected.equals("ACCEPTED") ? ACCEPTED : REVOKED);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-32, GZ-41: without notice the bureau's last word goes past a freeze, the money does not")
    void frozenWithoutNotice() {
        try (City city = reviewed(0, ReviewStage.FIRST, ReviewStage.FINAL)) {
            city.claims("C1", "V1").wasAccepted();
            city.sends(review(city, ReviewStage.FIRST, FACE)).wasAccepted();
            city.sends(new FreezeVoucher(city.id("V1"), "核查")).wasAccepted();
            city.sends(review(city, ReviewStage.FINAL, FACE)).wasAccepted();
            city.settles("C1", "V1");
            assertThat(city.lastOutcome().refusal().stage()).isEqualTo(Check.FREEZE);
            city.booksBalance();
        }
    }

    @DisplayName("GZ-42: the list is published for as many days as the scheme says")
    @ParameterizedTest(name = "{0} days: over at {1}")
    @CsvSource({"1, 2020-06-04T00:00", "5, 2020-06-08T00:00"})
    void noticeDays(int days, String over) {
        try (City city = reviewed(days, ReviewStage.FIRST, ReviewStage.FINAL)) {
            city.redeemsUpToNotice("C1", FACE, "V1");
            city.at(shanghai(over).minusMillis(1))
                    .settles("C1", "V1")
                    .wasRefusedBy(GZ_42)
                    .limit(shanghai(over));
            city.at(over).settles("C1", "V1").wasAccepted();
        }
    }

    // ---------------------------------------------------------------- the enterprise claims

    private static SchemeTerms claimedByTheEnterprise() {
        return GuangzhouTerms.with(d -> {
            Redemption r = d.terms().redemption();
            return d.with(
                    "redemption",
                    new Redemption(Claimant.ENTERPRISE, r.from(), r.until(), null, null, r.reviews(), r.noticeDays()));
        });
    }

    private static SubmitClaim claim(City city, String... names) {
        return new SubmitClaim(
                "C1",
                city.state(city.id(names[0])).issue().batchId(),
                Cast.code("P1"),
                java.util.Arrays.stream(names).map(city::id).toList(),
                List.of(Papers.document("CLAIM_FORM")));
    }

    @Test
    @DisplayName("GZ-40: where the enterprise claims, nobody else does, and each for its own vouchers only")
    void enterpriseClaims() {
        try (City city = cityWith(claimedByTheEnterprise())) {
            city.sends(claim(city, "V1"), City.party(Role.PROVIDER, Cast.code("P1")))
                    .wasRefusedBy(ALL_04)
                    .at(Check.ACTOR);
            city.sends(claim(city, "V1"), City.party(Role.ENTERPRISE, Cast.code("E2")))
                    .wasRefusedBy(ALL_04);
            city.sends(claim(city, "V1", "V2"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                    .wasRefusedBy(ALL_04);
            city.sends(claim(city, "V1"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                    .wasAccepted();
            city.sends(new WithdrawClaim("C1", "补件"), City.party(Role.PROVIDER, Cast.code("P1")))
                    .wasRefusedBy(ALL_04);
            city.sends(new WithdrawClaim("C1", "补件"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                    .wasAccepted();
            city.voucher("V1").is(ACCEPTED);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-40, GZ-43: a claim of the enterprise runs through reviews and notice like any other")
    void enterpriseIsPaid() {
        try (City city = cityWith(claimedByTheEnterprise())) {
            city.sends(claim(city, "V1"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                    .wasAccepted();
            city.reviews("C1", FACE).publishes("C1").wasAccepted();
            city.at("2020-06-10T00:00").settles("C1", "V1").wasAccepted();
            city.voucher("V1").is(REDEEMED).has(Account.REDEEMED, FACE);
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(2 * FACE);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-40: where the provider claims, the enterprise does not")
    void providerClaims() {
        try (City city = cityWith(GuangzhouTerms.asPublished())) {
            city.sends(claim(city, "V1"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                    .wasRefusedBy(ALL_04);
        }
    }
}
