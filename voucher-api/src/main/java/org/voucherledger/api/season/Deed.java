package org.voucherledger.api.season;

import java.util.function.Consumer;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Rule;

/**
 * One thing somebody does at a moment of the season, what is expected to come of it, and what follows.
 *
 * @param queue deeds of the same queue reach the ledger one after the other, in the order in which they were planned,
 *     because it decides about them; empty where any order has the same outcome
 * @param then told of the answer, after all deeds of the same wave have been answered and in the order of planning
 */
record Deed(Caller by, Command command, Expected expected, String queue, Consumer<Reply> then) {

    static Deed of(Caller by, Command command) {
        return new Deed(by, command, Expected.DONE, "", reply -> {});
    }

    /** Something that must not be possible. */
    static Deed refused(Rule rule, Caller by, Command command) {
        return of(by, command).expecting(Expected.refusedBy(rule));
    }

    Deed expecting(Expected answer) {
        return new Deed(by, command, answer, queue, then);
    }

    Deed inTurn(String name) {
        return new Deed(by, command, expected, name, then);
    }

    /** What follows if it was done. */
    Deed then(Consumer<Reply> next) {
        return whatever(reply -> {
            if (reply.isAccepted()) {
                next.accept(reply);
            }
        });
    }

    Deed then(Runnable next) {
        return then(reply -> next.run());
    }

    /** What follows whether it was done or refused. */
    Deed whatever(Consumer<Reply> next) {
        return new Deed(by, command, expected, queue, then.andThen(next));
    }
}
