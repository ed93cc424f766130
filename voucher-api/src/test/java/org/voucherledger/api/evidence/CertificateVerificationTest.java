package org.voucherledger.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.projections.certificate.CertificateCheck.CHECKPOINT;
import static org.voucherledger.projections.certificate.CertificateCheck.EQUATIONS;
import static org.voucherledger.projections.certificate.CertificateCheck.EVIDENCE;
import static org.voucherledger.projections.certificate.CertificateCheck.FIGURES;
import static org.voucherledger.projections.certificate.CertificateCheck.FORM;
import static org.voucherledger.projections.certificate.CertificateCheck.KEY;
import static org.voucherledger.projections.certificate.CertificateCheck.SUMS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.Recount;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.certificate.CertificateCheck;
import org.voucherledger.projections.certificate.CertificateVerification;
import org.voucherledger.projections.certificate.Judgement;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Certificates of a log as the domain writes it, good ones and false ones, also such as only the holder of the key can make. The
 * independent verifier judges each of them too, and must find the same, but for the figures, which it does not recompute.
 */
class CertificateVerificationTest {

    private static final SigningKey LEDGER =
            SigningKey.generate("ledger.example/guangdong", KeyType.NOTE, new SecureRandom());

    private static List<Leaf> leaves;
    private static String ofTheScheme;
    private static String ofABatch;
    private static String bundle;

    @TempDir
    private static Path directory;

    private static NodeVerifier node;

    @AfterAll
    static void end() throws IOException {
        node.close();
    }

    @BeforeAll
    static void aSeason() {
        node = new NodeVerifier();
        try (var province = new RandomProvince(4).lives(150)) {
            leaves = SealedInMemory.leavesOf(province.events());
        }
        bundle = bundle(leaves, LEDGER);
        Certificate whole = certificate(Scope.scheme(id("scheme:")));
        ofTheScheme = signed(whole.unsigned().text());
        String batch = whole.figures().batches().entrySet().stream()
                .filter(b -> b.getValue().accounts().get(Account.HELD) > 0
                        || b.getValue().accounts().get(Account.REDEEMED) > 0)
                .findFirst()
                .orElseThrow()
                .getKey();
        ofABatch = signed(certificate(Scope.batch(batch)).unsigned().text());
        assertThat(whole.figures().batches()).hasSizeGreaterThan(1);
    }

    private static String id(String kind) {
        return events().stream()
                .map(EventLeaf::stream)
                .filter(stream -> stream.startsWith(kind))
                .findFirst()
                .orElseThrow()
                .substring(kind.length());
    }

    private static List<EventLeaf> events() {
        return leaves.stream()
                .filter(EventLeaf.class::isInstance)
                .map(EventLeaf.class::cast)
                .toList();
    }

    /** At the event two thirds into the log, with the checkpoint of ten leaves later or a few more. */
    private static Certificate certificate(Scope scope) {
        EventLeaf at = events().get(events().size() * 2 / 3);
        var recount = new Recount(scope, at.position());
        var books = new FileBooks(recount);
        events().forEach(event -> assertThat(books.after(event)).isEmpty());
        List<Leaf> covered = leaves.subList(0, endOfACommand(leaves.indexOf(at) + 10));
        return new Certificate(
                recount.figures().orElseThrow(), at.position(), at.recordedAt(), checkpoint(covered, LEDGER));
    }

    /** So many leaves or a few more, so that a file that ends there leaves no command half done. */
    private static int endOfACommand(int leaves) {
        int end = leaves;
        while (end < CertificateVerificationTest.leaves.size()
                && commandOf(CertificateVerificationTest.leaves.get(end))
                        .equals(commandOf(CertificateVerificationTest.leaves.get(end - 1)))) {
            end++;
        }
        return end;
    }

    private static String commandOf(Leaf leaf) {
        return leaf instanceof EventLeaf event
                ? JsonMapper.shared()
                        .readTree(event.metadata())
                        .path("commandId")
                        .asString("")
                : "none";
    }

    private static Checkpoint checkpoint(List<Leaf> covered, SigningKey key) {
        return Checkpoint.of(new SealedInMemory(SealedInMemory.linesOf(covered), key).checkpoint());
    }

    private static String bundle(List<Leaf> of, SigningKey key) {
        return new SealedInMemory(SealedInMemory.linesOf(of), key)
                .bundle(org.voucherledger.projections.evidence.Scope.LEDGER);
    }

    private static String signed(String text) {
        return LEDGER.sign(SignedNote.unsigned(text)).written();
    }

    private static byte[] bytes(String certificate) {
        return certificate.getBytes(StandardCharsets.UTF_8);
    }

