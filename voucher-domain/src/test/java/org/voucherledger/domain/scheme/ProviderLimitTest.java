package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.CL_05;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_21;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.audit.FrameItem;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.MeanRating;
import org.voucherledger.domain.funding.LimitHandler;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;

/** GZ-21, CL-05: the cap of a provider: everybody's, its class's, or its own; and the share of the fund that bounds each. */
class ProviderLimitTest {

    private static City cityWith(Providers providers) {
        City city = new City(GuangzhouTerms.with(d -> d.with("providers", providers)));
        city.grants(
                voucher("V1").worth(yuan(2_000)).to("E1"),
                voucher("V2").worth(yuan(2_000)).to("E2"));
        return city;
    }

    private static Providers providers(long capFen, Integer ofFund, Map<SupplierClass, Long> classes) {
        return new Providers(capFen, ofFund, EnumSet.of(RecognitionLevel.NATIONAL), classes);
    }

    private static void adjust(City city, long limitFen) {
        city.sends(new AdjustProviderLimit(SCHEME, Cast.code("P1"), limitFen, "notice-5", "抽查"));
    }

    @Test
    @DisplayName(
            "SV-02, CL-05: a limit that rests on the provider's rating records what the rating was, then and ever after")
    void restsOnTheRating() {
        try (City city = new City()) {
            city.at("2020-04-30T16:00")
                    .grants(
                            voucher("V1").worth(yuan(2_000)).to("E1"),
                            voucher("V2").worth(yuan(2_000)).to("E2"));
            city.at("2020-05-20T09:00").accepts("V1", 1_000);
            long rated = city.ledger().frames().toldUpTo();
            city.accepts("V2", 1_000);
            long reached = city.ledger().frames().toldUpTo();

            city.sends(restingOn(0L)).wasRefusedBy(CL_05).about("NotRatedThen");
            city.sends(restingOn(reached + 1)).wasRefusedBy(CL_05).about("RatingPositionAhead");
            city.sends(restingOn(rated)).wasAccepted();
            assertThat(city.lastOutcome().events().getFirst())
                    .isEqualTo(new ProviderLimitAdjusted(
                            SCHEME, Cast.code("P1"), 2020, yuan(500_000), 1_000, "notice-5", "评价偏低", rated, 1L, 500L));
            city.sends(restingOn(reached)).wasAccepted();
            assertThat(((ProviderLimitAdjusted) city.lastOutcome().events().getFirst()).ratings())
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("CL-05: what a limit rests on is asked once, and how far frames of draws are told is nothing to it")
    void asksForTheRatingOnce() {
        var asked = new ArrayList<Long>();
        var frames = new Frames() {
            @Override
            public long toldUpTo() {
                throw new AssertionError("no frame is asked for");
            }

            @Override
            public long ratedUpTo() {
                return 7;
            }

            @Override
            public Collection<FrameItem> at(FrameScope scope, long position) {
                throw new AssertionError("no frame is asked for");
            }

            @Override
            public Optional<MeanRating> rating(String providerId, long position) {
                asked.add(position);
                return Optional.of(new MeanRating(2, 700));
            }
        };
        try (City city = new City(
                GuangzhouTerms.with(terms -> terms),
                (ledger, handlers) -> Stream.concat(handlers.stream(), Stream.of(new LimitHandler(ledger, frames)))
                        .toList())) {
            city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(2_000)).to("E1"));
            city.at("2020-05-20T09:00").accepts("V1", 1_000);

            city.sends(restingOn(7)).wasAccepted();

            assertThat(asked).containsExactly(7L);
            city.sends(restingOn(8)).wasRefusedBy(CL_05).about("RatingPositionAhead");
        }
    }

    private static AdjustProviderLimit restingOn(long position) {
        return new AdjustProviderLimit(SCHEME, Cast.code("P1"), 1_000, "notice-5", "评价偏低", null, position);
    }

