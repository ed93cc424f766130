package org.voucherledger.api.schemecheck;

import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.WhenItNoLongerFits;

/** How applications are received and granted; what only the cloud and the consumption voucher have. */
final class HowItIsGranted {

    private HowItIsGranted() {}

    static void explain(SchemeTerms terms, Explanation explanation) {
        if (terms.applying() != null) {
            applying(terms, explanation.part("申领", "Applying"));
        }
        if (terms.granting() != null) {
            boolean partial = terms.granting().whenItNoLongerFits() == WhenItNoLongerFits.PARTIAL;
            int due = terms.granting().resultsDueWorkingDays();
            explanation
                    .part("发放", "Granting")
                    .say(
                            "/granting/whenItNoLongerFits",
                            partial ? "余额不足时，轮到的企业得到剩余金额，发放结束。" : "轮到的申领不能足额满足时，发放结束，不跳过。",
                            partial
                                    ? "Who no longer fits in full gets what is left, and granting ends."
                                    : "The first application that no longer fits in full ends the granting; nobody is skipped for it.")
                    .say(
                            "/granting/resultsDueWorkingDays",
                            "申领结束后第 " + due + " 个工作日内公布结果。",
                            "Results are due by the end of working day " + due + " after applications end.");
        }
        if (terms.waitingList() != null) {
            var until = terms.waitingList().until();
            explanation
                    .part("递补", "Waiting list")
                    .say(
                            "/waitingList",
                            (terms.waitingList().backfill() ? "收回的资金按顺序递补" : "不递补，收回的资金失效")
                                    + (until == null
                                            ? "。"
                                            : "，" + Plain.moment(until).zh() + " 截止。"),
                            (terms.waitingList().backfill()
                                            ? "Money that comes back is granted down the queue"
                                            : "There is no waiting list: money that comes back lapses")
                                    + (until == null
                                            ? "."
                                            : ", until " + Plain.moment(until).en() + "."));
        }
        if (terms.cloud() != null) {
            cloud(terms, explanation.part("上云产品", "Cloud products"));
        }
        if (terms.consumption() != null) {
            Part part = explanation.part("面额与门槛", "Faces and thresholds");
            terms.consumption().categories().forEach((name, category) -> category(name, category, part));
        }
    }

    private static void applying(SchemeTerms terms, Part part) {
        int most = terms.applying().mostParts();
        Integer stop = terms.applying().stopAtBasisPointsOfBudget();
        part.say(
                "/applying/mostParts",
                "一次申领最多分为 " + most + " 张券。",
                "One application asks for at most " + most + (most == 1 ? " voucher." : " vouchers."));
        part.say(
                "/applying/stopAtBasisPointsOfBudget",
                stop == null ? "申领不因额满而提前停止。" : "申领金额达到预算的 " + Plain.percent(stop) + " 时停止申领。",
                stop == null
                        ? "Applying does not stop because the batch is full."
                        : "Applying stops when " + Plain.percent(stop) + " of the budget has been asked for.");
    }

    private static void cloud(SchemeTerms terms, Part part) {
        Integer reserve = terms.cloud().firstTierReserveBasisPoints();
        int year = terms.cloud().catalogueYear();
        part.say(
                "/cloud/catalogueYear",
                "可申领 " + year + " 年产品目录内的产品。",
                "Products of the catalogue of " + year + " may be applied for.");
        int most = terms.cloud().mostWaiting();
        part.say(
                "/cloud/mostWaiting",
                "一家企业当年的申领同时待审核的最多 " + most + " 件。",
                "Of one enterprise's applications of a year at most " + most + " wait to be vetted at a time.");
        part.say(
                "/cloud/firstTierReserveBasisPoints",
                reserve == null ? "不为第一优先预留预算。" : "每批预算的 " + Plain.percent(reserve) + " 预留给第一优先。",
                reserve == null
                        ? "Nothing of a batch is kept for the first tier."
                        : Plain.percent(reserve) + " of each batch is kept for the first tier.");
    }

    private static void category(String name, Category category, Part part) {
        Words faces = Plain.joined(category.faces(), face -> {
            Words amount = Plain.yuan(face.faceFen());
            Words threshold = Plain.yuan(face.thresholdFen());
            return Words.of(
                    "满 " + threshold.zh() + " 减 " + amount.zh(),
                    amount.en() + " off a purchase of at least " + threshold.en());
        });
        part.say(
                "/consumption/categories/" + name,
                name + "：每人每期最多 " + category.mostPerHolder() + " 张；" + faces.zh() + "。",
                name + ": at most " + category.mostPerHolder() + " for one holder and cycle; " + faces.en() + ".");
    }
}
