package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.voucherledger.api.seal.LastCheckpoint;
import org.voucherledger.api.seal.SealAlarm;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.seal.SealReport;
import org.voucherledger.api.seal.SealVerification;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher seal verify}: holds the whole database against what was sealed. Ends with status 1 if anything in it is not as
 * it was sealed.
 */
@Command(
        name = "verify",
        description =
                "Hashes every event and refusal again and compares them with the tree and the signed checkpoints.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The key and the last checkpoint in the data directory are taken for known where they are there. Whoever does",
            "not trust that directory names a key and checkpoints of their own; the last checkpoint there must be signed",
            "with that key too."
        })
final class SealVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseToRead database;

    @Option(names = "--key", paramLabel = "KEY", description = "The log's verifier key (./voucher key prints it).")
    private String key;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "A checkpoint that was kept elsewhere; the ledger must continue it. May be given several times.")
    private List<Path> checkpoints = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Known known = new Known(key(), notes());
        SealReport report = database.read(connection -> SealVerification.verify(connection, known));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(SealPage.json(report));
        } else {
            SealPage.print(report, out);
        }
        out.flush();
        return report.holds() ? 0 : 1;
    }

    private Optional<NoteKey> key() {
        if (key == null) {
            return SealKey.read(SealKey.in(database.data())).map(SigningKey::publicKey);
        }
        try {
            return Optional.of(NoteKey.parse(key));
        } catch (Unreadable none) {
            throw new ParameterException(spec.commandLine(), "--key: " + none.getMessage());
        }
    }

    private List<SignedNote> notes() {
        var notes = new ArrayList<>(
                checkpoints.stream().map(SealVerifyCommand::note).toList());
        try {
            new LastCheckpoint(database.data().resolve(SealKey.LAST_CHECKPOINT))
                    .note()
                    .ifPresent(notes::add);
        } catch (SealAlarm damaged) {
            throw new CannotRun(damaged.getMessage());
        }
        return notes;
    }

    static SignedNote note(Path file) {
        try {
            return SignedNote.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CannotRun("The checkpoint " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        } catch (Unreadable none) {
            throw new CannotRun("The file " + file + " is no checkpoint: " + none.getMessage() + ".");
        }
    }
}
