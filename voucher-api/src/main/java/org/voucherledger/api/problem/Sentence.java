package org.voucherledger.api.problem;

import org.voucherledger.api.problem.Problem.Text;
import org.voucherledger.domain.rule.Decision;

/** A refusal as a sentence that a clerk understands: the rule, its clause, and the figures it looked at. */
final class Sentence {

    private Sentence() {}

    static Text of(Decision decision) {
        String limit = Figure.of(decision.limit());
        String used = Figure.of(decision.used());
        String asked = Figure.of(decision.asked());
        boolean amounts = Figure.isAmount(decision.limit()) && Figure.isAmount(decision.asked());
        String figuresZh = amounts
                ? "上限 " + limit + "，已用 " + used + "，本次 " + asked
                : "要求：" + limit + "；实际：" + used + also(used, asked, "；申请：");
        String figuresEn = amounts
                ? "limit " + limit + ", used " + used + ", asked " + asked
                : "required: " + limit + "; found: " + used + also(used, asked, "; asked: ");
        String rule = decision.rule().id();
        return new Text(
                rule + " " + decision.rule().chinese() + clause(decision, "（", "）") + "：" + figuresZh + "。",
                rule + " " + decision.rule().english() + clause(decision, " (", ")") + ": " + figuresEn + ".");
    }

    /** What was asked is left out where it is what was found: a time of receipt is both. */
    private static String also(String used, String asked, String words) {
        return asked.isEmpty() || asked.equals(used) ? "" : words + asked;
    }

    private static String clause(Decision decision, String open, String close) {
        String clause = decision.rule().clause();
        return clause.equals("—") ? "" : open + clause + close;
    }
}
