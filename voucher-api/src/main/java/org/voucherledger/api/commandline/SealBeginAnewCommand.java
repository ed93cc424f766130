package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.voucherledger.api.seal.BeginAnew;
import org.voucherledger.api.seal.SealAlarm;
import org.voucherledger.api.seal.SealKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./voucher seal begin-anew}: goes on after a restore in which sealed events were lost, and says so for ever. */
@Command(
        name = "begin-anew",
        description = {
            "Begins the sealed log anew where the database was restored from an older copy and what was sealed since is lost:",
            "under another name and key, with a declaration that both keys sign, of what still holds, what is given up and why."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Stop the ledger first. Everything that is there is verified before; nothing that was changed is made good by it.",
            "The old key and its last checkpoint are kept beside the new ones, under names that end in .ended-N."
        })
final class SealBeginAnewCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseToRead database;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "What happened, in one line. It is signed, and everybody can read it.")
    private String reason;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "A checkpoint of the log that was kept elsewhere; the newest that is known says what is given up.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description =
                    "The new log's name, if not the old one's with /anew- and eight hex digits of its key's hash behind it.")
    private String origin;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Where the private key is, if not in the data directory (LEDGER_SEAL_KEY).",
            defaultValue = "${env:LEDGER_SEAL_KEY}")
    private Path keyFile;

    @Override
    public void run() {
        var kept = checkpoints.stream().map(SealVerifyCommand::note).toList();
        try {
            String declared = database.with(connection -> BeginAnew.of(
                    connection,
                    keyFile == null ? SealKey.in(database.data()) : keyFile,
                    database.data().resolve(SealKey.LAST_CHECKPOINT),
                    kept,
                    Optional.ofNullable(origin),
                    reason,
                    Instant.now()));
            PrintWriter out = spec.commandLine().getOut();
            out.print(declared);
            out.println();
            out.println(
                    "The log is begun anew. Tell everybody who has the old key the new one, which is its second line, and give");
            out.println("it to the witnesses; where ledger.seal.origin is set, it must say the new name.");
            out.flush();
        } catch (SealAlarm not) {
            throw new CannotRun(not.getMessage());
        }
    }
}
