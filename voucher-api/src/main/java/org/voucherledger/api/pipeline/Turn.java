package org.voucherledger.api.pipeline;

import java.util.List;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.dossier.Footprint;

/**
 * When a waiting command may be taken: the batches take turns, and what concerns no batch has turns of its own.
 *
 * <p>A command overtakes only commands that name nothing it names itself. So everything that names one batch, one party, one
 * voucher or one claim is done in the order of receipt (GZ-10), the end of a window behind every earlier application. What names
 * nothing may concern anything: it overtakes nobody and nobody overtakes it.
 *
 * @param of whose turn it is; empty for what concerns no batch
 * @param names the streams that the command names
 */
record Turn(String of, List<String> names) {

    private static final String BATCH = "batch:";

    static Turn of(Command command) {
        List<String> names = Footprint.named(command).stream().distinct().toList();
        return new Turn(
                names.stream()
                        .filter(name -> name.startsWith(BATCH))
                        .findFirst()
                        .orElse(""),
                names);
    }
}
