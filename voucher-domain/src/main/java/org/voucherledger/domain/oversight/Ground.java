package org.voucherledger.domain.oversight;

import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Rule.SV_04;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voucherledger.domain.finding.FindingEvent.FindingActedUpon;
import org.voucherledger.domain.finding.FindingOutcome;
import org.voucherledger.domain.finding.FindingState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * The complaint or spot check on which a measure rests, where one is named (SV-04): it exists, is about whom the measure is
 * against, and was not found to be unfounded.
 */
public final class Ground {

    private final Ledger ledger;
    private final String findingId;
    private final String voucherId;
    private final String enterpriseId;
    private final String providerId;

    private Ground(Ledger ledger, String findingId, String voucherId, String enterpriseId, String providerId) {
        this.ledger = ledger;
        this.findingId = findingId;
        this.voucherId = voucherId;
        this.enterpriseId = enterpriseId;
        this.providerId = providerId;
    }

    /** @param findingId {@code null} where the measure names no ground */
    public static Ground againstEnterprise(Ledger ledger, String findingId, String enterpriseId) {
        return new Ground(ledger, findingId, null, enterpriseId, null);
    }

    /** @param findingId {@code null} where the measure names no ground */
    public static Ground againstProvider(Ledger ledger, String findingId, String providerId) {
        return new Ground(ledger, findingId, null, null, providerId);
    }

    /**
     * A finding about one of the voucher's parties is a ground against the voucher too.
     *
     * @param findingId {@code null} where the measure names no ground
     */
    public static Ground againstVoucher(Ledger ledger, String findingId, String voucherId, VoucherState voucher) {
        return new Ground(ledger, findingId, voucherId, enterpriseOf(voucher), providerOf(voucher));
    }

    /**
     * A sample is drawn against nobody, so that what was found about anybody may give rise to it.
     *
     * @param findingId {@code null} where the draw names no ground
     */
    static Ground ofSample(Ledger ledger, String findingId) {
        return new Ground(ledger, findingId, null, null, null);
    }

    static Ground against(Ledger ledger, String findingId, String voucherId, String enterpriseId, String providerId) {
        return new Ground(ledger, findingId, voucherId, enterpriseId, providerId);
    }

    /** {@code null} of a voucher that a person holds. */
    static String enterpriseOf(VoucherState voucher) {
        String enterprise = voucher.issue().enterpriseId();
        return enterprise.isEmpty() ? null : enterprise;
    }

    /** Where it is ordered or was used; {@code null} while it is with none. */
    static String providerOf(VoucherState voucher) {
        return voucher.providerId().isEmpty() ? null : voucher.providerId();
    }

    /** SV-04: the finding is registered, about one of them, and not found unfounded; {@code null} where none is named. */
    public Decision stands() {
        return findingId == null
                ? null
                : Checks.first(Stream.<Supplier<Decision>>of(this::isKnown, this::isAboutThem, this::isNotUnfounded)
                        .map(Supplier::get));
    }

    private Decision isKnown() {
        return SV_04.finds(PARTY, "FindingUnknown", now().exists(), "a registered finding", "unknown", findingId);
    }

    private Decision isAboutThem() {
        if (voucherId == null && enterpriseId == null && providerId == null) {
            return null;
        }
        FindingState finding = now();
        return SV_04.holds(
                PARTY,
                "GroundAboutOthers",
                finding.isAbout(voucherId, enterpriseId, providerId),
                named(voucherId, enterpriseId, providerId),
                named(finding.voucherId(), finding.enterpriseId(), finding.providerId()),
                findingId);
    }

    private Decision isNotUnfounded() {
        return SV_04.holds(
                PARTY,
                "GroundUnfounded",
                now().outcome() != FindingOutcome.UNFOUNDED,
                "open or confirmed",
                String.valueOf(now().outcome()),
                findingId);
    }

    /** Keeps with the finding what was done because of it. */
    public void actedUpon(String measure) {
        if (findingId != null) {
            ledger.finding(findingId)
                    .record(new FindingActedUpon(findingId, measure, voucherId, enterpriseId, providerId));
        }
    }

    private FindingState now() {
        return ledger.finding(findingId).now();
    }

    private static String named(String voucher, String enterprise, String provider) {
        var names = new StringBuilder();
        for (String name : new String[] {voucher, enterprise, provider}) {
            if (name != null) {
                names.append(names.isEmpty() ? "" : " ").append(name);
            }
        }
        return names.toString();
    }
}
