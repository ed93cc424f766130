package org.voucherledger.domain.applying;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Rule.CL_01;
import static org.voucherledger.domain.rule.Rule.GZ_01;
import static org.voucherledger.domain.rule.Rule.GZ_02;
import static org.voucherledger.domain.rule.Rule.GZ_03;
import static org.voucherledger.domain.rule.Rule.GZ_11;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.rule.Carries;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Applicant;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;

/** Who may be granted vouchers of a scheme (GZ-01, GZ-02), and in which tier (GZ-03). Asked at application and at grant. */
public final class Eligibility {

    private Eligibility() {}

    /**
     * The first reason against the enterprise, or {@code null}: its standing first, then who it is.
     *
     * @param city whose batch it is
     * @param year the year for which it must have been verified: that of the application's receipt
     */
    public static Decision against(
            EnterpriseState enterprise, String enterpriseId, String city, SchemeTerms terms, int year) {
        Decision standing = VoucherDossier.isGood(enterprise.standing(), enterpriseId);
        return standing.allowed() ? againstParty(enterprise, enterpriseId, city, terms, year, true) : standing;
    }

    /** The first reason in who the enterprise is, or {@code null}. */
    public static Decision againstParty(
            EnterpriseState enterprise, String enterpriseId, String city, SchemeTerms terms, int year) {
        return againstParty(enterprise, enterpriseId, city, terms, year, false);
    }

    private static Decision againstParty(
            EnterpriseState enterprise,
            String enterpriseId,
            String city,
            SchemeTerms terms,
            int year,
            boolean orLater) {
        List<Supplier<Decision>> questions = List.of(
                () -> isRegistered(enterprise, enterpriseId),
                () -> hasTrustedAccount(enterprise, terms),
                () -> isVerified(enterprise, terms, year, orLater),
                () -> isOfTheCity(enterprise, city, terms),
                () -> isLegalPerson(enterprise, terms),
                () -> isAttested(enterprise),
                () -> isOfTheDeclaredSize(enterprise),
                () -> isOfAnAdmittedSize(enterprise, terms),
                () -> isOfAnAdmittedIndustry(enterprise, terms),
                () -> isNotBlacklisted(enterprise));
        return Checks.first(questions.stream().map(Supplier::get));
    }

    /** GZ-03: the first tier that names one of its tags; everyone else comes after the last. */
    @Carries(GZ_03)
    public static int tierOf(EnterpriseState enterprise, SchemeTerms terms) {
        Set<PriorityTag> tags = enterprise.verification() == null
                ? Set.of()
                : enterprise.verification().priorityTags();
        for (int tier = 0; tier < terms.priorityTiers().size(); tier++) {
            if (terms.priorityTiers().get(tier).stream().anyMatch(tags::contains)) {
                return tier;
            }
        }
        return terms.priorityTiers().size();
    }

    /** What the scheme gives this enterprise; {@code application} counts its applications in the year, this one included. */
    public static Optional<Tariff> tariffOf(
            EnterpriseState enterprise, String city, SchemeTerms terms, int application) {
        if (!enterprise.exists()) {
            return Optional.empty();
        }
        Set<PriorityTag> tags = enterprise.verification() == null
                ? Set.of()
                : enterprise.verification().priorityTags();
        return terms.tariffFor(new Applicant(enterprise.computedSize(), terms.regionOf(city), tags, application));
    }

    /** GZ-11: the scheme gives something to an enterprise like this one, for an application of that number. */
    public static Decision isInTheTariff(Optional<Tariff> tariff, int application) {
        return GZ_11.finds(
                AMOUNTS, "NotInTheTariff", tariff.isPresent(), "a row of the tariff", "none", (long) application);
    }

    /** CL-01 says for the cloud voucher what GZ-01 says for the others. */
    private static boolean isCloud(SchemeTerms terms) {
        return terms.kind() == Kind.CLOUD;
    }

    private static Decision isRegistered(EnterpriseState enterprise, String enterpriseId) {
        return GZ_02.finds(PARTY, "NotRegistered", enterprise.exists(), "registered", "not registered", enterpriseId);
    }

    private static Decision hasTrustedAccount(EnterpriseState enterprise, SchemeTerms terms) {
        int least = terms.eligibility().minimumTrustLevel();
        int level = enterprise.declaration().trustLevel();
        return GZ_02.holds(PARTY, "TrustLevelTooLow", level >= least, "L" + least, "L" + level, "apply");
    }

    /** GZ-02; who was verified when it applied and has been verified for a later year since is not the worse for it. */
    private static Decision isVerified(EnterpriseState enterprise, SchemeTerms terms, int year, boolean orLater) {
        var verification = enterprise.verification();
        boolean verified = verification != null
                && (!terms.eligibility().verifiedEachYear()
                        || verification.year() == year
                        || orLater && verification.year() > year);
        String actual = verification == null ? "not verified" : "verified for " + verification.year();
        return GZ_02.holds(PARTY, "NotVerified", verified, "verified for " + year, actual, "apply");
    }

    private static Decision isOfTheCity(EnterpriseState enterprise, String city, SchemeTerms terms) {
        String own = enterprise.declaration().city();
        return isCloud(terms)
                ? CL_01.holds(PARTY, "OtherCity", city.equals(own), city, own, "apply")
                : GZ_01.holds(PARTY, "OtherCity", city.equals(own), city, own, "apply");
    }

    private static Decision isLegalPerson(EnterpriseState enterprise, SchemeTerms terms) {
        boolean holds = !terms.eligibility().legalPersonOnly()
                || enterprise.declaration().legalPerson();
        return isCloud(terms)
                ? CL_01.finds(PARTY, "NotALegalPerson", holds, "an independent legal person", "none", "apply")
                : GZ_01.finds(PARTY, "NotALegalPerson", holds, "an independent legal person", "none", "apply");
    }

    private static Decision isAttested(EnterpriseState enterprise) {
        var verification = enterprise.verification();
        boolean attested = verification != null && verification.operatesProperly() && verification.fitsPolicy();
        return GZ_01.finds(PARTY, "NotAttested", attested, "attested by the operator", "not attested", "apply");
    }

    private static Decision isOfTheDeclaredSize(EnterpriseState enterprise) {
        var declared = enterprise.declaration().declaredSize();
        var computed = enterprise.computedSize();
        return GZ_01.holds(
                PARTY, "SizeDiffers", declared == computed, computed.name(), declared.name(), declared.name());
    }

    private static Decision isOfAnAdmittedSize(EnterpriseState enterprise, SchemeTerms terms) {
        return GZ_01.isOneOf(PARTY, "SizeNotAdmitted", terms.eligibility().sizes(), enterprise.computedSize(), "apply");
    }

    /** A scheme that names no industry, or every one, admits them all and does not ask. */
    private static Decision isOfAnAdmittedIndustry(EnterpriseState enterprise, SchemeTerms terms) {
        Set<Industry> admitted = terms.eligibility().industries();
        if (admitted.isEmpty() || admitted.size() == Industry.values().length) {
            return null;
        }
        Industry industry = enterprise.declaration().industry();
        return isCloud(terms)
                ? CL_01.isOneOf(PARTY, "IndustryNotAdmitted", admitted, industry, "apply")
                : GZ_01.isOneOf(PARTY, "IndustryNotAdmitted", admitted, industry, "apply");
    }

    private static Decision isNotBlacklisted(EnterpriseState enterprise) {
        return GZ_01.finds(PARTY, "Blacklisted", !enterprise.blacklisted(), "not blacklisted", "blacklisted", "apply");
    }
}