    private static Judgement alone(String certificate) {
        return alone(certificate, LEDGER.publicKey());
    }

    private static Judgement alone(String certificate, NoteKey key) {
        Judgement judgement =
                CertificateVerification.of(bytes(certificate), key).judgement();
        agrees(judgement, node.failed(written("certificate", bytes(certificate)), key, List.of()));
        return judgement;
    }

    private static void agrees(Judgement judgement, Set<String> independent) {
        assertThat(independent)
                .as("the independent verifier")
                .containsExactlyInAnyOrderElementsOf(judgement.faults().stream()
                        .map(Judgement.Fault::check)
                        .filter(check -> check != FIGURES)
                        .map(CertificateCheck::word)
                        .toList());
    }

    private static Path written(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Judgement against(String certificate, String evidence) {
        var verification = CertificateVerification.of(bytes(certificate), LEDGER.publicKey());
        var against = verification.againstEvidence();
        try {
            Judgement judgement = against.with(BundleVerification.of(
                    new ByteArrayInputStream(Damage.bytes(evidence)),
                    LEDGER.publicKey(),
                    List.of(),
                    new FileBooks(against.recount()),
                    against));
            agrees(
                    judgement,
                    node.failed(
                            written("certificate", bytes(certificate)),
                            LEDGER.publicKey(),
                            written("evidence", Damage.bytes(evidence))));
            return judgement;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<CertificateCheck> failed(Judgement judgement) {
        assertThat(judgement.faults())
                .allSatisfy(fault -> assertThat(fault.zh()).matches("(?s).*\\p{IsHan}.*"))
                .allSatisfy(fault -> assertThat(fault.en()).isNotBlank());
        return judgement.faults().stream().map(Judgement.Fault::check).toList();
    }

    /** What only the holder of the key can make: the text is changed and signed anew. */
    private static String forged(String certificate, UnaryOperator<String> change) {
        String text = SignedNote.parse(certificate).text();
        String other = change.apply(text);
        assertThat(other).isNotEqualTo(text);
        return signed(other);
    }

    @Test
    @DisplayName("ALL-03: a certificate holds by itself, and against any later evidence of the whole ledger")
    void holds() {
        for (String certificate : List.of(ofTheScheme, ofABatch)) {
            assertThat(failed(alone(certificate))).isEmpty();
            assertThat(alone(certificate).checked()).containsExactlyInAnyOrder(FORM, KEY, SUMS, EQUATIONS);
            Judgement judgement = against(certificate, bundle);
            assertThat(failed(judgement)).isEmpty();
            assertThat(judgement.checked()).containsExactlyInAnyOrder(CertificateCheck.values());
            // Evidence of the very checkpoint is as good.
            long size = judgement.certificate().checkpoint().size();
            assertThat(failed(against(certificate, bundle(leaves.subList(0, (int) size), LEDGER))))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("a certificate is read back as it was written, and is no checkpoint; no checkpoint is a certificate")
    void oneForm() {
        for (String certificate : List.of(ofTheScheme, ofABatch)) {
            SignedNote note = SignedNote.parse(certificate);
            assertThat(signed(Certificate.of(note).unsigned().text())).isEqualTo(certificate);
            assertThatThrownBy(() -> Checkpoint.of(note)).isInstanceOf(Unreadable.class);
        }
        var disguised = new Checkpoint(Certificate.FIRST_LINE, 1, Hash.ofLeaf(new byte[1]), List.of("scope batch B1"));
        assertThat(failed(alone(LEDGER.sign(disguised.unsigned()).written()))).containsExactly(FORM);
    }

    @Test
    @DisplayName("a certificate that was cut off anywhere does not hold")
    void truncated() {
        for (int length = 0; length < ofABatch.length(); length++) {
            Judgement judgement = alone(ofABatch.substring(0, length));
            assertThat(judgement.holds()).as("%d characters", length).isFalse();
        }
    }

    @Test
    @DisplayName("a certificate of which a digit was changed after it was signed does not hold")
    void edited() {
        String text = SignedNote.parse(ofTheScheme).text();
        int changed = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                char other = text.charAt(i) == '1' ? '2' : '1';
                String edited = ofTheScheme.substring(0, i) + other + ofTheScheme.substring(i + 1);
                assertThat(failed(alone(edited))).as("character %d", i).containsAnyOf(KEY, FORM);
                changed++;
            }
        }
        assertThat(changed).isGreaterThan(100);
    }

    @Test
    @DisplayName("another key, another ledger of the same key, and evidence of another ledger are told")
    void strangers() {
        SigningKey stranger = SigningKey.generate(LEDGER.publicKey().name(), KeyType.NOTE, new SecureRandom());
        SigningKey witness = SigningKey.generate(LEDGER.publicKey().name(), KeyType.COSIGNATURE, new SecureRandom());
        for (SigningKey another : List.of(stranger, witness)) {
            assertThat(failed(alone(ofABatch, another.publicKey()))).containsExactly(KEY);
        }
        assertThat(failed(alone(
                        forged(ofABatch, text -> text.replace("ledger ledger.example/guangdong", "ledger other")))))
                .containsExactly(KEY);
        assertThat(failed(against(ofABatch, bundle(leaves, stranger)))).containsExactly(EVIDENCE);
    }

    @ParameterizedTest
    @EnumSource(Account.class)
    @DisplayName("ALL-03: a fen more in any account, signed all the same, breaks a sum or an equation")
    void aFenMore(Account account) {
        for (String certificate : List.of(ofTheScheme, ofABatch)) {
            Judgement judgement = alone(forged(certificate, text -> more(text, account, 1)));
            assertThat(failed(judgement)).contains(EQUATIONS).contains(SUMS);
        }
    }

    @Test
    @DisplayName(
            "ALL-03: a fen that stands in another account of a batch than of the whole is found, though all equations hold")
    void withinABatch() {
        for (String certificate : List.of(ofTheScheme, ofABatch)) {
            Certificate good = Certificate.of(SignedNote.parse(certificate));
            var batches = new TreeMap<>(good.figures().batches());
            var one = batches.entrySet().stream()
                    .filter(b -> b.getValue().accounts().get(Account.AVAILABLE) > 0)
                    .findFirst()
                    .orElseThrow();
            var accounts = new TreeMap<>(one.getValue().accounts());
            accounts.merge(Account.AVAILABLE, -1L, Long::sum);
            accounts.merge(Account.LAPSED, 1L, Long::sum);
            batches.put(one.getKey(), new Figures.OfBatch(one.getValue().budgetFen(), accounts));
            var figures = new Figures(
                    good.figures().scope(),
                    good.figures().fundFen(),
                    good.figures().sums(),
                    batches);
            var other = new Certificate(figures, good.position(), good.time(), good.checkpoint());

            Judgement judgement = alone(signed(other.unsigned().text()));
            assertThat(failed(judgement)).containsExactly(SUMS);
            assertThat(judgement.faults().getFirst().en()).startsWith("AVAILABLE: ");
        }
    }

    private static String more(String text, Account account, long fen) {
        return text.lines()
                        .map(line -> {
                            String start = "account " + account + " ";
                            return line.startsWith(start)
                                    ? start + (Long.parseLong(line.substring(start.length())) + fen)
                                    : line;
                        })
                        .reduce((a, b) -> a + "\n" + b)
                        .orElseThrow()
                + "\n";
    }

    @Test
    @DisplayName("ALL-03: figures that add up and are not those of the events are found by the evidence, to the fen")
    void anotherTruth() {
        Certificate good = Certificate.of(SignedNote.parse(ofABatch));
        var figures = good.figures();
        String id = figures.scope().id();
        var sums = new TreeMap<>(figures.sums());
        sums.merge(Account.AVAILABLE, 1L, Long::sum);
        sums.merge(Account.UNALLOCATED, -1L, Long::sum);
        var accounts = new TreeMap<>(figures.batches().get(id).accounts());
        accounts.merge(Account.AVAILABLE, 1L, Long::sum);
        var batches = new TreeMap<>(figures.batches());
        batches.put(id, new Figures.OfBatch(figures.batches().get(id).budgetFen() + 1, accounts));
        var other = new Certificate(
                new Figures(figures.scope(), 0, sums, batches), good.position(), good.time(), good.checkpoint());
        String certificate = signed(other.unsigned().text());

        assertThat(failed(alone(certificate))).isEmpty();
        Judgement judgement = against(certificate, bundle);
        assertThat(failed(judgement)).containsExactly(FIGURES);
        assertThat(judgement.faults().getFirst().en()).contains("UNALLOCATED");
    }

    @Test
    @DisplayName("position, time and checkpoint are held against the evidence")
    void whenAndUnderWhichTree() {
        Certificate good = Certificate.of(SignedNote.parse(ofTheScheme));
        EventLeaf next = events().stream()
                .filter(e -> e.position() > good.position())
                .findFirst()
                .orElseThrow();
        List<Leaf> before = leaves.subList(0, leaves.indexOf(next) - 1);
        var later = new Certificate(good.figures(), good.position(), good.time().plusNanos(1_000), good.checkpoint());
        var hole = new Certificate(good.figures(), good.position() + 100_000, good.time(), good.checkpoint());
        var notInIt = new Certificate(
                good.figures(), good.position(), good.time(), checkpoint(before.subList(0, before.size() - 1), LEDGER));
        var otherRoot = new Certificate(
                good.figures(),
                good.position(),
                good.time(),
                new Checkpoint(LEDGER.publicKey().name(), good.checkpoint().size(), Hash.ofLeaf(new byte[0])));
        var tooLarge = new Certificate(
                good.figures(),
                good.position(),
                good.time(),
                new Checkpoint(LEDGER.publicKey().name(), leaves.size() + 1L, Hash.ofLeaf(new byte[0])));

        assertThat(failed(against(signed(hole.unsigned().text()), bundle))).containsExactly(EVIDENCE);
        for (Certificate one : List.of(later, notInIt, otherRoot, tooLarge)) {
            assertThat(failed(alone(signed(one.unsigned().text())))).isEmpty();
            assertThat(failed(against(signed(one.unsigned().text()), bundle))).containsExactly(CHECKPOINT);
        }
    }

    @Test
    @DisplayName("evidence that is not of the whole ledger, does not reach so far or does not hold proves nothing")
    void evidence() {
        String batch =
                Certificate.of(SignedNote.parse(ofABatch)).figures().scope().id();
        String ofTheBatch = new SealedInMemory(SealedInMemory.linesOf(leaves), LEDGER)
                .bundle(org.voucherledger.projections.evidence.Scope.batch(batch));
        assertThat(failed(against(ofABatch, ofTheBatch))).containsExactly(EVIDENCE);
        assertThat(failed(against(ofABatch, bundle(leaves.subList(0, leaves.size() / 2), LEDGER))))
                .containsExactly(EVIDENCE);
        assertThat(failed(against(ofABatch, bundle.substring(0, bundle.length() / 2))))
                .containsExactly(EVIDENCE);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "'scope batch ', 'scope city '",
        "'scope batch ', 'scope batch  '",
        "'position ', 'position 0'",
        "'position ', 'at '",
        "'time 20', 'time +20'",
        "'time 2', 'time +12'",
        "'time 20', 'time -20'",
        "'time ', 'time x'",
        "'Z\\n', '.000Z\\n'",
        "'Z\\n', '.100000Z\\n'",
        "'Z\\n', '+00:00\\n'",
        "'root ', 'root A'",
        "'size ', 'size 0'",
        "'scope batch ', 'scope batch -'",
        "'account LAPSED', 'account ZERO'",
        "'equation ', 'comment '",
        "'account TREASURY 0', 'account TREASURY -0'",
        "'account TREASURY 0', 'account TREASURY 1000000000000000'",
        "'account TREASURY 0', 'account TREASURY 0.0'",
        "'account AVAILABLE', 'account HELD'",
        "'AVAILABLE ', 'HELD '",
        "' + LAPSED', ' + LOST'",
        "'batch ', 'batch x'",
    })
    @DisplayName("what is not written as a certificate is written is none, whoever signs it")
    void notOfTheForm(String from, String to) {
        String there = from.replace("\\n", "\n");
        assertThat(failed(alone(
                        forged(ofABatch, text -> text.replaceFirst(Pattern.quote(there), to.replace("\\n", "\n"))))))
                .containsExactly(FORM);
    }

    @Test
    @DisplayName("ALL-03: an equation that was left out, added or changed is found")
    void equations() {
        List<String> lines = SignedNote.parse(ofTheScheme).text().lines().toList();
        assertThat(lines).filteredOn(l -> l.startsWith("equation ")).hasSize(6).anyMatch(l -> l.contains("fund = "));
        String last = lines.getLast() + "\n";
        assertThat(failed(alone(forged(ofTheScheme, text -> text.replace(last, "")))))
                .containsExactly(EQUATIONS);
        assertThat(failed(alone(forged(ofTheScheme, text -> text + last)))).containsExactly(EQUATIONS);
        assertThat(failed(alone(forged(ofTheScheme, text -> text.replace("fund = ", "fund  = ")))))
                .containsExactly(EQUATIONS);
        assertThat(failed(alone(forged(
                        ofTheScheme,
                        text -> String.join(
                                        "\n",
                                        Arrays.stream(text.split("\n"))
                                                .filter(line -> !line.startsWith("batch "))
                                                .toList())
                                + "\n"))))
                .as("a scheme without its batches")
                .contains(SUMS);
    }

    @Test
    @DisplayName("a file of more than 1 MiB is no certificate, and is not read further")
    void tooLong() {
        assertThat(failed(alone(ofABatch + "x".repeat(CertificateVerification.MOST_BYTES))))
                .containsExactly(FORM);
    }
}
