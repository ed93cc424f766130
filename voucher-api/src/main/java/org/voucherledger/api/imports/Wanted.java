package org.voucherledger.api.imports;

import java.util.List;
import org.voucherledger.domain.command.Command;

/** What a row without a flaw says about its party. */
interface Wanted {

    long line();

    /** The credit code; a list says one thing of each. */
    String party();

    /** The same for two rows that say the same. */
    Object content();

    /** The stream in which what has happened to the party stands. */
    String stream();

    /**
     * The commands that lead from how things stand to what the row says, in order; none where they stand so already.
     *
     * @throws RowRefused if that would take back something newer
     */
    List<Command> steps(PartyStream now);
}
