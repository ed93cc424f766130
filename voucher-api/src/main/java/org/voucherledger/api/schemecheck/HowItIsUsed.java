package org.voucherledger.api.schemecheck;

import java.util.TreeMap;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Ordering;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.TypeConditions;

/** From the grant to the payment: ordering, providers, service types, periods. */
final class HowItIsUsed {

    private HowItIsUsed() {}

    static void explain(SchemeTerms terms, Explanation explanation) {
        if (terms.ordering() != null) {
            ordering(terms.ordering(), explanation.part("下单与合同", "Order and contract"));
        }
        providers(terms.providers(), explanation.part("服务机构", "Providers"));
        if (terms.serviceTypes() != null) {
            Part part = explanation.part("服务类别", "Service types");
            new TreeMap<>(terms.serviceTypes()).forEach((type, conditions) -> type(type, conditions, part));
        }
        Part dates = explanation.part("期限", "Dates");
        if (terms.servicePeriod() != null) {
            String from = Plain.day(terms.servicePeriod().from());
            String to = Plain.day(terms.servicePeriod().to());
            dates.say(
                    "/servicePeriod",
                    "服务、发票和转账的日期须在 " + from + " 至 " + to + " 之间（含首尾）。",
                    "Services, invoices and transfers are of " + from + " to " + to + ", both days in.");
        }
        validity(terms, dates);
        if (terms.paying() != null) {
            String own = Plain.percent(terms.paying().ownShareBasisPoints());
            explanation
                    .part("支付", "Payment")
                    .say(
                            "/paying",
                            "企业自行转账不少于发票金额的 " + own + "。",
                            "The enterprise itself transfers at least " + own + " of the invoices.");
        }
    }

    private static void ordering(Ordering ordering, Part part) {
        String zh;
        String en;
        if (ordering.until() != null) {
            Words until = Plain.moment(ordering.until());
            zh = "须在 " + until.zh() + " 之前下单并上传合同";
            en = "Order and contract are received before " + until.en();
        } else {
            zh = "须在申领结束次日起 " + ordering.days() + " 个自然日内下单并上传合同；逾期公布或递补的，自公布起算";
            en = "Order and contract are received within " + ordering.days()
                    + " natural days from the day after applications end, or from the publication where that is late";
        }
        part.say(
                "/ordering",
                zh + (ordering.rollover() ? "；末日为非工作日的顺延。" : "；末日不因节假日顺延。"),
                en
                        + (ordering.rollover()
                                ? "; a last day that is not worked moves on."
                                : "; a last day that is not worked does not move on."));
    }

    private static void providers(Providers providers, Part part) {
        Words cap = Plain.yuan(providers.capFen());
        part.say(
                "/providers/capFen",
                "一家服务机构在方案年度内最多收券 " + cap.zh() + "。",
                "One provider takes at most " + cap.en() + " in the scheme's year.");
        part.say(
                "/providers/capBasisPointsOfFund",
                providers.capBasisPointsOfFund() == null
                        ? "不另按资金总额的比例限制。"
                        : "并且不超过资金总额的 " + Plain.percent(providers.capBasisPointsOfFund()) + "。",
                providers.capBasisPointsOfFund() == null
                        ? "No share of the fund bounds it further."
                        : "And never more than " + Plain.percent(providers.capBasisPointsOfFund()) + " of the fund.");
        new TreeMap<>(providers.capFenByClass()).forEach((supplier, fen) -> {
            Words name = Plain.name(supplier);
            part.say(
                    "/providers/capFenByClass/" + supplier,
                    name.zh() + "的上限为 " + Plain.yuan(fen).zh() + "。",
                    "For " + name.en() + " the most is " + Plain.yuan(fen).en() + ".");
        });
        boolean none = providers.levelsOfAnyCity().isEmpty();
        Words levels = Plain.names(providers.levelsOfAnyCity());
        part.say(
                "/providers/levelsOfAnyCity",
                none ? "各级服务机构只能收取本市的券。" : levels.zh() + "服务机构可收取各市的券，其他只能收取本市的券。",
                none
                        ? "Providers take vouchers of their own city only."
                        : "Providers of these levels take vouchers of every city: " + levels.en()
                                + "; all others those of their own.");
    }

    private static void type(ServiceType type, TypeConditions conditions, Part part) {
        Words name = Plain.name(type);
        Words sizes = conditions.sizes().isEmpty()
                ? Words.of("各种规模的企业", "for every enterprise")
                : Words.of(
                        Plain.names(conditions.sizes()).zh() + "企业",
                        "for enterprises of size "
                                + Plain.names(conditions.sizes()).en());
        Integer years = conditions.beforeAnniversaryYears();
        part.say(
                "/serviceTypes/" + type,
                name.zh() + "：" + sizes.zh() + (years == null ? "。" : "，成立未满 " + years + " 年。"),
                name.en() + ": " + sizes.en() + (years == null ? "." : ", before its anniversary no. " + years + "."));
    }

    private static void validity(SchemeTerms terms, Part part) {
        if (terms.validity() == null) {
            part.say("/validity", "券在兑现截止之前有效。", "Vouchers are valid until claims end.");
            return;
        }
        var until = terms.validity().until();
        if (until != null) {
            part.say(
                    "/validity",
                    "券的有效期至 " + Plain.moment(until).zh() + "（不含）。",
                    "Vouchers are valid before " + Plain.moment(until).en() + ".");
        } else {
            part.say(
                    "/validity",
                    "券的有效期至公布后第 " + terms.validity().daysAfterPublication() + " 日 24:00。",
                    "Vouchers are valid until 24:00 of day " + terms.validity().daysAfterPublication()
                            + " after publication.");
        }
    }
}
