package org.voucherledger.api.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.domain.rule.Decision;

/** The answer to a command that is asked and not done: every rule that was looked at, with its figures (ALL-02). */
final class Explained {

    static final String PARAMETER = "dryRun";

    private Explained() {}

    static Map<String, Object> members(DryRun.Explanation explanation, Language language) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(PARAMETER, true);
        members.put("accepted", explanation.refusal() == null);
        members.put("position", explanation.position());
        members.put("receivedAt", explanation.receivedAt().toString());
        members.put(
                "decisions",
                explanation.decisions().stream().map(Explained::decision).toList());
        members.put(
                "problem",
                explanation.refusal() == null
                        ? null
                        : Problems.of(explanation.refusal(), language).members());
        members.put("result", explanation.result());
        members.put(
                "events", explanation.events().stream().map(Explained::event).toList());
        return members;
    }

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("rule", decision.rule().id());
        members.put("titleZh", decision.rule().chinese());
        members.put("titleEn", decision.rule().english());
        members.put("clause", decision.rule().clause());
        members.put("stage", decision.stage().name());
        members.put("about", decision.about());
        members.put("allowed", decision.allowed());
        members.put("limit", decision.limit());
        members.put("used", decision.used());
        members.put("asked", decision.asked());
        return members;
    }

    private static Map<String, Object> event(Object event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", event.getClass().getSimpleName());
        members.put("event", event);
        return members;
    }
}
