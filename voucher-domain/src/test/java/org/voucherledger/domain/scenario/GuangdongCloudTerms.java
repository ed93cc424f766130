package org.voucherledger.domain.scenario;

import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Cloud;
import org.voucherledger.domain.scheme.SchemeTerms.Eligibility;
import org.voucherledger.domain.scheme.SchemeTerms.Ending;
import org.voucherledger.domain.scheme.SchemeTerms.Fund;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.ServicePeriod;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.Title;
import org.voucherledger.domain.scheme.SchemeTerms.When;

/** The Guangdong 2020 cloud scheme with the rulebook's numbers, and its variations that other provinces might publish. */
public final class GuangdongCloudTerms {

    public static final String SCHEME = "GD-CLOUD-2020";
    public static final Instant APPLY_FROM = shanghai("2020-05-25T10:00");
    public static final Instant APPLY_UNTIL = shanghai("2020-09-30T17:00");
    public static final Instant REDEMPTION_FROM = shanghai("2020-10-08T10:00");
    public static final Instant REDEMPTION_UNTIL = shanghai("2021-02-08T17:00");

    /** How many applications of one enterprise may wait to be vetted. */
    public static final int MOST_WAITING = 20;

    private GuangdongCloudTerms() {}

    public static SchemeTerms asPublished() {
        return new SchemeTerms(
                SCHEME,
                new Title("2020年广东省工业企业“上云上平台”服务券", "Guangdong cloud vouchers for industrial enterprises, 2020"),
                SchemeTerms.Kind.CLOUD,
                "广东省工业和信息化厅",
                Stream.of(
                                region("珠三角", "广州市", "珠海市", "佛山市", "惠州市", "东莞市", "中山市", "江门市", "肇庆市"),
                                region("粤东", "汕头市", "汕尾市", "潮州市", "揭阳市"),
                                region("粤西", "湛江市", "茂名市", "阳江市"),
                                region("粤北", "韶关市", "河源市", "梅州市", "清远市", "云浮市"))
                        .flatMap(cities -> cities)
                        .toList(),
                2020,
                new Fund(0, 0),
                new Eligibility(EnumSet.allOf(Size.class), EnumSet.of(Industry.INDUSTRY), true, true, 1),
                List.of(Set.of(PriorityTag.CLUSTER_PILOT)),
                List.of(
                        new Tariff(
                                new When(Set.of(), Set.of(), Set.of(PriorityTag.CLUSTER_PILOT), null, null),
                                8_000,
                                null,
                                null),
                        new Tariff(
                                new When(Set.of(), Set.of("粤东", "粤西", "粤北"), Set.of(), null, null), 8_000, null, null),
                        new Tariff(new When(Set.of(), Set.of("珠三角"), Set.of(), null, null), 7_000, null, null)),
                null,
                null,
                null,
                null,
                new Providers(
                        yuan(5_000_000),
                        null,
                        EnumSet.allOf(RecognitionLevel.class),
                        Map.of(
                                SupplierClass.CROSS_INDUSTRY_PLATFORM,
                                yuan(8_000_000),
                                SupplierClass.TELECOM_OPERATOR,
                                yuan(8_000_000))),
                null,
                new ServicePeriod(LocalDate.of(2018, 1, 1), LocalDate.of(2022, 12, 31)),
                null,
                null,
                new Redemption(
                        Claimant.ENTERPRISE,
                        REDEMPTION_FROM,
                        REDEMPTION_UNTIL,
                        null,
                        null,
                        List.of(ReviewStage.FIRST, ReviewStage.FINAL),
                        7),
                new Ending(
                        new SchemeTerms.Outcome(QuotaThen.FREE, MoneyThen.BACK),
                        new SchemeTerms.Outcome(QuotaThen.KEEP, MoneyThen.BACK),
                        new SchemeTerms.Outcome(QuotaThen.KEEP, MoneyThen.BACK)),
                new SchemeTerms.Papers(
                        5_242_880,
                        Set.of("application/pdf", "image/jpeg", "image/png"),
                        Map.of(
                                "APPLY", Set.of("CONTRACT"),
                                "CLAIM", Set.of("INVOICE", "BANK_TRANSFER", "ACCEPTANCE_REPORT"))),
                new Cloud(2020, MOST_WAITING, null),
                null);
    }

    private static Stream<SchemeTerms.City> region(String region, String... cities) {
        return Stream.of(cities).map(city -> new SchemeTerms.City(city, region));
    }

    /** The same scheme with another value of one component. */
    public static SchemeTerms with(String component, Object value) {
        return new GuangzhouTerms.Draft(asPublished()).with(component, value).terms();
    }

    /** CL-03: so many applications of one enterprise may wait to be vetted. */
    public static SchemeTerms waiting(int most) {
        return with("cloud", new Cloud(2020, most, null));
    }

    /** CL-03: this part of each city's quota is kept for the cluster pilots. */
    public static SchemeTerms keepingForPilots(int basisPoints) {
        return with("cloud", new Cloud(2020, MOST_WAITING, basisPoints));
    }
}
