package org.voucherledger.api.schemefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.GZ_06;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_24;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.rule.Rule.GZ_41;
import static org.voucherledger.domain.rule.Rule.GZ_42;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.schemefile.SchemeFile.Examined;
import org.voucherledger.api.schemefile.SchemeFile.Format;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

/** ALL-01: the worked example of a city that nobody has seen is read from its file and lives by it. */
class WorkedExampleTest {

    private static Examined example() {
        return SchemeFile.examine(
                ConsistencyTest.resource("/schemes/qinglan-2020.yaml").getBytes(StandardCharsets.UTF_8), Format.YAML);
    }

    private static void registers(City city, String name, Size size, PriorityTag... tags) {
        Declaration d = size == Size.MICRO
                ? Cast.declaration(name, Industry.SOFTWARE_IT, 5, 40, 40, Size.MICRO)
                : Cast.declaration(name);
        city.registers(
                        name,
                        new Declaration(
                                d.name(),
                                "青岚市",
                                d.district(),
                                d.industry(),
                                d.employees(),
                                d.revenueWan(),
                                d.assetsWan(),
                                d.declaredSize(),
                                false,
                                d.establishedOn(),
                                d.handlerRef(),
                                2))
                .verifies(name, tags);
    }

    @Test
    @DisplayName("the example has no faults, and what it leaves open is remarked on")
    void isInOrder() {
        assertThat(example().faults()).isEmpty();
        assertThat(example().remarks()).extracting(Finding::path).containsExactly("/tariff", "/serviceTypes");
        assertThat(example().remarks().getFirst().reason()).contains("MICRO").contains("no. 4");
    }

    @Test
    @DisplayName("ALL-01: a season of the example: every date, cap, share, review and ending is the file's")
    void lives() {
        try (City city = new City(example().file().terms())) {
            registers(city, "E1", Size.MICRO);
            registers(city, "E2", Size.SMALL, PriorityTag.PROVINCIAL_SPECIALISED);
            registers(city, "E3", Size.SMALL, PriorityTag.MONITORED);
            registers(city, "E4", Size.SMALL);
            city.registers(Cast.recognition(
                    "P1", RecognitionLevel.CITY, "青岚市", Set.of(ServiceType.values()), LocalDate.of(2020, 12, 31)));

            // Applying: the ceiling of each row; PARTIAL for the last one.
            city.opensBatch("B1", yuan(40_000), city.now(), shanghai("2020-04-10T17:00"))
                    .wasAccepted();
            city.applies("E1", "B1", yuan(20_000) + 1).wasRefusedBy(GZ_11).limit(yuan(20_000));
            city.applies("E1", "B1", yuan(20_000)).wasAccepted();
            city.applies("E4", "B1", yuan(5_000)).wasAccepted();
            city.applies("E3", "B1", yuan(10_000)).wasAccepted();
            city.applies("E2", "B1", yuan(15_000) + 1).wasRefusedBy(GZ_11).limit(yuan(15_000));
            city.applies("E2", "B1", yuan(15_000)).wasAccepted();
            city.at("2020-04-10T17:00").grantsAndPublishes("B1");
            city.voucher("B1-A4-V1").has(Account.HELD, yuan(15_000));
            city.voucher("B1-A3-V1").has(Account.HELD, yuan(10_000));
            city.voucher("B1-A1-V1").has(Account.HELD, yuan(15_000));
            assertThat(city.batch("B1").date(BatchDate.VALID_UNTIL)).isEqualTo(shanghai("2020-09-08T00:00"));
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_FROM)).isEqualTo(shanghai("2020-05-11T00:00"));
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(shanghai("2020-11-07T00:00"));

            // A return keeps the quota charged and gives the money to the waiting list.
            city.at("2020-05-01T09:00")
                    .sends(new ReturnVoucher("B1-A4-V1", "不再需要"))
                    .wasAccepted();
            assertThat(city.enterpriseQuota("E2").charged().value()).isEqualTo(yuan(15_000));
            city.sends(new Backfill("B1", 10)).wasAccepted();
            city.voucher("B1-A2-V1").has(Account.HELD, yuan(5_000));

            // A second application of a micro enterprise has the second row.
            city.opensBatch("B2", yuan(40_000), city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            city.applies("E1", "B2", yuan(10_000) + 1).wasRefusedBy(GZ_11).limit(yuan(10_000));

            // Using: a type for micro enterprises only, a share of half, the fixed deadline.
            city.orders("B1-A3-V1").aServiceOf(ServiceType.TRAINING).using(1).wasRefusedBy(GZ_06);
            city.orders("B1-A3-V1").aServiceOf(ServiceType.FINANCING).using(1).wasRefusedBy(GZ_06);
            city.contracts("B1-A3-V1", yuan(10_000));
            var papers = city.papers("B1-A3-V1").invoiced(yuan(20_000) - 2).transferred(yuan(10_000) - 1);
            city.at("2020-05-20T09:00").proves("B1-A3-V1", papers).pays("B1-A3-V1", yuan(10_000));
            city.wasRefusedBy(GZ_24).about("VoucherShareExceeded");
            city.proves("B1-A3-V1", papers.invoiced(yuan(20_000)).transferred(yuan(10_000)));
            city.paysAndAccepts("B1-A3-V1", yuan(10_000));
            city.at("2020-08-01T00:00").orders("B1-A1-V1").using(1).wasRefusedBy(GZ_20);

            // Expiry frees the quota, its money lapses; a violation keeps it.
            city.sends(new RecoverVoucher("B1-A2-V1")).wasAccepted();
            assertThat(city.enterpriseQuota("E4").charged().isZero()).isTrue();
            city.sends(new RevokeForCause("B1-A1-V1", "骗补")).wasAccepted();
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(yuan(15_000));
            assertThat(city.books().batch("B1").lapsed).isEqualTo(yuan(20_000));
            assertThat(city.books().batch("B1").available).isEqualTo(yuan(10_000));

            redeems(city);
            city.booksBalance();
        }
    }

    /** The enterprise claims, three look at it, the list is published for five days. */
    private static void redeems(City city) {
        var forms = List.of(Papers.document("CLAIM_FORM"), Papers.document("ACCEPTANCE_REPORT"));
        var claim = new SubmitClaim("C1", "B1", Cast.code("P1"), List.of("B1-A3-V1"), forms);
        var enterprise = City.party(Role.ENTERPRISE, Cast.code("E3"));
        city.sends(claim, City.party(Role.PROVIDER, Cast.code("P1"))).wasRefusedBy(ALL_04);
        city.at("2020-11-07T00:00").sends(claim, enterprise).wasRefusedBy(GZ_40);
        city.at("2020-11-06T23:59:59.999").sends(claim, enterprise).wasAccepted();
        city.sends(new ReviewFirst("C1", city.everyItem("C1", yuan(10_000)))).wasAccepted();
        city.sends(new ReviewFinally("C1", city.everyItem("C1", yuan(10_000)))).wasRefusedBy(GZ_41);
        city.sends(new ReviewAsExpert("C1", city.everyItem("C1", yuan(10_000)))).wasAccepted();
        city.sends(new ReviewFinally("C1", city.everyItem("C1", yuan(10_000)))).wasAccepted();
        city.publishes("C1").wasAccepted();
        city.at("2020-11-11T23:59:59.999").settles("C1", "B1-A3-V1").wasRefusedBy(GZ_42);
        city.at("2020-11-12T00:00").settles("C1", "B1-A3-V1").wasAccepted();
        city.voucher("B1-A3-V1").is(VoucherStatus.REDEEMED).has(Account.REDEEMED, yuan(10_000));
    }
}
