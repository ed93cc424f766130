package org.voucherledger.domain.scenario;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;

/** Who appears in the tests: made-up enterprises and providers, always the same ones. */
public final class Cast {

    private static final Set<ServiceType> EVERY_TYPE = Set.of(ServiceType.values());

    private Cast() {}

    /** The credit code of a party that the tests call {@code E1} or {@code P1}. */
    public static String code(String name) {
        String digits =
                "91440101" + (name.startsWith("P") ? "P" : "M") + "%08d".formatted(Integer.parseInt(name.substring(1)));
        return digits + CreditCode.checkCharacter(digits);
    }

    /** A small software enterprise of the city, founded two years before the scheme. */
    public static Declaration declaration(String name) {
        return declaration(name, Industry.SOFTWARE_IT, 50, 800, 300, Size.SMALL);
    }

    /** The same, founded on that day. */
    public static Declaration declaration(String name, LocalDate establishedOn) {
        Declaration d = declaration(name);
        return new Declaration(
                d.name(),
                d.city(),
                d.district(),
                d.industry(),
                d.employees(),
                d.revenueWan(),
                d.assetsWan(),
                d.declaredSize(),
                d.legalPerson(),
                establishedOn,
                d.handlerRef(),
                d.trustLevel());
    }

    public static Declaration declaration(
            String name, Industry industry, long employees, long revenueWan, long assetsWan, Size declared) {
        return new Declaration(
                enterpriseName(name),
                GuangzhouTerms.CITY,
                "天河区",
                industry,
                employees,
                revenueWan,
                assetsWan,
                declared,
                true,
                LocalDate.of(2018, 6, 15),
                "handler-" + name,
                1);
    }

    public static String enterpriseName(String name) {
        return "测试企业" + name + "有限公司";
    }

    public static String providerName(String name) {
        return "测试服务机构" + name + "有限公司";
    }

    /** A city platform that is recognised for every type of service the whole year. */
    public static RecogniseProvider recognition(String name) {
        return recognition(name, RecognitionLevel.CITY, GuangzhouTerms.CITY, EVERY_TYPE, LocalDate.of(2020, 12, 31));
    }

    public static RecogniseProvider recognition(
            String name, RecognitionLevel level, String city, Set<ServiceType> types, LocalDate validTo) {
        return new RecogniseProvider(
                code(name), providerName(name), level, city, types, Set.of(), null, LocalDate.of(2018, 1, 1), validTo);
    }

    /** A shop of the city that takes consumption vouchers of these categories. */
    public static RecogniseProvider merchant(String name, String... categories) {
        return new RecogniseProvider(
                code(name),
                "测试商户" + name,
                RecognitionLevel.CITY,
                GuangzhouTerms.CITY,
                null,
                Set.of(categories),
                null,
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2022, 12, 31));
    }

    /** The one product that a provider has for each type of service; its identifier is the type's name. */
    public static ProposeProduct product(String provider, ServiceType type) {
        return product(code(provider), type.name(), "服务产品" + type, type);
    }

    /** A product in order, from 1,000 to 50,000 yuan. */
    public static ProposeProduct product(String providerId, String productId, String name, ServiceType type) {
        return new ProposeProduct(
                providerId, productId, name, type, describing("服务概述"), 100_000, 5_000_000, "按项目", Papers.forAProduct());
    }

    /** Every part of a product's description, served in the city. */
    public static ProductDescription describing(String overview) {
        return new ProductDescription(
                Set.of(GuangzhouTerms.CITY), "中小微企业", overview, "受理、实施、交付", "三十日", "服务报告", "双方签字验收");
    }

    public static List<ServiceType> types() {
        return List.of(ServiceType.values());
    }
}
