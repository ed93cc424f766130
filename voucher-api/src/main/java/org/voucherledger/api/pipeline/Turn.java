package org.voucherledger.api.pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.footprint.Footprint;

/**
 * In which line a command waits, and whom it may overtake.
 *
 * <p>What comes to the window of a batch waits in the line of that batch, everything else in one line of its own. Lines are done in
 * the order of receipt, and one may get ahead of another only with commands that name nothing in common: no batch, no party, no
 * voucher, and not the party that they are asked for. What names nothing may concern anything: it overtakes nobody and
 * nobody overtakes it (GZ-10).
 *
 * @param line the batch whose window it comes to; empty for the one line of everything else
 * @param names what it names; empty if it may concern anything
 */
record Turn(String line, List<String> names) {

    static Turn of(CommandRequest request) {
        Command command = request.command();
        List<String> named = Footprint.named(command);
        String party = request.actor().onBehalfOf();
        return new Turn(
                named.isEmpty() ? "" : windowOf(command),
                named.isEmpty() || party.isEmpty()
                        ? named.stream().distinct().toList()
                        : Stream.concat(named.stream(), Stream.of("party:" + party))
                                .distinct()
                                .toList());
    }

    private static String windowOf(Command command) {
        return switch (command) {
            case Apply c -> c.batchId();
            case WithdrawApplication c -> c.batchId();
            case ApplyWithContract c -> c.batchId();
            case TakeVoucher c -> c.batchId();
            case EndApplications c -> c.batchId();
            default -> "";
        };
    }
}
