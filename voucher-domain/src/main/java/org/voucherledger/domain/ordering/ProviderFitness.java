package org.voucherledger.domain.ordering;

import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.PRODUCT;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_05;
import static org.voucherledger.domain.rule.Rule.GZ_06;
import static org.voucherledger.domain.rule.Rule.GZ_07;
import static org.voucherledger.domain.rule.Rule.GZ_08;

import java.time.LocalDate;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;

/** Whether a provider, and a product of it, may serve a voucher of a scheme (GZ-04 to GZ-08). */
public final class ProviderFitness {

    private ProviderFitness() {}

    /** GZ-04: registered, checked, and recognised on that day. */
    public static Decision isRecognised(ProviderState provider, String providerId, LocalDate day) {
        if (!provider.exists() || !provider.verified()) {
            String actual = provider.exists() ? "not checked by the operator" : "not registered";
            return GZ_04.holds(PARTY, "ProviderNotRegistered", false, "registered and checked", actual, providerId);
        }
        var entry = provider.recognition();
        boolean holds = !day.isBefore(entry.validFrom()) && !day.isAfter(entry.validTo());
        return GZ_04.holds(
                PARTY,
                "RecognitionNotValid",
                holds,
                entry.validFrom() + " to " + entry.validTo(),
                day.toString(),
                providerId);
    }

    /** GZ-05: some levels take vouchers of every city of the programme, the others those of their own city. */
    public static Decision mayTakeVouchersOf(ProviderState provider, String city, SchemeTerms terms) {
        var entry = provider.recognition();
        boolean anywhere = terms.providers().levelsOfAnyCity().contains(entry.level());
        return GZ_05.holds(
                PARTY,
                "OtherCity",
                anywhere || entry.city().equals(city),
                entry.city(),
                entry.level().name(),
                city);
    }

    /** GZ-08: a recorded tie refuses, and nobody serves itself. */
    public static Decision isNotTied(EnterpriseState enterprise, String enterpriseId, String providerId) {
        return GZ_08.finds(
                PARTY,
                "RelatedParties",
                !enterprise.ties().contains(providerId) && !enterpriseId.equals(providerId),
                "no tie",
                "tie recorded",
                providerId);
    }

    /** GZ-07: a published product. */
    static Decision isPublished(ProviderState provider, String productId) {
        var product = provider.product(productId);
        boolean published = product != null && product.published() != null;
        return GZ_07.finds(PRODUCT, "ProductNotPublished", published, "a published product", "none", productId);
    }

    /** GZ-06: of a type the provider is recognised for. */
    static Decision isRecognisedFor(ProviderState provider, ProductProposed product) {
        return GZ_06.isOneOf(
                PRODUCT,
                "TypeNotRecognised",
                provider.recognition().serviceTypes(),
                product.serviceType(),
                product.productId());
    }

    /** GZ-06: the scheme admits the type, and the enterprise meets the type's conditions on that day. */
    static Decision isOpenTo(EnterpriseState enterprise, ProductProposed product, SchemeTerms terms, LocalDate day) {
        var conditions = terms.serviceTypes().get(product.serviceType());
        if (conditions == null) {
            return GZ_06.isOneOf(
                    PRODUCT,
                    "TypeNotAdmitted",
                    terms.serviceTypes().keySet(),
                    product.serviceType(),
                    product.productId());
        }
        if (!conditions.sizes().isEmpty() && !conditions.sizes().contains(enterprise.computedSize())) {
            return GZ_06.isOneOf(
                    PRODUCT, "SizeNotServed", conditions.sizes(), enterprise.computedSize(), product.productId());
        }
        boolean conditional = !conditions.sizes().isEmpty() || conditions.beforeAnniversaryYears() != null;
        if (conditional && enterprise.verification() == null) {
            return GZ_06.holds(
                    PRODUCT, "DeclarationNotVerified", false, "verified", "not verified", product.productId());
        }
        if (conditions.beforeAnniversaryYears() == null) {
            return null;
        }
        LocalDate anniversary = enterprise.declaration().establishedOn().plusYears(conditions.beforeAnniversaryYears());
        return GZ_06.holds(
                PRODUCT,
                "EstablishedTooLongAgo",
                day.isBefore(anniversary),
                anniversary.toString(),
                day.toString(),
                product.productId());
    }
}
