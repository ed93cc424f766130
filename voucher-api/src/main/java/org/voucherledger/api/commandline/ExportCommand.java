package org.voucherledger.api.commandline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.voucherledger.api.seal.LedgerMoment;
import org.voucherledger.api.seal.LedgerMoment.Asked;
import org.voucherledger.api.seal.NotToBeHad;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.Unreadable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher export}: writes an evidence bundle, to be taken away and checked with {@code ./voucher verify}. */
@Command(
        name = "export",
        description = {
            "Writes the evidence of the whole ledger, a batch, a claim or a voucher into a file that can be checked without the",
            "ledger. It reads beside a running ledger and holds nobody up."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseToRead database;

    @ArgGroup
    private Part part;

    @ArgGroup
    private Moment moment;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write it. A file that is there already is replaced when the new one is whole.")
    private Path output;

    /** Instead of the whole ledger. */
    private static final class Part {
        @Option(names = "--batch", paramLabel = "ID", required = true, description = "Only this batch.")
        private String batch;

        @Option(
                names = "--claim",
                paramLabel = "ID",
                required = true,
                description = "Only this claim and its vouchers.")
        private String claim;

        @Option(names = "--voucher", paramLabel = "ID", required = true, description = "Only this voucher.")
        private String voucher;
    }

    /** Instead of the newest checkpoint. */
    private static final class Moment {
        @Option(
                names = "--position",
                paramLabel = "P",
                required = true,
                description = "As it was after the event at this position.")
        private Long position;

        @Option(
                names = "--at",
                paramLabel = "INSTANT",
                required = true,
                description = "As it was then, for example 2020-06-01T00:00:00+08:00.")
        private String at;
    }

    @Override
    public void run() {
        Scope scope = scope();
        Asked asked = asked();
        String written = database.read(connection -> write(connection, scope, asked));
        spec.commandLine().getOut().println(written);
    }

    private Scope scope() {
        try {
            if (part == null) {
                return Scope.LEDGER;
            }
            if (part.claim != null) {
                return Scope.claim(part.claim);
            }
            return part.batch != null ? Scope.batch(part.batch) : Scope.voucher(part.voucher);
        } catch (Unreadable noId) {
            throw new ParameterException(
                    spec.commandLine(), "A batch, a claim or a voucher is named by its id, which is one line.");
        }
    }

    private Asked asked() {
        if (moment == null) {
            return new Asked.Newest();
        }
        if (moment.position != null) {
            if (moment.position < 0) {
                throw new ParameterException(spec.commandLine(), "--position is 0 or more.");
            }
            return new Asked.Position(moment.position);
        }
        try {
            return new Asked.At(OffsetDateTime.parse(moment.at).toInstant());
        } catch (DateTimeException notOne) {
            throw new ParameterException(
                    spec.commandLine(), "--at needs a moment with its offset, such as 2020-06-01T00:00:00+08:00.");
        }
    }

    private String write(Connection connection, Scope scope, Asked asked) {
        Path unfinished = output.resolveSibling(output.getFileName() + ".part");
        try {
            LedgerMoment sealed = LedgerMoment.of(connection, asked, Instant.now());
            long leaves;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                leaves = BundleWriter.write(out, scope, sealed);
            }
            Files.move(unfinished, output, StandardCopyOption.REPLACE_EXISTING);
            return "%s: %d leaves up to position %d, %d bytes."
                    .formatted(output, leaves, sealed.position(), Files.size(output));
        } catch (NotToBeHad | Unreadable none) {
            discard(unfinished);
            throw new CannotRun(none.getMessage());
        } catch (IOException e) {
            discard(unfinished);
            throw new CannotRun("The file " + output + " cannot be written: " + e.getMessage());
        }
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new CannotRun("The unfinished file " + unfinished + " could not be removed: " + e.getMessage());
        }
    }
}
