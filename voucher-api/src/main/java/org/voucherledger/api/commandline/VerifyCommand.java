package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.voucherledger.api.evidence.FileBooks;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.certificate.CertificateVerification;
import org.voucherledger.projections.certificate.Judgement;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.Failure;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.ProofVerification;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./voucher verify}: checks an evidence bundle, a certificate or a proof with nothing but the file and public keys. Asks no ledger, no database and
 * no network.
 */
@Command(
        name = "verify",
        description = {
            "Checks an evidence bundle, a certificate, or the proof of one event offline and says what holds and what does not.",
            "Ends with 0 only if all of it holds, with 1 if something does not, with 2 if it was asked wrongly."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    private static final long MOST_BYTES_OF_A_KEY = 4_096;
    /** No line of a bundle is longer. */
    private static final int LONGEST_LEAF = 16 * 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The evidence bundle, the certificate, or the proof (tlog-proof).")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            required = true,
            description =
                    "The ledger's public key, name+id+key, or a file that holds it. Take it from the ledger's owner,"
                            + " never from whoever gave you the bundle.")
    private String key;

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description =
                    "The public key of a witness that must have cosigned, or a file that holds it; may be repeated.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "With a certificate: a bundle of the whole ledger, from which its figures are recomputed.")
    private Path evidence;

    @Option(
            names = "--leaf",
            paramLabel = "FILE",
            description = "With a proof: the leaf that it is of, one line as the bundle and the log's entries have it.")
    private Path leaf;

    @Mixin
    private Languages languages;

    @Option(names = "--json", description = "Let the last line be one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        NoteKey ledger = key(key);
        List<NoteKey> named = witnesses.stream().map(this::key).toList();
        insistThatItGoesTogether();
        if (beginsWith(Certificate.FIRST_LINE)) {
            return certificate(ledger, named);
        }
        if (beginsWith(ProofVerification.FIRST_LINE)) {
            return proof(ledger, named);
        }
        long started = System.nanoTime();
        Findings findings = findings(ledger, named);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        var page = new VerifyPage(file, findings, named);
        print(page::inChinese, page::inEnglish, figures(findings, took));
        return findings.hold() ? 0 : 1;
    }

    private void print(Consumer<PrintWriter> chinese, Consumer<PrintWriter> english, Map<String, Object> figures) {
        PrintWriter out = spec.commandLine().getOut();
        languages.print(Visible.on(out), chinese, english);
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(figures));
        }
        out.flush();
    }

    private void insistThatItGoesTogether() {
        if (evidence != null && !beginsWith(Certificate.FIRST_LINE)) {
            throw new ParameterException(
                    spec.commandLine(), "--evidence goes with a certificate, and " + file + " is none.");
        }
        if ((leaf != null) != beginsWith(ProofVerification.FIRST_LINE)) {
            throw new ParameterException(
                    spec.commandLine(),
                    leaf != null
                            ? "--leaf goes with a proof, and " + file + " is none."
                            : "A proof does not hold the leaf that it is of: name its file with --leaf.");
        }
    }

    private int proof(NoteKey ledger, List<NoteKey> named) {
        byte[] line = bytes(leaf, LONGEST_LEAF + 1);
        int length = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        var page = new ProofPage(
                file,
                ProofVerification.of(
                        bytes(file, ProofVerification.MOST_BYTES + 1), Arrays.copyOf(line, length), ledger, named));
        print(page::inChinese, page::inEnglish, page.figures());
        return page.holds() ? 0 : 1;
    }

    /** A file is what its first line says. */
    private boolean beginsWith(String line) {
        byte[] first = line.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(first, in.readNBytes(first.length));
        } catch (IOException e) {
            throw cannotBeRead(file, e);
        }
    }

    private int certificate(NoteKey ledger, List<NoteKey> named) {
        if (evidence == null && !named.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "A witness has cosigned a checkpoint, which stands in the --evidence.");
        }
        var verification = CertificateVerification.of(bytes(file, CertificateVerification.MOST_BYTES + 1), ledger);
        Judgement judgement = verification.judgement();
        if (evidence != null && judgement.certificate() != null) {
            var against = verification.againstEvidence();
            try (InputStream bundle = Files.newInputStream(evidence)) {
                judgement = against.with(
                        BundleVerification.of(bundle, ledger, named, new FileBooks(against.recount()), against));
            } catch (IOException e) {
                throw cannotBeRead(evidence, e);
            }
        }
        var page = new CertificatePage(file, judgement);
        print(page::inChinese, page::inEnglish, page.figures());
        return judgement.holds() ? 0 : 1;
    }

    /** With a limit of one byte more than there may be, too long a file is seen to be. */
    private byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw cannotBeRead(file, e);
        }
    }

    private RuntimeException cannotBeRead(Path file, IOException why) {
        return why instanceof NoSuchFileException
                ? new ParameterException(spec.commandLine(), "There is no file " + file + ".")
                : new CannotRun("The file " + file + " cannot be read: " + why.getMessage());
    }

    private Findings findings(NoteKey ledger, List<NoteKey> named) {
        try (InputStream bundle = Files.newInputStream(file)) {
            return BundleVerification.of(bundle, ledger, named, new FileBooks());
        } catch (IOException e) {
            throw cannotBeRead(file, e);
        }
    }

    private NoteKey key(String given) {
        try {
            return NoteKey.parse(given);
        } catch (Unreadable notAKey) {
            return keyInFile(given, notAKey);
        }
    }

    private NoteKey keyInFile(String given, Unreadable why) {
        try {
            Path path = Path.of(given);
            if (Files.isRegularFile(path) && Files.size(path) <= MOST_BYTES_OF_A_KEY) {
                return NoteKey.parse(Files.readString(path).strip());
            }
            throw new ParameterException(
                    spec.commandLine(),
                    "Neither a public key nor a file that holds one: " + given + " (" + why.getMessage() + ").");
        } catch (InvalidPathException | IOException | Unreadable notOneEither) {
            throw new ParameterException(
                    spec.commandLine(), "There is no public key in " + given + ": " + notOneEither.getMessage() + ".");
        }
    }

    private static Map<String, Object> figures(Findings findings, Duration took) {
        long millis = Math.max(1, took.toMillis());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("holds", findings.hold());
        line.put(
                "scope",
                findings.scope() == null ? null : findings.scope().kind().word());
        line.put("id", findings.scope() == null ? null : findings.scope().id());
        line.put(
                "origin",
                findings.checkpoint() == null ? null : findings.checkpoint().origin());
        line.put(
                "size",
                findings.checkpoint() == null ? null : findings.checkpoint().size());
        line.put(
                "begunAnewAfter",
                findings.begunAnew().stream().map(begun -> begun.ended().name()).toList());
        line.put("position", findings.scope() == null ? null : findings.position());
        line.put("leaves", findings.leaves());
        line.put("events", findings.events());
        line.put("refusals", findings.refusals());
        line.put("streams", findings.streams());
        line.put("checked", findings.checked().stream().map(c -> c.word()).toList());
        line.put(
                "failed",
                findings.failures().stream().map(f -> f.check().word()).toList());
        findings.firstBadEvent().ifPresent(first -> line.put("firstBadEvent", event(first)));
        line.put("cosignatures", findings.cosignatures().size());
        line.put("seconds", took.toMillis() / 1000.0);
        line.put("eventsPerSecond", findings.events() * 1000 / millis);
        return line;
    }

    private static Map<String, Object> event(Failure failure) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("line", failure.place().line());
        event.put("position", failure.place().position());
        event.put("stream", failure.place().stream());
        event.put("sequence", failure.place().sequence());
        event.put("check", failure.check().word());
        return event;
    }
}
