package org.voucherledger.api.problem;

import org.voucherledger.api.problem.Problem.Text;
import org.voucherledger.domain.rule.Decision;

/** A refusal as a sentence that a clerk understands: the rule and its clause, what is the matter, and the figures. */
final class Sentence {

    private Sentence() {}

    static Text of(Decision decision) {
        Text fact = Facts.words(decision.about());
        String id = decision.rule().id();
        return new Text(
                id + " " + decision.rule().chinese() + clause(decision, "（", "）") + "："
                        + (fact == null ? "" : fact.chinese() + "。") + chinese(decision) + "。",
                id + " " + decision.rule().english() + clause(decision, " (", ")") + ": "
                        + (fact == null ? "" : fact.english() + "; ") + english(decision) + ".");
    }

    private static String chinese(Decision decision) {
        String limit = Facts.inChinese(Figure.of(decision.limit()));
        String used = Facts.inChinese(Figure.of(decision.used()));
        String asked = Facts.inChinese(Figure.of(decision.asked()));
        return areAmounts(decision)
                ? "上限 " + limit + "，已用 " + used + "，本次 " + asked
                : "要求：" + limit + "；实际：" + used + also(used, asked, "；申请：");
    }

    private static String english(Decision decision) {
        String limit = Figure.of(decision.limit());
        String used = Figure.of(decision.used());
        String asked = Figure.of(decision.asked());
        return areAmounts(decision)
                ? "limit " + limit + ", used " + used + ", asked " + asked
                : "required: " + limit + "; found: " + used + also(used, asked, "; asked: ");
    }

    /** A decision states amounts, and nothing else, as whole numbers. */
    private static boolean areAmounts(Decision decision) {
        return decision.limit() instanceof Long && decision.used() instanceof Long && decision.asked() instanceof Long;
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
