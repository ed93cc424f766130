package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.rule.Rule;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayName("A season fails for an answer that is not the expected one")
class TallyTest {

    private static final Reply DONE = reply(200, "");
    private static final Reply BY_CAP = reply(409, "GZ-21");
    private static final Reply BY_STATE = reply(409, "GZ-20");
    private static final Reply BROKEN = reply(500, "");

    private final Tally tally = new Tally();

    @Test
    void what_was_expected_is_no_surprise() {
        tally.count("order", Expected.DONE, DONE);
        tally.count("order", Expected.refusedBy(Rule.GZ_21), BY_CAP);
        tally.count("order", Expected.doneUnless(Rule.GZ_21), BY_CAP);
        tally.count("order", Expected.doneUnless(Rule.GZ_21), DONE);
        assertEquals(0, tally.unexpected());
        assertEquals(4, tally.commands());
        assertEquals(2, tally.refusedByRule().get("GZ-21"));
    }

    @Test
    void every_other_answer_is_one() {
        tally.count("order", Expected.DONE, BY_CAP);
        tally.count("order", Expected.DONE, BROKEN);
        tally.count("order", Expected.refusedBy(Rule.GZ_21), BY_STATE);
        tally.count("order", Expected.refusedBy(Rule.GZ_21), DONE);
        tally.count("order", Expected.refusedBy(Rule.GZ_21), BROKEN);
        tally.count("order", Expected.doneUnless(Rule.GZ_21), BY_STATE);
        tally.insist(false, "something else");
        assertEquals(7, tally.unexpected());
    }

    private static Reply reply(int status, String rule) {
        return new Reply(status, 1, JsonNodeFactory.instance.objectNode(), rule, "");
    }
}
