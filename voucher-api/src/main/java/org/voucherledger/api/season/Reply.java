package org.voucherledger.api.season;

import tools.jackson.databind.JsonNode;

/**
 * What the ledger answered to one command.
 *
 * @param position of the log when it had been done; zero where the answer names none
 * @param result what the handler answered, if it was done
 * @param rule the ID of the rule that refused, else empty
 * @param about what the refusal is about, else empty
 * @param text the whole answer, to be shown where it was not the expected one
 */
record Reply(int status, long position, JsonNode result, String rule, String about, String text) {

    boolean isAccepted() {
        return status >= 200 && status < 300;
    }

    boolean isRefusedBy(String ruleId) {
        return !isAccepted() && rule.equals(ruleId);
    }
}