    @DisplayName("CL-05: a limit of its own takes the place of the scheme's, in both directions, to the last fen")
    @ParameterizedTest(name = "adjusted to {0}, {1} ordered: {2}")
    @CsvSource({
        "1000, 1000, accepted",
        "1000, 1001, refused",
        "60000, 60000, accepted",
        "60000, 60001, refused",
        "0, 1, refused"
    })
    void ownLimit(long limit, long ordered, String expected) {
        try (City city = cityWith(providers(50_000, null, Map.of()))) {
            city.provider("P1");
            adjust(city, limit);
            city.wasAccepted();
            var adjusted = (ProviderLimitAdjusted) city.lastOutcome().events().getFirst();
            assertThat(adjusted.beforeFen()).isEqualTo(50_000);
            city.orders("V1").using(ordered);
            if (expected.equals("accepted")) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_21).limit(limit).used(0).asked(ordered);
            }
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("CL-05, GZ-21: lowered below use it only stops new reservations; what is reserved is still paid")
    void belowUse() {
        try (City city = cityWith(providers(500_000, null, Map.of()))) {
            city.contracts("V1", yuan(1_000));
            adjust(city, yuan(1_000) - 1);
            city.wasAccepted();
            city.orders("V2")
                    .using(1)
                    .wasRefusedBy(GZ_21)
                    .limit(yuan(1_000) - 1)
                    .used(yuan(1_000));
            city.at("2020-05-20T09:00").pays("V1", yuan(1_000) + 1).wasRefusedBy(GZ_21);
            city.pays("V1", yuan(1_000)).wasAccepted();
            adjust(city, yuan(1_000) + 1);
            city.at("2020-04-20T09:00")
                    .orders("V2")
                    .using(2)
                    .wasRefusedBy(GZ_21)
                    .limit(yuan(1_000) + 1);
            city.orders("V2").using(1).wasAccepted();
            city.booksBalance();
        }
    }

    @DisplayName("GZ-21: the share of the fund in force bounds a limit of its own as well")
    @ParameterizedTest(name = "{0} ordered: {1}")
    @CsvSource({"2000, accepted", "2001, refused"})
    void shareOfTheFund(long ordered, String expected) {
        try (City city = cityWith(providers(500_000, 5, Map.of()))) {
            city.provider("P1");
            adjust(
                    city,
                    city.ledger()
                            .look(l -> l.scheme(SCHEME).now().fund().share(5).value()));
            city.wasAccepted();
            // 0.05% of 40,000 yuan are 20 yuan.
            city.sends(new ChangeFund(SCHEME, yuan(40_000), "notice-6", "调整")).wasAccepted();
            city.orders("V1").using(ordered);
            if (expected.equals("accepted")) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_21).limit(2_000).asked(ordered);
            }
        }
    }

    @DisplayName("GZ-21, CL-05: a limit above the share of the fund in force is refused, never cut down unsaid")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2000, accepted", "2001, refused"})
    void aboveTheShareOfTheFund(long limit, String expected) {
        try (City city = cityWith(providers(500_000, 5, Map.of()))) {
            city.provider("P1");
            city.sends(new ChangeFund(SCHEME, yuan(40_000), "notice-6", "调整")).wasAccepted();
            adjust(city, limit);
            if (expected.equals("accepted")) {
                city.wasAccepted();
                city.orders("V1").using(limit).wasAccepted();
            } else {
                city.wasRefusedBy(GZ_21)
                        .at(Check.AMOUNTS)
                        .about("LimitAboveShareOfFund")
                        .limit(2_000)
                        .used(0)
                        .asked(limit);
                Fen own = city.ledger()
                        .look(l -> l.providerQuota(SCHEME, Cast.code("P1"), 2020)
                                .now()
                                .limit());
                assertThat((Object) own).isNull();
            }
        }
    }

    @DisplayName("CL-05: a class has its own cap, who is of none that is named has the common one")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"TELECOM_OPERATOR, 3000", "CROSS_INDUSTRY_PLATFORM, 2000", "OTHER, 1000", ", 1000"})
    void byClass(SupplierClass supplier, long cap) {
        try (City city = cityWith(providers(
                1_000,
                null,
                Map.of(SupplierClass.TELECOM_OPERATOR, 3_000L, SupplierClass.CROSS_INDUSTRY_PLATFORM, 2_000L)))) {
            city.registers(new RecogniseProvider(
                    Cast.code("P1"),
                    Cast.providerName("P1"),
                    RecognitionLevel.CITY,
                    GuangzhouTerms.CITY,
                    Set.of(ServiceType.INFORMATION),
                    Set.of(),
                    supplier,
                    LocalDate.of(2018, 1, 1),
                    LocalDate.of(2020, 12, 31)));
            city.orders("V1").using(cap + 1).wasRefusedBy(GZ_21).limit(cap);
            city.orders("V1").using(cap).wasAccepted();
        }
    }

    @Test
    @DisplayName("CL-05, GZ-04: only a recognised provider of a published scheme is adjusted")
    void unknown() {
        try (City city = cityWith(providers(1_000, null, Map.of()))) {
            adjust(city, 1);
            city.wasRefusedBy(GZ_04).about("ProviderUnknown");
            city.provider("P1");
            city.sends(new AdjustProviderLimit("S9", Cast.code("P1"), 1, "n", "抽查"))
                    .wasRefusedBy(ALL_01)
                    .about("SchemeUnknown");
        }
    }
}
