package org.voucherledger.api.commandline;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.voucherledger.api.commandline.LedgerToAsk.Answer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher certificate}: the signed conservation certificate of a batch or a scheme (ALL-03), to be printed, or to be taken
 * away and checked with {@code ./voucher verify}.
 */
@Command(
        name = "certificate",
        description = {
            "Certifies the books of a batch or a scheme at a sealed position: every account, the equations with both sides,",
            "the checkpoint, the ledger's signature."
        },
        mixinStandardHelpOptions = true)
final class CertificateCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Of of;

    @ArgGroup
    private When when;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to write it: one page where the name ends with .pdf, with the figures as JSON where it ends with"
                            + " .json, else the signed note. Without it the note is printed.")
    private Path output;

    @Mixin
    private LedgerToAsk ledger;

    private static final class Of {
        @Option(names = "--batch", paramLabel = "ID", required = true, description = "Of this batch.")
        private String batch;

        @Option(names = "--scheme", paramLabel = "ID", required = true, description = "Of this scheme.")
        private String scheme;
    }

    /** Instead of the newest sealed position. */
    private static final class When {
        @Option(
                names = "--position",
                paramLabel = "P",
                required = true,
                description = "After the event at this position.")
        private Long position;

        @Option(
                names = "--at",
                paramLabel = "INSTANT",
                required = true,
                description = "As it had been recorded then, for example 2020-06-01T00:00:00+08:00.")
        private String at;
    }

    @Override
    public void run() {
        Answer answer = ledger.ask(PATIENCE, asking -> asking.get(path())).insistOnSuccess();
        if (output == null) {
            spec.commandLine().getOut().print(answer.text());
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.write(output, answer.body());
        } catch (IOException e) {
            throw new CannotRun("The file " + output + " cannot be written: " + e.getMessage());
        }
        spec.commandLine().getOut().println(output + ": " + answer.body().length + " bytes.");
    }

    private String path() {
        String scope = of.batch != null ? "batch=" + encoded(of.batch) : "scheme=" + encoded(of.scheme);
        return "/api/v1/certificates" + ending() + "?" + scope + moment();
    }

    private String ending() {
        String name = output == null ? "" : output.toString().toLowerCase(Locale.ROOT);
        return Stream.of(".pdf", ".json").filter(name::endsWith).findFirst().orElse(".txt");
    }

    private String moment() {
        if (when == null) {
            return "";
        }
        return when.position != null ? "&position=" + when.position : "&at=" + encoded(when.at);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
