package org.voucherledger.api.schemecheck;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.scheme.SchemeTerms;

/**
 * A scheme in plain words, part by part in the order of its file.
 *
 * <p>Invariant: whatever of the terms differs shows in some sentence; a test changes every value and looks.
 */
public final class Explanation {

    private final List<Sentence> sentences = new ArrayList<>();

    private Explanation() {}

    public static List<Sentence> of(SchemeTerms terms) {
        var explanation = new Explanation();
        explanation.scheme(terms);
        WhoMayApply.explain(terms, explanation);
        HowItIsGranted.explain(terms, explanation);
        HowItIsUsed.explain(terms, explanation);
        HowItIsPaid.explain(terms, explanation);
        return List.copyOf(explanation.sentences);
    }

    Part part(String zh, String en) {
        return new Part(sentences, zh, en);
    }

    private void scheme(SchemeTerms terms) {
        Words kind = switch (terms.kind()) {
            case SERVICE ->
                Words.of("服务券（申领、排队、发放、下单、支付、兑现）", "service vouchers: granted down a queue, ordered, paid, claimed");
            case CLOUD ->
                Words.of(
                        "“上云上平台”券（预留、依序审核、企业申请兑现）",
                        "cloud vouchers: reserved with a contract, vetted in order, claimed by the enterprise");
            case CONSUMPTION -> Words.of("消费券（即领即用、商户兑现）", "consumption vouchers: taken at once, used at a merchant");
        };
        Words fund = Plain.yuan(terms.fund().amountFen());
        Words least = Plain.yuan(terms.fund().minimumFen());
        boolean isBounded = terms.fund().minimumFen() > 0;
        part("方案", "The scheme")
                .say("/schemeId", "方案编号 " + terms.schemeId() + "。", "Its identifier is " + terms.schemeId() + ".")
                .say(
                        "/title",
                        terms.title().zh() + "（" + terms.title().en() + "）。",
                        terms.title().en() + " (" + terms.title().zh() + ").")
                .say("/kind", kind.zh() + "。", "It is of the kind " + kind.en() + ".")
                .say("/authority", "主管部门：" + terms.authority() + "。", "The authority is " + terms.authority() + ".")
                .say("/year", "方案年度 " + terms.year() + " 年。", "It is the scheme of the year " + terms.year() + ".")
                .say(
                        "/fund",
                        "资金总额 " + fund.zh() + "，" + (isBounded ? "低于 " + least.zh() + " 不得发布。" : "不设最低金额。"),
                        "The fund is " + fund.en() + "; "
                                + (isBounded
                                        ? "with less than " + least.en() + " it is not published."
                                        : "it may be published with any."));
    }
}
