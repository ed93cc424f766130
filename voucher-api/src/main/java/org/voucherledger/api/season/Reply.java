package org.voucherledger.api.season;

import tools.jackson.databind.JsonNode;

/**
 * What the ledger answered to one command.
 *
 * @param position of the log when it had been done; zero where the answer names none
 * @param body the whole answer
 * @param rule the ID of the rule that refused, else empty
 * @param about what the refusal is about, else empty
 */
record Reply(int status, long position, JsonNode body, String rule, String about) {

    /** What the handler answered, if it was done. */
    JsonNode result() {
        return body.path("result");
    }

    /** The whole answer, to be shown where it was not the expected one. */
    String text() {
        return status + " " + body;
    }

    boolean isAccepted() {
        return status >= 200 && status < 300;
    }

    boolean isRefusedBy(String ruleId) {
        return !isAccepted() && rule.equals(ruleId);
    }
}
