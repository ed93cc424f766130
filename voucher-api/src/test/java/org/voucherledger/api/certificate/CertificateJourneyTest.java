package org.voucherledger.api.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.http.Caller;
import org.voucherledger.api.seal.Attestor;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.sealedlog.SignedNote;
import tools.jackson.databind.JsonNode;

/** ALL-03: certificates of the real program on PostgreSQL, over HTTP and from the command line, and away from it. */
@TestMethodOrder(OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class CertificateJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    @TempDir
    private static Path elsewhere;

    private static ConfigurableApplicationContext program;
    private static long head;

    @BeforeAll
    static void start() throws TimeoutException {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-06-01T00:00:00Z",
                        "--ledger.seal.origin=ledger.example/certified",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        try (var city = new City()) {
            city.at("2020-05-01T09:00");
            var grants = new ArrayList<Grant>();
            for (int e = 1; e <= 3; e++) {
                grants.add(voucher("V" + e).worth(yuan(2_000)).to("E" + e));
            }
            city.grants(grants.toArray(Grant[]::new));
            city.at("2020-05-20T09:00");
            city.accepts("V1", yuan(2_000));
            PlayedBefore.bring(program.getBean(LedgerStore.class), city.ledger().events());
        }
        head = settle();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (program.getBean(Attestor.class).sealedUpTo() < head) {
            assertThat(System.nanoTime()).as("sealed in time").isLessThan(until);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static long settle() throws TimeoutException {
        var positions = program.getBean(Projections.class).positions();
        for (String view : program.getBean(Projections.class).names()) {
            positions.awaitAtLeast(view, positions.head(), PATIENCE);
        }
        return positions.head();
    }

    private static int port() {
        return program.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static Caller as(Role role) {
        return Caller.anonymous(port()).as(data, role);
    }

    private static Caller.Told ask(String question) {
        return as(Role.AUDITOR).get("/api/v1/certificates" + question);
    }

    private static String certificate(String question) {
        var told = ask(".txt?" + question);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told.text();
    }

    private static String key() {
        return SealKey.read(SealKey.in(data)).orElseThrow().publicKey().text();
    }

    private static int run(String... arguments) {
        return VoucherCommandLine.run(arguments);
    }

    private static int tell(String command, String... arguments) {
        var whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of(arguments));
        whole.addAll(List.of("--url", "http://localhost:" + port(), "--data", data.toString()));
        return run(whole.toArray(String[]::new));
    }

    @Test
    @Order(1)
    @DisplayName("ALL-03: batch and scheme are certified, each with every account, its equations and its checkpoint")
    void certified() {
        for (String scope : List.of("batch=B1", "scheme=GZ-2020")) {
            String text = certificate(scope);
            Certificate certificate = Certificate.of(SignedNote.parse(text));
            assertThat(certificate.position()).isEqualTo(head);
            assertThat(certificate.checkpoint().origin()).isEqualTo("ledger.example/certified");
            assertThat(certificate.figures().violations()).isEmpty();
            JsonNode books = as(Role.AUDITOR)
                    .get("/api/v1/books?" + scope + "&position=" + head)
                    .json();
            certificate.figures().sums().forEach((account, fen) -> {
                long shown = 0;
                for (JsonNode sum : books.path("sums")) {
                    if (sum.path("account").asString().equals(account.name())) {
                        shown = sum.path("balanceFen").asLong();
                    }
                }
                assertThat(fen).as("%s of %s", account, scope).isEqualTo(shown);
            });
            assertThat(text).contains("account ACCEPTED " + yuan(2_000) + "\n").contains("batch B1: ");
        }
    }

    @Test
    @Order(2)
    @DisplayName("The same position gives the same bytes: note, page and JSON; also by its moment, and by default")
    void sameBytes() {
        for (String form : List.of(".txt", ".pdf", ".json", "")) {
            String question = form + "?batch=B1&position=" + head;
            assertThat(ask(question).text()).isEqualTo(ask(question).text());
        }
        assertThat(certificate("batch=B1")).isEqualTo(certificate("batch=B1&position=" + head));
        assertThat(certificate("batch=B1&at=2020-06-01T00:00:00Z")).isEqualTo(certificate("batch=B1"));
        var told = ask(".json?batch=B1").json();
        assertThat(told.path("note").asString()).isEqualTo(certificate("batch=B1"));
        assertThat(told.path("books").path("balanced").asBoolean()).isTrue();
        assertThat(told.path("position").asLong()).isEqualTo(head);
    }

    @Test
    @Order(3)
    @DisplayName("ALL-03: a past position is certified as the books were then")
    void past() {
        JsonNode accepted = as(Role.AUDITOR)
                .get("/api/v1/books/postings?account=ACCEPTED")
                .json()
                .path("items")
                .path(0);
        long at = accepted.path("position").asLong();
        assertThat(certificate("batch=B1&position=" + at)).contains("account ACCEPTED " + yuan(2_000) + "\n");
        assertThat(certificate("batch=B1&position=" + (at - 1))).contains("account ACCEPTED 0\n");
    }

    @Test
    @Order(4)
    @DisplayName("Any tool for signed notes can verify it: Ed25519 over the text up to the empty line, nothing of ours")
    void signedNote() throws Exception {
        String note = certificate("scheme=GZ-2020");
        int end = note.lastIndexOf("\n\n") + 1;
        String[] line = note.substring(end + 1).strip().split(" ");
        String[] key = key().split("\\+", 3);
        byte[] signature = Base64.getDecoder().decode(line[2]);
        byte[] publicKey = Base64.getDecoder().decode(key[2]);
        byte[] x509 = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(publicKey, 1, 33));
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
        verifier.update(note.substring(0, end).getBytes(StandardCharsets.UTF_8));

        assertThat(line[0] + " " + line[1]).isEqualTo("— ledger.example/certified");
        assertThat(HexFormat.of().formatHex(signature, 0, 4)).isEqualTo(key[1]);
        assertThat(verifier.verify(Arrays.copyOfRange(signature, 4, signature.length)))
                .isTrue();
    }

    @Test
    @Order(5)
    @DisplayName(
            "The page is one page and holds the whole text of the note, its SHA-256 and how to verify it, in both languages")
    void page() throws Exception {
        for (String scope : List.of("--batch", "--scheme")) {
            String id = scope.equals("--batch") ? "B1" : "GZ-2020";
            Path file = elsewhere.resolve(id + ".pdf");
            assertThat(tell("certificate", scope, id, "-o", file.toString())).isZero();
            String note = certificate(scope.substring(2) + "=" + id);
            try (var page = Loader.loadPDF(file.toFile())) {
                assertThat(page.getNumberOfPages()).isEqualTo(1);
                String text = new PDFTextStripper().getText(page);
                String packed = text.replaceAll("\\s", "");
                note.lines().forEach(line -> assertThat(packed).contains(line.replaceAll("\\s", "")));
                assertThat(text)
                        .contains("账目守恒证书", "Conservation Certificate", "如何核验", "How to verify")
                        .contains("2,000.00");
                assertThat(packed)
                        .contains(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(note.getBytes(StandardCharsets.UTF_8))));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @Order(6)
    @CsvSource({
        "'', 400, Malformed, 二者择一",
        "'batch=B1&scheme=GZ-2020', 400, Malformed, 二者择一",
        "'batch=B%0A1', 400, Malformed, 有误",
        "'batch=B9', 404, ALL-04:BatchUnknown, 批次不存在",
        "'scheme=GZ-2199', 404, ALL-04:SchemeUnknown, 不存在",
        "'batch=B1&position=99999', 409, ALL-03:PositionAhead, 尚未",
        "'batch=B1&at=2020-06-01T00:00:01Z', 409, ALL-03:MomentAhead, 尚未",
        "'batch=B1&position=1&at=2020-05-01T00:00:00Z', 400, Malformed, 有误",
        "'batch=B1&position=0', 409, ALL-03:NotSealedYet, 尚未封存",
        "'batch=B1&at=1999-01-01T00:00:00Z', 409, ALL-03:NotSealedYet, 尚未封存",
        "'batch=B1&position=1', 409, ALL-03:NotOpenedByThen, 尚未开设",
    })
    @DisplayName("what cannot be certified is refused in words")
    void refused(String question, int status, String type, String words) {
        for (String form : List.of(".txt", ".pdf", "")) {
            var told = as(Role.AUDITOR).speaking("zh-CN").get("/api/v1/certificates" + form + "?" + question);
            assertThat(told.status()).as(told.text()).isEqualTo(status);
            assertThat(told.text("detail")).as("a position is no amount").doesNotContain("¥");
            assertThat(told.text("type")).endsWith(type);
            assertThat(told.text("detail")).contains(words);
        }
    }

    @ParameterizedTest
    @Order(7)
    @EnumSource(Role.class)
    @DisplayName("ALL-04: auditor, bureau and operator are given certificates, and nobody else")
    void who(Role role) {
        boolean may = List.of(Role.AUDITOR, Role.BUREAU, Role.OPERATOR).contains(role);
        for (String form : List.of(".txt", ".pdf", ".json", "")) {
            assertThat(as(role).get("/api/v1/certificates" + form + "?batch=B1").status())
                    .as(form)
                    .isEqualTo(may ? 200 : 403);
        }
        assertThat(Caller.anonymous(port())
                        .get("/api/v1/certificates.txt?batch=B1")
                        .status())
                .isEqualTo(401);
    }

    @Test
    @Order(8)
    @DisplayName(
            "ALL-03: taken home, it holds by itself and against the whole ledger's evidence; what is false does not")
    void offline(CapturedOutput output) throws Exception {
        Path evidence = elsewhere.resolve("ledger.evidence");
        assertThat(run("export", "--data", data.toString(), "-o", evidence.toString()))
                .isZero();
        for (String scope : List.of("--batch", "--scheme")) {
            Path file = elsewhere.resolve(scope + ".txt");
            assertThat(tell("certificate", scope, scope.equals("--batch") ? "B1" : "GZ-2020", "-o", file.toString()))
                    .isZero();
            assertThat(run("verify", file.toString(), "--key", key())).isZero();
            assertThat(run("verify", file.toString(), "--key", key(), "--evidence", evidence.toString(), "--json"))
                    .isZero();
        }
        assertThat(output.getOut())
                .contains("[成立] 由证据重算的账目与证书逐分相同", "[holds] The books recomputed from the evidence")
                .contains(
                        "\"checked\":[\"form\",\"key\",\"sums\",\"equations\",\"evidence\",\"checkpoint\",\"figures\"]");

        String good = certificate("batch=B1");
        Path edited = Files.writeString(
                elsewhere.resolve("edited.txt"), good.replace("account ACCEPTED 2", "account ACCEPTED 3"));
        assertThat(run("verify", edited.toString(), "--key", key())).isEqualTo(1);
        assertThat(output.getOut()).contains("该密钥名下的签名是假的", "the certificate was changed after it was signed");
        Path cut = Files.writeString(elsewhere.resolve("cut.txt"), good.substring(0, good.length() - 5));
        assertThat(run("verify", cut.toString(), "--key", key())).isEqualTo(1);
        assertThat(output.getOut()).contains("文件不完整或不合证书格式");
        assertThat(run("verify", evidence.toString(), "--key", key(), "--evidence", evidence.toString()))
                .isEqualTo(2);
        assertThat(run("verify", edited.toString(), "--key", key(), "--witness", key()))
                .isEqualTo(2);
        assertThat(run("verify", edited.toString(), "--key", key(), "--evidence", "nowhere"))
                .isEqualTo(2);
    }

    @Test
    @Order(9)
    @DisplayName("certificate asks for a batch or a scheme, prints the note, and says what the ledger refuses")
    void commandLine(CapturedOutput output) {
        assertThat(tell("certificate", "--batch", "B1", "--position", Long.toString(head)))
                .isZero();
        assertThat(output.getOut()).contains(certificate("batch=B1"));
        assertThat(tell("certificate")).isEqualTo(2);
        assertThat(tell("certificate", "--batch", "B1", "--scheme", "GZ-2020")).isEqualTo(2);
        assertThat(tell("certificate", "--batch", "B9")).isEqualTo(1);
        assertThat(output.getErr()).contains("there is no such batch");
        assertThat(tell("certificate", "--batch", "B1", "--at", "2020-06-01T00:00:01Z"))
                .isEqualTo(1);
        assertThat(tell(
                        "certificate",
                        "--batch",
                        "B1",
                        "-o",
                        elsewhere.resolve("no/where.txt").toString()))
                .isEqualTo(1);
    }

    @Test
    @Order(10)
    @DisplayName(
            "ALL-03: from the first position at which the books do not balance nothing is certified, and sealing is halted")
    void violated() throws TimeoutException {
        String before = certificate("batch=B1");
        long sequence = program.getBean(LedgerStore.class)
                .events()
                .lastSequenceNumberFor("batch:B1")
                .orElseThrow();
        // More than the fund: the domain would never have written it.
        PlayedBefore.append(
                program.getBean(LedgerStore.class),
                List.of(new GenericDomainEventMessage<>(
                        "VoucherBatch",
                        "batch:B1",
                        sequence + 1,
                        new BudgetRaised("B1", "GZ-2020", yuan(1_000_000_000), "穗工信〔2020〕0号", "无中生有"),
                        MetaData.emptyInstance())));
        long violated = settle();

        for (String language : List.of("en", "zh-CN")) {
            var told =
                    as(Role.AUDITOR).speaking(language).get("/api/v1/certificates.pdf?batch=B1&position=" + violated);
            assertThat(told.status()).as(told.text()).isEqualTo(409);
            assertThat(told.text("about")).isEqualTo("BooksViolated");
            assertThat(told.text("detail"))
                    .contains(language.equals("en") ? "do not balance" : "账目不平", "UNALLOCATED GZ-2020");
        }
        var earlier = ask(".txt?batch=B1&position=" + head);
        if (earlier.status() == 200) {
            assertThat(earlier.text()).as("sealing was not halted yet").isEqualTo(before);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (earlier.status() == 200) {
            assertThat(System.nanoTime()).as("halted in time").isLessThan(until);
            earlier = ask(".txt?batch=B1&position=" + head);
        }
        assertThat(earlier.status()).isEqualTo(503);
        assertThat(earlier.text("about")).isEqualTo("NothingIsSigned");
    }
}
