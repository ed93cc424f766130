package org.voucherledger.api.schemefile;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.City;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;

/**
 * What no schema can say of a scheme: that its parts agree with each other. Each disagreement is a fault, with which the
 * scheme is not published; what is only worth knowing is a {@linkplain Remarks remark}.
 */
final class Consistency {

    private final SchemeTerms terms;
    private final Findings findings;

    private Consistency(SchemeTerms terms, Findings findings) {
        this.terms = terms;
        this.findings = findings;
    }

    static List<Finding> faults(SchemeTerms terms, LocatedDocument document) {
        Findings findings = new Findings(document);
        var check = new Consistency(terms, findings);
        check.cities();
        check.eachTagInOneTier();
        if (terms.tariff() != null) {
            TariffConsistency.check(terms, findings);
        }
        check.serviceTypes();
        DateConsistency.check(terms, findings);
        check.reviews(terms.redemption());
        check.papers();
        check.cloud();
        check.consumption();
        return findings.inOrder();
    }

    private void cities() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < terms.cities().size(); i++) {
            City city = terms.cities().get(i);
            findings.insist(
                    names.add(city.name()),
                    "/cities/" + i,
                    "“" + city.name() + "”前面已经列出",
                    city.name() + " stands earlier in the list already");
        }
    }

    private void eachTagInOneTier() {
        Set<PriorityTag> earlier = EnumSet.noneOf(PriorityTag.class);
        for (int tier = 0; tier < terms.priorityTiers().size(); tier++) {
            for (PriorityTag tag : terms.priorityTiers().get(tier)) {
                findings.insist(
                        earlier.add(tag),
                        "/priorityTiers/" + tier,
                        tag + " 已在前面的优先等级中",
                        tag + " stands in an earlier tier already");
            }
        }
    }

    /** Conditions that no admitted enterprise can meet close the type to everybody. */
    private void serviceTypes() {
        if (terms.serviceTypes() == null) {
            return;
        }
        terms.serviceTypes()
                .forEach((type, conditions) -> findings.insist(
                        conditions.sizes().isEmpty()
                                || conditions.sizes().stream()
                                        .anyMatch(terms.eligibility().sizes()::contains),
                        "/serviceTypes/" + type + "/sizes",
                        "其中没有一种规模在 eligibility.sizes 之内，任何企业都不能使用",
                        "none of these is among eligibility.sizes: no enterprise could use the type"));
    }

    /** GZ-41: the operator first, the panel in between, the bureau finally; a reconciliation takes the place of all (CV-01). */
    private void reviews(Redemption redemption) {
        List<ReviewStage> reviews = redemption.reviews();
        if (reviews.contains(ReviewStage.RECONCILIATION)) {
            findings.insist(
                    reviews.size() == 1,
                    "/redemption/reviews",
                    "对账（RECONCILIATION）代替其他各级审核，只能单独列出",
                    "RECONCILIATION takes the place of all other reviews and stands alone");
            findings.insist(
                    redemption.noticeDays() == 0,
                    "/redemption/noticeDays",
                    "对账（RECONCILIATION）之后不公示，须为 0",
                    "must be 0: nothing is published after a RECONCILIATION");
            return;
        }
        for (int i = 1; i < reviews.size(); i++) {
            findings.insist(
                    reviews.get(i).compareTo(reviews.get(i - 1)) > 0,
                    "/redemption/reviews/" + i,
                    "审核顺序须为 FIRST、EXPERT、FINAL",
                    "reviews stand in the order FIRST, EXPERT, FINAL");
        }
    }

    private void papers() {
        Set<String> steps = Steps.of(terms.kind());
        for (String step : terms.papers().required().keySet()) {
            findings.insist(
                    steps.contains(step),
                    "/papers/required/" + step,
                    "该类服务券没有这一步骤；有：" + String.join("、", steps),
                    "this kind of voucher has no such step; it has " + String.join(", ", steps));
        }
    }

    private void cloud() {
        if (terms.kind() == Kind.CLOUD && terms.cloud().firstTierReserveBasisPoints() != null) {
            findings.insist(
                    !terms.priorityTiers().isEmpty(),
                    "/cloud/firstTierReserveBasisPoints",
                    "没有优先等级，无从预留",
                    "there is no tier to keep it for");
        }
    }

    private void consumption() {
        if (terms.kind() == Kind.CONSUMPTION) {
            terms.consumption().categories().forEach(this::faces);
        }
    }

    private void faces(String name, Category category) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < category.faces().size(); i++) {
            Face face = category.faces().get(i);
            String pointer = LocatedDocument.Places.member("/consumption/categories", name) + "/faces/" + i;
            findings.insist(
                    face.thresholdFen() >= face.faceFen(),
                    pointer + "/thresholdFen",
                    "不得低于面额 faceFen：券不找零",
                    "must not be below faceFen: a voucher gives no change");
            findings.insist(
                    seen.add(face.faceFen()),
                    pointer + "/faceFen",
                    "同一面额在本类别中前面已经列出：一种面额只有一个门槛",
                    "stands earlier in this category already: a face has one threshold");
        }
    }
}
