package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.evidence.FileBooks;
import org.voucherledger.api.evidence.NodeVerifier;
import org.voucherledger.api.evidence.SealedInMemory;
import org.voucherledger.api.seal.LedgerMoment.Asked;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Leaf;
import tools.jackson.databind.json.JsonMapper;

/** Evidence out of a sealed database, taken at all kinds of moments and checked away from it. */
class LedgerMomentTest {

    /** When evidence is asked for: after everything that has happened. */
    private static final Instant LATER = Instant.parse("2026-11-26T08:00:00Z");

    private static final String INSERT = """
            insert into ledger.domain_event (global_index, event_identifier, aggregate_identifier, sequence_number, type,
                recorded_at, payload_type, payload_revision, payload, meta_data)
            overriding system value values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    @TempDir
    private static Path directory;

    private static SealedDatabase database;
    private static List<EventLeaf> events;
    private static String voucher;

    /** A season's events, with refusals between, sealed in three checkpoints; the last command, of five events or more, is not sealed yet. */
    @BeforeAll
    static void aSealedSeason() throws SQLException {
        database = new SealedDatabase(directory);
        try (var province = new RandomProvince(4).lives(150)) {
            events = dense(SealedInMemory.leavesOf(province.events()));
        }
        int sealed = (int) sealed();
        insert(events.subList(0, 100));
        database.refuse();
        database.accept();
        database.refuse();
        database.seal(10_000);
        insert(events.subList(100, 150));
        database.seal(10_000);
        insert(events.subList(150, sealed));
        database.refuse();
        database.seal(10_000);
        database.refuse();
        database.seal(10_000);
        insert(events.subList(sealed, events.size()));
        voucher = events.subList(0, sealed).stream()
                .map(EventLeaf::stream)
                .filter(stream -> stream.startsWith("voucher:"))
                .collect(Collectors.groupingBy(stream -> stream, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey()
                .substring("voucher:".length());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static List<EventLeaf> dense(List<Leaf> leaves) {
        var dense = new ArrayList<EventLeaf>();
        for (Leaf leaf : leaves) {
            if (leaf instanceof EventLeaf e) {
                dense.add(new EventLeaf(
                        dense.size() + 1,
                        e.id(),
                        e.stream(),
                        e.sequence(),
                        e.aggregate(),
                        e.recordedAt(),
                        e.type(),
                        e.revision(),
                        e.payload(),
                        e.metadata()));
            }
        }
        return dense;
    }

    private static void insert(List<EventLeaf> these) {
        database.sql.batchUpdate(
                INSERT,
                these.stream()
                        .map(e -> new Object[] {
                            e.position(),
                            e.id(),
                            e.stream(),
                            e.sequence(),
                            e.aggregate(),
                            e.recordedAt().atOffset(ZoneOffset.UTC),
                            e.type(),
                            e.revision(),
                            e.payload(),
                            e.metadata()
                        })
                        .toList());
    }

    private static long sealed() {
        return endOfACommand(events.size() - 5L);
    }

    private static byte[] bundle(Scope scope, Asked asked) throws SQLException, IOException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            var out = new ByteArrayOutputStream();
            BundleWriter.write(out, scope, LedgerMoment.of(connection, asked, LATER));
            return out.toByteArray();
        }
    }

    private static Findings found(byte[] bundle) throws IOException {
        return BundleVerification.of(
                new ByteArrayInputStream(bundle), database.key().publicKey(), List.of(), new FileBooks());
    }

    @Test
    @DisplayName("The whole ledger as it was last sealed holds, refusals and books included")
    void wholeLedger() throws Exception {
        Findings findings = found(bundle(Scope.LEDGER, new Asked.Newest()));

        assertThat(findings.failures()).isEmpty();
        assertThat(findings.events()).isEqualTo(sealed());
        assertThat(findings.refusals()).isEqualTo(4);
        assertThat(findings.position()).isEqualTo(sealed());
        assertThat(findings.checked()).contains(Check.BOOKS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 99, 100, 101, 149, 150, 151, 170})
    @DisplayName(
            "The whole ledger at any position holds, and ends with the last command that was whole there; a checkpoint's own"
                    + " end takes its refusals along")
    void anyPosition(long asked) throws Exception {
        long position = endOfACommand(asked);
        Findings findings = found(bundle(Scope.LEDGER, new Asked.Position(asked)));

        assertThat(findings.failures()).isEmpty();
        assertThat(findings.position()).isEqualTo(position);
        assertThat(findings.events()).isEqualTo(position);
        assertThat(findings.refusals()).isEqualTo(position < 100 ? 0 : 2);
    }

    @Test
    @DisplayName("Asked for a position within a command, the evidence of a batch ends before it, and holds")
    void withinACommand() throws Exception {
        long within = events.stream()
                .filter(e -> e.type().equals("CityQuotaReserved"))
                .mapToLong(EventLeaf::position)
                .findFirst()
                .orElseThrow();
        assertThat(endOfACommand(within)).isPositive().isLessThan(within);
        Findings findings = found(bundle(Scope.batch("GZ"), new Asked.Position(within)));

        assertThat(findings.failures()).isEmpty();
        assertThat(findings.position()).isEqualTo(endOfACommand(within));
    }

    private static long endOfACommand(long position) {
        int end = (int) position;
        while (end > 0 && end < events.size() && commandOf(events.get(end)).equals(commandOf(events.get(end - 1)))) {
            end--;
        }
        return end;
    }

    private static String commandOf(EventLeaf event) {
        return JsonMapper.shared().readTree(event.metadata()).path("commandId").asString();
    }

    @Test
    @DisplayName("A moment is where everything recorded up to it is in, and nothing recorded after it")
    void anyInstant() throws Exception {
        Instant at = events.get(119).recordedAt();
        long last = events.stream()
                .filter(e -> !e.recordedAt().isAfter(at))
                .mapToLong(EventLeaf::position)
                .max()
                .orElseThrow();

        assertThat(found(bundle(Scope.LEDGER, new Asked.At(at))).position()).isEqualTo(endOfACommand(last));
        assertThat(found(bundle(
                                Scope.LEDGER,
                                new Asked.At(events.getFirst().recordedAt().minusNanos(1000))))
                        .events())
                .isZero();
    }

    @Test
    @DisplayName("A voucher's bundle has its stream and its scheme's, a batch's all that hangs on the batch")
    void parts() throws Exception {
        Findings ofVoucher = found(bundle(Scope.voucher(voucher), new Asked.Newest()));
        assertThat(ofVoucher.failures()).isEmpty();
        assertThat(ofVoucher.streams()).isEqualTo(2);

        String batch = new String(bundle(Scope.batch("GZ"), new Asked.Newest()), StandardCharsets.UTF_8);
        assertThat(found(batch.getBytes(StandardCharsets.UTF_8)).failures()).isEmpty();
        for (EventLeaf event : events.subList(0, (int) sealed())) {
            String payload = new String(event.payload(), StandardCharsets.UTF_8);
            boolean belongs = event.stream().equals("batch:GZ")
                    || event.stream().equals("queue:GZ")
                    || event.stream().startsWith("scheme:")
                    || event.stream().startsWith("voucher:") && payload.contains("\"batchId\":\"GZ\"");
            assertThat(batch.contains("\"id\":\"" + event.id() + "\""))
                    .as("%s in %s", event.type(), event.stream())
                    .isEqualTo(belongs);
        }
    }

    @Test
    @DisplayName("The future, what is not sealed yet, and what does not exist are refused, each with its reason")
    void refused() {
        assertRefused(Scope.LEDGER, new Asked.Position(events.size() + 1), "lies in the future: the last event is at");
        assertRefused(Scope.LEDGER, new Asked.Position(sealed() + 1), "is not sealed yet; sealed is everything up to");
        assertRefused(Scope.LEDGER, new Asked.At(LATER.plusNanos(1_000)), "lies in the future");
        assertRefused(Scope.voucher("nobody"), new Asked.Newest(), "there is no voucher nobody");
        assertRefused(Scope.batch("nobody"), new Asked.Newest(), "there is no batch nobody");
        assertRefused(Scope.voucher(voucher), new Asked.Position(3), "Up to position 3 there is no voucher");
    }

    private static void assertRefused(Scope scope, Asked asked, String why) {
        assertThatThrownBy(() -> bundle(scope, asked))
                .isInstanceOf(NotToBeHad.class)
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("A row that was changed in the database is carried out as it is, and the verification names it")
    void changedRowIsNamed() throws Exception {
        tampered(
                "update ledger.domain_event set meta_data = convert_to(replace(convert_from(meta_data, 'UTF8'),"
                        + " '\"actor\":\"', '\"actor\":\"x'), 'UTF8') where global_index = 77",
                moment -> {
                    var out = new ByteArrayOutputStream();
                    BundleWriter.write(out, Scope.LEDGER, moment);
                    Findings findings = found(out.toByteArray());
                    assertThat(findings.failures()).singleElement().satisfies(failure -> {
                        assertThat(failure.check()).isEqualTo(Check.CONTENT);
                        assertThat(failure.place().position()).isEqualTo(77);
                        assertThat(failure.place().stream()).isEqualTo(events.get(76).stream());
                    });
                });
        for (String gone : List.of(
                "delete from ledger.domain_event where global_index = 77",
                "delete from ledger.domain_event where global_index = 100",
                "delete from ledger.command_answer where id = 1")) {
            tampered(
                    gone,
                    moment -> assertThatThrownBy(
                                    () -> BundleWriter.write(new ByteArrayOutputStream(), Scope.LEDGER, moment))
                            .isInstanceOf(NotToBeHad.class)
                            .hasMessageContaining("other rows than were sealed"));
        }
    }

    @FunctionalInterface
    private interface Looking {
        void at(LedgerMoment moment) throws IOException;
    }

    private static void tampered(String change, Looking looking) throws SQLException, IOException {
        try (Connection connection = database.owner.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(SealTables.over(connection).update(change)).isPositive();
            looking.at(LedgerMoment.of(connection, new Asked.Newest(), LATER));
            connection.rollback();
        }
    }

    @Test
    @DisplayName(
            "export writes a file that verify, and the independent verifier, hold for good; what is refused leaves none")
    void commands() throws Exception {
        String url = "postgresql://" + database.program.getUsername() + ":" + database.program.getPassword() + "@"
                + database.program.getJdbcUrl().substring("jdbc:postgresql://".length());
        String key = database.key().publicKey().text();
        Path whole = directory.resolve("ledger.evidence");
        Path one = directory.resolve("voucher.evidence");

        assertThat(VoucherCommandLine.run("export", "--database-url", url, "-o", whole.toString()))
                .isZero();
        assertThat(VoucherCommandLine.run(
                        "export",
                        "--database-url",
                        url,
                        "--voucher",
                        voucher,
                        "--position",
                        "170",
                        "-o",
                        one.toString()))
                .isZero();
        for (Path file : List.of(whole, one)) {
            assertThat(VoucherCommandLine.run("verify", file.toString(), "--key", key))
                    .isZero();
            assertThat(NodeVerifier.run(file.toString(), "--key", key).status()).isZero();
        }
        Path none = directory.resolve("none.evidence");
        assertThat(VoucherCommandLine.run(
                        "export", "--database-url", url, "--at", "2999-01-01T00:00:00Z", "-o", none.toString()))
                .isEqualTo(1);
        assertThat(VoucherCommandLine.run(
                        "export", "--database-url", url, "--voucher", "nobody", "-o", none.toString()))
                .isEqualTo(1);
        assertThat(VoucherCommandLine.run("export", "--database-url", url, "--at", "yesterday", "-o", none.toString()))
                .isEqualTo(2);
        assertThat(VoucherCommandLine.run(
                        "export", "--database-url", url, "--batch", "a", "--voucher", "b", "-o", none.toString()))
                .isEqualTo(2);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("ledger.evidence", "voucher.evidence")
                    .noneMatch(name -> name.startsWith("none"));
        }
    }
}
