package org.voucherledger.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.projections.evidence.Check.BOOKS;
import static org.voucherledger.projections.evidence.Check.FORM;
import static org.voucherledger.projections.evidence.Check.ID;
import static org.voucherledger.projections.evidence.Check.KEY;
import static org.voucherledger.projections.evidence.Check.LEAF;
import static org.voucherledger.projections.evidence.Check.POSITION;
import static org.voucherledger.projections.evidence.Check.SCOPE;
import static org.voucherledger.projections.evidence.Check.SEQUENCE;
import static org.voucherledger.projections.evidence.Check.TIME;
import static org.voucherledger.projections.evidence.Check.WITNESS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.SigningKey;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bundles of a log as the domain writes it, good ones and damaged ones, each judged by {@link BundleVerification} and by the
 * independent verifier in another language. The two must agree on every check but the books, which only the first keeps.
 */
class EvidenceTest {

    private static final SigningKey KEY_OF_THE_LEDGER =
            SigningKey.generate("ledger.example/guangzhou", KeyType.NOTE, new SecureRandom());
    private static final SigningKey WITNESS_KEY =
            SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());
    private static final int SEEDS = 3;

    private static NodeVerifier node;
    private static List<Leaf> leaves;
    private static String voucher;

    @TempDir
    private static Path directory;

    @AfterAll
    static void endNode() throws IOException {
        node.close();
    }

    @BeforeAll
    static void aSeason() {
        node = new NodeVerifier();
        try (var province = new RandomProvince(4).lives(150)) {
            leaves = SealedInMemory.leavesOf(province.events());
        }
        // The voucher with the longest life.
        voucher = events().stream()
                .map(EventLeaf::stream)
                .filter(stream -> stream.startsWith("voucher:"))
                .collect(Collectors.groupingBy(stream -> stream, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey()
                .substring("voucher:".length());
        assertThat(leaves).hasSizeGreaterThan(200);
    }

    private static List<EventLeaf> events() {
        return leaves.stream()
                .filter(EventLeaf.class::isInstance)
                .map(EventLeaf.class::cast)
                .toList();
    }

    private static SealedInMemory sealed() {
        return new SealedInMemory(SealedInMemory.linesOf(leaves), KEY_OF_THE_LEDGER);
    }

    @Test
    @DisplayName("Evidence: the bundle of a whole ledger holds, its books too, and everything in it is counted")
    void ledgerHolds() throws IOException {
        Findings findings = judge(sealed().bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
        assertThat(findings.failures()).isEmpty();
        assertThat(findings.checked()).contains(Check.TREE, BOOKS).doesNotContain(Check.SCOPE, WITNESS);
        assertThat(findings.events()).isEqualTo(events().size());
        assertThat(findings.leaves()).isEqualTo(leaves.size());
        assertThat(findings.refusals())
                .isEqualTo(leaves.size() - events().size())
                .isPositive();
        assertThat(findings.streams())
                .isEqualTo(events().stream().map(EventLeaf::stream).distinct().count());
    }

    @Test
    @DisplayName("Evidence: a ledger at any earlier moment holds under a later checkpoint")
    void earlierMomentsHold() throws IOException {
        for (int asked : List.of(0, 1, 2, 3, 64, 100, leaves.size() - 1)) {
            int until = endOfACommand(asked);
            var moment = new SealedInMemory(
                    SealedInMemory.linesOf(leaves), until, "ledger.example/guangzhou", KEY_OF_THE_LEDGER::sign);
            Findings findings = judge(moment.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
            assertThat(findings.failures()).isEmpty();
            assertThat(findings.leaves()).isEqualTo(until);
        }
    }

    @Test
    @DisplayName("ALL-03: the end of the last command of a file is checked too: half a command does not balance")
    void lastCommandIsChecked() throws IOException {
        int within = indexOf(leaves, "CityQuotaReserved") + 1;
        assertThat(endOfACommand(within)).isLessThan(within);
        var half = new SealedInMemory(
                SealedInMemory.linesOf(leaves), within, "ledger.example/guangzhou", KEY_OF_THE_LEDGER::sign);
        Findings findings = judge(half.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
        assertThat(failed(findings)).containsExactly(BOOKS);
    }

    /** The most leaves, up to so many, that end with a whole command. */
    private static int endOfACommand(int until) {
        int end = until;
        while (end > 0 && end < leaves.size() && commandOf(end - 1).equals(commandOf(end))) {
            end--;
        }
        return end;
    }

    /** Of the leaf, or of the event before it if it is a refusal. */
    private static String commandOf(int index) {
        for (int i = index; i >= 0; i--) {
            if (leaves.get(i) instanceof EventLeaf event) {
                return JsonMapper.shared()
                        .readTree(event.metadata())
                        .path("commandId")
                        .asString();
            }
        }
        return "";
    }

    @Test
    @DisplayName(
            "Evidence: a batch and a voucher hold without the rest of the ledger, and nothing is said of the books")
    void partsHold() throws IOException {
        for (Scope scope : List.of(Scope.batch("GZ"), Scope.voucher(voucher))) {
            String bundle = sealed().bundle(scope);
            Findings findings = judge(bundle, KEY_OF_THE_LEDGER.publicKey(), List.of());
            assertThat(findings.failures()).isEmpty();
            assertThat(findings.leaves()).isPositive().isLessThan(leaves.size());
            assertThat(findings.checked()).contains(Check.SCOPE).doesNotContain(BOOKS);
            assertThat(findings.scope()).isEqualTo(scope);
        }
    }

    /** A batch with every kind of stream: some applications refused, some claimed, one of those paid. */
    private static SealedInMemory aBatchOfEveryKind() {
        try (var province = new Province()) {
            province.opens("GZ", Province.GUANGZHOU, yuan(1_000_000)).wasAccepted();
            for (int i = 1; i <= 5; i++) {
                province.applies("E" + (1 + i % 2), "GZ", "P" + (1 + i % 2), 1_000)
                        .wasAccepted();
            }
            province.rejects("GZ-A1-V1").wasAccepted();
            for (int i = 2; i <= 4; i++) {
                province.approves("GZ-A" + i + "-V1").wasAccepted();
            }
            province.at("2020-10-08T10:00");
            for (int i = 2; i <= 3; i++) {
                province.claims("GZ-A" + i + "-V1", "C" + i, 1_000).wasAccepted();
                long claimed = province.state("GZ-A" + i + "-V1").balances().claimedFen();
                province.publishes("C" + i, claimed - 1);
            }
            province.at("2020-10-30T10:00").settles("C2", "GZ-A2-V1").wasAccepted();
            return new SealedInMemory(
                    SealedInMemory.linesOf(
                            SealedInMemory.leavesOf(province.city().ledger().events())),
                    KEY_OF_THE_LEDGER);
        }
    }

    @Test
    @DisplayName("Evidence: the bundle of a batch holds only if each stream is in it that belongs to the batch")
    void noStreamMayBeLeftOut() throws IOException {
        var sealed = aBatchOfEveryKind();
        Scope batch = Scope.batch("GZ");
        var streams = new TreeSet<String>();
        assertThat(judge(
                                sealed.bundleWithout(batch, event -> {
                                    streams.add(event.stream());
                                    return false;
                                }),
                                KEY_OF_THE_LEDGER.publicKey(),
                                List.of())
                        .failures())
                .isEmpty();
        assertThat(streams)
                .extracting(stream -> stream.substring(0, stream.indexOf(':')))
                .contains("batch", "queue", "settlement", "voucher", "claim", "scheme");
        for (String stream : streams) {
            String without = sealed.bundleWithout(batch, event -> event.stream().equals(stream));
            assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                    .as("without %s", stream)
                    .containsExactly(SCOPE);
        }
    }

    @Test
    @DisplayName("Evidence: a stream of a batch is there at least up to what the batch's other streams know of it")
    void noStreamMayBeCutShort() throws IOException {
        var sealed = aBatchOfEveryKind();
        for (String last : List.of(
                "ReservationReleased",
                "ItemSettled",
                "ItemsSettled",
                "CityQuotaReserved",
                "ApplicationReserved",
                "VoucherClaimed",
                "ItemPublished")) {
            var cut = new TreeSet<String>();
            String without = sealed.bundleWithout(Scope.batch("GZ"), event -> {
                if (event.type().equals(last)) {
                    cut.add(event.stream());
                }
                return cut.contains(event.stream());
            });
            assertThat(cut).isNotEmpty();
            assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                    .as("cut before %s", last)
                    .containsExactly(SCOPE);
        }
    }

    @Test
    @DisplayName("Evidence: a voucher's bundle has the scheme that the voucher names")
    void noSchemeMayBeLeftOut() throws IOException {
        String without = sealed().bundleWithout(
                        Scope.voucher(voucher), event -> event.stream().startsWith("scheme:"));
        assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                .containsExactly(SCOPE);
    }

    @Test
    @DisplayName(
            "GZ-44: the evidence of a claim holds only if the claim, each of its vouchers and the scheme are in it")
    void aClaimIsWhole() throws IOException {
        for (SealedInMemory sealed : List.of(aBatchOfEveryKind(), aClaimOfTwoThatStoodInAnother())) {
            Scope claim = Scope.claim("C2");
            var streams = new TreeSet<String>();
            String whole = sealed.bundleWithout(claim, event -> {
                streams.add(event.stream());
                return false;
            });
            assertThat(judge(whole, KEY_OF_THE_LEDGER.publicKey(), List.of()).failures())
                    .isEmpty();
            assertThat(streams).contains("claim:C2").doesNotContain("claim:C1", "claim:C3");
            for (String stream : streams) {
                String without =
                        sealed.bundleWithout(claim, event -> event.stream().equals(stream));
                assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                        .as("without %s", stream)
                        .containsExactly(SCOPE);
            }
            for (String last : List.of("ItemSettled", "ItemsSettled", "ItemClaimed", "VoucherClaimed")) {
                var cut = new TreeSet<String>();
                String without = sealed.bundleWithout(claim, event -> {
                    if (event.type().equals(last)) {
                        cut.add(event.stream());
                    }
                    return cut.contains(event.stream());
                });
                assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                        .as("cut before %s", last)
                        .isEqualTo(cut.isEmpty() ? Set.of() : Set.of(SCOPE));
            }
        }
    }

    /** One of its vouchers was claimed before, in a claim that was withdrawn, and bounced once. */
    private static SealedInMemory aClaimOfTwoThatStoodInAnother() {
        try (var city = new City()) {
            city.at("2020-04-30T16:00")
                    .grants(
                            Grant.voucher("V1").worth(yuan(10_000)).to("E1"),
                            Grant.voucher("V2").worth(yuan(10_000)).to("E2"));
            city.at("2020-05-20T09:00").accepts("V1", yuan(8_000)).accepts("V2", yuan(8_000));
            city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
            city.sends(new WithdrawClaim("C1", "补件")).wasAccepted();
            city.redeemsUpToNotice("C2", yuan(8_000), "V1", "V2")
                    .at("2020-06-10T00:00")
                    .settles("C2", "V1", "V2")
                    .wasAccepted();
            city.sends(new BounceSettlement("C2", city.id("V1"), "TH-1", "账号有误"))
                    .wasAccepted();
            city.settles("C2", "V1").wasAccepted();
            return new SealedInMemory(
                    SealedInMemory.linesOf(SealedInMemory.leavesOf(city.ledger().events())), KEY_OF_THE_LEDGER);
        }
    }

    @Test
    @DisplayName("Evidence: whatever happened in a season, the bundles of its batches and claims hold")
    void batchesOfAnySeasonHold() throws IOException {
        int claimed = 0;
        for (long seed = 11; seed <= 14; seed++) {
            List<Leaf> season;
            try (var province = new RandomProvince(seed).lives(600)) {
                season = SealedInMemory.leavesOf(province.events());
            }
            var sealed = new SealedInMemory(SealedInMemory.linesOf(season), KEY_OF_THE_LEDGER);
            List<String> claims = season.stream()
                    .filter(leaf ->
                            leaf instanceof EventLeaf event && event.type().equals("ClaimSubmitted"))
                    .map(leaf -> ((EventLeaf) leaf).stream().substring("claim:".length()))
                    .limit(20)
                    .toList();
            claimed += claims.size();
            List<String> batches = season.stream()
                    .filter(leaf ->
                            leaf instanceof EventLeaf event && event.type().equals("BatchOpened"))
                    .map(leaf -> ((EventLeaf) leaf).stream().substring("batch:".length()))
                    .toList();
            assertThat(batches).isNotEmpty();
            for (String claim : claims) {
                assertThat(judge(sealed.bundle(Scope.claim(claim)), KEY_OF_THE_LEDGER.publicKey(), List.of())
                                .failures())
                        .as("seed %d, claim %s", seed, claim)
                        .isEmpty();
            }
            for (String batch : batches) {
                assertThat(judge(sealed.bundle(Scope.batch(batch)), KEY_OF_THE_LEDGER.publicKey(), List.of())
                                .failures())
                        .as("seed %d, batch %s", seed, batch)
                        .isEmpty();
            }
        }
        assertThat(claimed).isPositive();
    }

    @Test
    @DisplayName("Evidence: the bundles of a city's batch and of a cycle hold, and no stream of them may be left out")
    void everyKindOfVoucher() throws IOException {
        List<Leaf> ofACity;
        List<Leaf> ofACycle;
        try (var city = new City()) {
            city.at("2020-04-30T16:00")
                    .grants(
                            Grant.voucher("V1").worth(yuan(10_000)).to("E1"),
                            Grant.voucher("V2").worth(yuan(10_000)).to("E2"));
            city.at("2020-05-20T09:00")
                    .accepts("V1", yuan(8_000))
                    .sends(new ReturnVoucher(city.id("V2"), "不再需要"))
                    .wasAccepted();
            city.at("2020-06-02T09:00")
                    .redeemsUpToNotice("C1", yuan(8_000), "V1")
                    .at("2020-06-10T00:00")
                    .settles("C1", "V1")
                    .wasAccepted();
            ofACity = SealedInMemory.leavesOf(city.ledger().events());
        }
        try (var cycle = ConsumptionTerms.city()) {
            cycle.takes("h-1", "B1", ConsumptionTerms.CATERING, ConsumptionTerms.LARGE)
                    .wasAccepted();
            cycle.uses("B1-T1", "P1", "R-1", yuan(200)).wasAccepted();
            cycle.claims("C1", "B1-T1").wasAccepted();
            cycle.reconciles("C1", ConsumptionTerms.LARGE - 1).wasAccepted();
            cycle.settles("C1", "B1-T1").wasAccepted();
            ofACycle = SealedInMemory.leavesOf(cycle.ledger().events());
        }
        for (List<Leaf> season : List.of(ofACity, ofACycle)) {
            var sealed = new SealedInMemory(SealedInMemory.linesOf(season), KEY_OF_THE_LEDGER);
            var streams = new TreeSet<String>();
            String whole = sealed.bundleWithout(Scope.batch("B1"), event -> {
                streams.add(event.stream());
                return false;
            });
            assertThat(judge(whole, KEY_OF_THE_LEDGER.publicKey(), List.of()).failures())
                    .isEmpty();
            assertThat(streams).contains("claim:C1").hasSizeGreaterThan(3);
            for (String stream : streams) {
                String without = sealed.bundleWithout(
                        Scope.batch("B1"), event -> event.stream().equals(stream));
                assertThat(failed(judge(without, KEY_OF_THE_LEDGER.publicKey(), List.of())))
                        .as("without %s", stream)
                        .containsExactly(SCOPE);
            }
        }
    }

    @Test
    @DisplayName("Evidence: a log of any size holds, from no leaf at all on")
    void everySize() throws IOException {
        for (int size = 0; size <= 40; size++) {
            List<byte[]> lines = SealedInMemory.linesOf(leaves).subList(0, size);
            var sealed = new SealedInMemory(lines, KEY_OF_THE_LEDGER);
            var failed = failed(java(sealed.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of()));
            // What ends within a command has all its hashes, and no balance.
            assertThat(failed).as("%d leaves", size).isSubsetOf(endOfACommand(size) == size ? Set.of() : Set.of(BOOKS));
        }
        var nothing = new SealedInMemory(List.of(), KEY_OF_THE_LEDGER);
        assertThat(judge(nothing.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of())
                        .failures())
                .isEmpty();
    }

    static Stream<Arguments> damages() {
        return Stream.concat(
                Damage.ofALedger().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue(), false)),
                Stream.concat(
                        Damage.ofAVoucher().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue(), true)),
                        Stream.of(
                                        "truncated between lines",
                                        "a leaf edited",
                                        "a leaf edited with its hash",
                                        "another root")
                                .map(name ->
                                        Arguments.of(name, Damage.ofALedger().get(name), true))));
    }

    @DisplayName("Evidence: whatever is changed in a bundle is found, by both verifiers alike")
    @ParameterizedTest(name = "{0}, of a voucher: {2}")
    @MethodSource("damages")
    void damageIsFound(String name, Damage damage, boolean ofAVoucher) throws IOException {
        for (int seed = 1; seed <= SEEDS; seed++) {
            String bundle = sealed().bundle(ofAVoucher ? Scope.voucher(voucher) : Scope.LEDGER);
            String damaged = damage.done().apply(new Damage.Lines(bundle), new Random(seed));
            assertThat(damaged).as("seed %d", seed).isNotEqualTo(bundle);
            Findings findings = judge(damaged, KEY_OF_THE_LEDGER.publicKey(), List.of());
            assertThat(findings.hold()).as("seed %d", seed).isFalse();
            assertThat(failed(findings)).as("seed %d", seed).containsAll(damage.found());
        }
    }

    @Test
    @DisplayName("Evidence: an edited event is named by its position, stream and sequence")
    void firstBadEventIsNamed() throws IOException {
        EventLeaf bad = events().get(120);
        String bundle = sealed().bundle(Scope.LEDGER);
        String edited = bundle.replace(
                "\"id\":\"" + bad.id() + "\",\"stream\":\"" + bad.stream() + "\"",
                "\"id\":\"" + bad.id() + "\",\"stream\":\"" + bad.stream() + "\"".replace("\"", "x\""));
        Findings findings = judge(edited, KEY_OF_THE_LEDGER.publicKey(), List.of());
        var named = findings.of(Check.CONTENT).orElseThrow().place();
        assertThat(named.position()).isEqualTo(bad.position());
        assertThat(named.stream()).isEqualTo(bad.stream() + "x");
        assertThat(named.sequence()).isEqualTo(bad.sequence());
        assertThat(findings.firstBadEvent().orElseThrow().place()).isEqualTo(named);
    }

    @Test
    @DisplayName("Evidence: another key, another ledger's checkpoint, and a signature by somebody else are found")
    void wrongKeys() throws IOException {
        String bundle = sealed().bundle(Scope.LEDGER);
        NoteKey ours = KEY_OF_THE_LEDGER.publicKey();
        SigningKey sameName = SigningKey.generate(ours.name(), KeyType.NOTE, new SecureRandom());
        SigningKey other = SigningKey.generate("ledger.example/meizhou", KeyType.NOTE, new SecureRandom());
        assertFails(bundle, sameName.publicKey(), KEY);
        assertFails(bundle, other.publicKey(), KEY);
        assertFails(bundle, WITNESS_KEY.publicKey(), KEY);
        var theirs = new SealedInMemory(SealedInMemory.linesOf(leaves), other);
        assertFails(theirs.bundle(Scope.LEDGER), ours, KEY);
        var shorter = new SealedInMemory(SealedInMemory.linesOf(leaves).subList(0, 90), other);
        String mixed = withCheckpoint(bundle, shorter.checkpoint().written());
        assertFails(mixed, ours, KEY, FORM);
        var older = new SealedInMemory(SealedInMemory.linesOf(leaves).subList(0, 90), KEY_OF_THE_LEDGER);
        assertFails(withCheckpoint(bundle, older.checkpoint().written()), ours, FORM);
        var another = new ArrayList<>(SealedInMemory.linesOf(leaves));
        Collections.reverse(another);
        String ofTheSameSize =
                new SealedInMemory(another, KEY_OF_THE_LEDGER).checkpoint().written();
        assertFails(withCheckpoint(bundle, ofTheSameSize), ours, Check.TREE);
        var elsewhere = new SealedInMemory(
                SealedInMemory.linesOf(leaves), leaves.size(), "ledger.example/elsewhere", KEY_OF_THE_LEDGER::sign);
        assertFails(elsewhere.bundle(Scope.LEDGER), ours, KEY);
    }

    private static String withCheckpoint(String bundle, String written) {
        int start = bundle.indexOf("\n\n") + 2;
        int blank = bundle.indexOf("\n\n", start);
        int end = bundle.indexOf("\n\n", blank + 2);
        return bundle.substring(0, start)
                + new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                + bundle.substring(end + 1);
    }

    @Test
    @DisplayName("Evidence: a witness that was named must have cosigned, and truly")
    void witnesses() throws IOException {
        NoteKey ours = KEY_OF_THE_LEDGER.publicKey();
        NoteKey theirs = WITNESS_KEY.publicKey();
        Instant at = Instant.parse("2026-11-26T08:00:00Z");
        var cosigned = new SealedInMemory(
                SealedInMemory.linesOf(leaves),
                leaves.size(),
                ours.name(),
                note -> WITNESS_KEY.cosign(KEY_OF_THE_LEDGER.sign(note), at));
        String bundle = cosigned.bundle(Scope.voucher(voucher));
        Findings findings = judge(bundle, ours, List.of(theirs));
        assertThat(findings.failures()).isEmpty();
        assertThat(findings.cosignatures())
                .singleElement()
                .satisfies(c -> assertThat(c.at()).isEqualTo(at));
        assertThat(judge(bundle, ours, List.of()).failures()).isEmpty();
        NoteKey another = SigningKey.generate(theirs.name(), KeyType.COSIGNATURE, new SecureRandom())
                .publicKey();
        assertThat(failed(judge(bundle, ours, List.of(theirs, another)))).containsExactly(WITNESS);
        assertThat(failed(judge(sealed().bundle(Scope.LEDGER), ours, List.of(theirs))))
                .containsExactly(WITNESS);
        assertThat(failed(judge(bundle, ours, List.of(ours)))).containsExactly(WITNESS);
        String line = bundle.lines()
                .filter(l -> l.contains(theirs.name()))
                .findFirst()
                .orElseThrow();
        int last = line.length() - 10;
        String falsified = line.substring(0, last) + (line.charAt(last) == 'A' ? 'B' : 'A') + line.substring(last + 1);
        assertThat(failed(judge(bundle.replace(line, falsified), ours, List.of(theirs))))
                .containsExactly(WITNESS);
        assertThat(judge(bundle.replace(line, falsified), ours, List.of()).failures())
                .as("who does not ask for a witness does not look at it")
                .isEmpty();
    }

    /** Who has the key can seal anything; each of these is signed and hashed as it should be. */
    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("an event left out", SEQUENCE, all -> all.remove(ofA(all, "voucher:", 0))),
                forgery("two events of a stream exchanged", SEQUENCE, all -> {
                    int first = ofA(all, "scheme:", 0);
                    all.set(first, copy(all, first).sequence(1).leaf());
                }),
                forgery("an event recorded before the one ahead", TIME, all -> {
                    var event = copy(all, 77);
                    all.set(
                            77,
                            event.recordedAt(event.leaf().recordedAt().minusSeconds(86_400 * 900))
                                    .leaf());
                }),
                forgery(
                        "an id that occurred before",
                        ID,
                        all -> all.set(
                                78, copy(all, 78).id(copy(all, 5).leaf().id()).leaf())),
                forgery(
                        "a position that occurred before",
                        POSITION,
                        all -> all.set(78, copy(all, 78).position(3).leaf())),
                forgery(
                        "the position 0",
                        POSITION,
                        all -> all.set(0, copy(all, 0).position(0).leaf())),
                forgery("a refusal twice", POSITION, all -> {
                    var refusal = (RefusalLeaf) all.stream()
                            .filter(RefusalLeaf.class::isInstance)
                            .findFirst()
                            .orElseThrow();
                    all.add(refusal);
                }),
                forgery("money out of nothing", BOOKS, all -> {
                    int issued = indexOf(all, "VoucherReserved");
                    all.set(
                            issued,
                            copy(all, issued)
                                    .payload(text -> text.replaceFirst("\"faceFen\":(\\d+)", "\"faceFen\":1$1000000"))
                                    .leaf());
                }),
                forgery("an event of another stream", BOOKS, all -> {
                    int issued = indexOf(all, "VoucherReserved");
                    all.set(
                            issued,
                            copy(all, issued)
                                    .payload(text -> text.replaceFirst("\"voucherId\":\"", "\"voucherId\":\"x"))
                                    .leaf());
                }),
                forgery(
                        "an event that nobody knows",
                        BOOKS,
                        all -> all.set(50, copy(all, 50).type("VoucherEaten").leaf())));
    }

    @DisplayName("Evidence: what the ledger itself sealed wrongly is found as well, and is named")
    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void forgeryIsFound(String name, Check found, Consumer<List<Leaf>> forge) throws IOException {
        var forged = new ArrayList<>(leaves);
        forge.accept(forged);
        var sealed = new SealedInMemory(SealedInMemory.linesOf(forged), KEY_OF_THE_LEDGER);
        Findings findings = judge(sealed.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
        assertThat(failed(findings)).contains(found).doesNotContain(Check.TREE, Check.CONTENT, KEY, FORM);
        boolean ofARefusal = name.equals("a refusal twice");
        assertThat(findings.firstBadEvent().isPresent()).isEqualTo(!ofARefusal);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("{}", true),
                Arguments.of("{\"a\":[1,-0.5e+10,true,false,null,\"\\u00e9\\/\\\"\\\\\"],\"b\":{}}", true),
                Arguments.of("{ \"a\" :\t1 , \"b\":[ ] }", true),
                Arguments.of("{\"a\":\"\\ud800\"}", true),
                Arguments.of("{\"甲\":\"一𠀀\u2028\u007f\ufeff\"}", true),
                Arguments.of("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}", true),
                Arguments.of("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}", false),
                Arguments.of("{\"a\":" + "9".repeat(5000) + "}", true),
                Arguments.of("{\"" + "n".repeat(60_000) + "\":1}", true),
                Arguments.of("{\"a\":1,\"\\u0061\":2}", false),
                Arguments.of("{\"a\":[{\"b\":1,\"b\":1}]}", false),
                Arguments.of("{\"a\":01}", false),
                Arguments.of("{\"a\":+1}", false),
                Arguments.of("{\"a\":.5}", false),
                Arguments.of("{\"a\":1.}", false),
                Arguments.of("{\"a\":1e}", false),
                Arguments.of("{\"a\":NaN}", false),
                Arguments.of("{\"a\":nul}", false),
                Arguments.of("{\"a\":nullx}", false),
                Arguments.of("{\"a\":1 2}", false),
                Arguments.of("{\"a\":1,}", false),
                Arguments.of("{\"a\":[1,]}", false),
                Arguments.of("{,}", false),
                Arguments.of("{\"a\":\"\\x\"}", false),
                Arguments.of("{\"a\":\"\\u00g0\"}", false),
                Arguments.of("{\"a\":\"\t\"}", false),
                Arguments.of("{\"a\":1\r}", false),
                Arguments.of("{\"a\":1}/**/", false),
                Arguments.of("{/**/\"a\":1}", false),
                Arguments.of("{'a':1}", false),
                Arguments.of("{a:1}", false),
                Arguments.of("{\"a\":[}]}", false),
                Arguments.of("{\"a\":1\u00a0}", false),
                Arguments.of("[]", false),
                Arguments.of(" {}", false),
                Arguments.of("", false));
    }

    @DisplayName("Evidence: both verifiers take the same texts for a JSON object")
    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void sameJson(String payload, boolean isOne) throws IOException {
        String text = new String(events().getFirst().line(), StandardCharsets.UTF_8);
        int from = text.indexOf("\"payload\":") + "\"payload\":".length();
        String line = text.substring(0, from) + payload + text.substring(text.indexOf(",\"metadata\":"));
        var sealed = new SealedInMemory(List.of(line.getBytes(StandardCharsets.UTF_8)), KEY_OF_THE_LEDGER);
        Findings findings = judge(sealed.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
        assertThat(!failed(findings).contains(LEAF)).isEqualTo(isOne);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                Arguments.of("\"position\":2", "\"position\":02"),
                Arguments.of("\"position\":2", "\"position\":2.0"),
                Arguments.of("\"position\":2", "\"position\":9223372036854775808"),
                Arguments.of("\"sequence\":0", "\"sequence\":-0"),
                Arguments.of("\"id\":\"", "\"id\":\"\\u0061"),
                Arguments.of("\"id\":\"", "\"id\":\"\\/"),
                Arguments.of("\"id\":\"", "\"id\":\"\\u001F"),
                Arguments.of("\"id\":\"", "\"id\":\"\\ud800"),
                Arguments.of("\"id\":\"", "\"id\":null,\"x\":\""),
                Arguments.of("\"recordedAt\":\"2", "\"recordedAt\":\"+2"),
                Arguments.of("Z\",\"type\"", "0Z\",\"type\""),
                Arguments.of("Z\",\"type\"", "+00:00\",\"type\""),
                Arguments.of("\"recordedAt\":\"2025-", "\"recordedAt\":\"2025-13-"),
                Arguments.of("\"revision\":\"1\"", "\"revision\":1"),
                Arguments.of("\"revision\":\"1\"", "\"revision\":nil"),
                Arguments.of("\"leaf\":\"event\"", "\"leaf\":\"Event\""),
                Arguments.of(",\"type\"", ", \"type\""));
    }

    @DisplayName("Evidence: both verifiers know only one way to write a leaf")
    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("spellings")
    void oneSpelling(String right, String wrong) throws IOException {
        String text = new String(events().getFirst().line(), StandardCharsets.UTF_8)
                .replaceFirst("\"recordedAt\":\"[^\"]*\"", "\"recordedAt\":\"2025-03-01T00:00:00.000000Z\"");
        assertThat(text).contains(right);
        byte[] line = text.replace(right, wrong).getBytes(StandardCharsets.UTF_8);
        var sealed = new SealedInMemory(List.of(line), KEY_OF_THE_LEDGER);
        Findings findings = judge(sealed.bundle(Scope.LEDGER), KEY_OF_THE_LEDGER.publicKey(), List.of());
        assertThat(failed(findings)).contains(LEAF);
    }

    @Test
    @DisplayName("Evidence: the independent verifier can be run by itself, and its exit status says what it found")
    void aloneOnTheCommandLine() throws Exception {
        Path good = directory.resolve("good.evidence");
        Path bad = directory.resolve("bad.evidence");
        Path key = directory.resolve("ledger.vkey");
        String bundle = sealed().bundle(Scope.voucher(voucher));
        Files.write(good, Damage.bytes(bundle));
        Files.write(bad, Damage.bytes(bundle.substring(0, bundle.length() - 1)));
        Files.writeString(key, KEY_OF_THE_LEDGER.publicKey().text() + "\n");
        String given = KEY_OF_THE_LEDGER.publicKey().text();
        assertThat(NodeVerifier.run(good.toString(), "--key", given, "--json"))
                .satisfies(ended -> assertThat(ended.status()).isZero())
                .satisfies(ended -> assertThat(ended.output()).contains("\"holds\":true,\"failed\":[]"));
        assertThat(NodeVerifier.run(good.toString(), "--key", key.toString()).status())
                .isZero();
        assertThat(NodeVerifier.run(bad.toString(), "--key", given, "--json"))
                .satisfies(ended -> assertThat(ended.status()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.output()).contains("[\"form\"]"));
        assertThat(NodeVerifier.run(good.toString()).status()).isEqualTo(2);
        assertThat(NodeVerifier.run(good.toString(), "--key", "nonsense").status())
                .isEqualTo(2);
        assertThat(NodeVerifier.run(directory.resolve("none").toString(), "--key", given)
                        .status())
                .isEqualTo(2);
    }

    // ---- both verifiers

    private static void assertFails(String bundle, NoteKey key, Check... checks) throws IOException {
        assertThat(failed(judge(bundle, key, List.of()))).contains(checks);
    }

    private static Set<Check> failed(Findings findings) {
        return findings.failures().stream().map(f -> f.check()).collect(Collectors.toSet());
    }

    /** What we find, after the other verifier has found the same. */
    private static Findings judge(String bundle, NoteKey key, List<NoteKey> witnesses) throws IOException {
        Findings findings = java(bundle, key, witnesses);
        Path file = Files.createTempFile(directory, "bundle", ".evidence");
        Files.write(file, Damage.bytes(bundle));
        var ours = failed(findings).stream()
                .filter(check -> check != BOOKS)
                .map(Check::word)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(node.failed(file, key, witnesses))
                .as("the independent verifier")
                .isEqualTo(ours);
        Files.delete(file);
        return findings;
    }

    private static Findings java(String bundle, NoteKey key, List<NoteKey> witnesses) throws IOException {
        return BundleVerification.of(new ByteArrayInputStream(Damage.bytes(bundle)), key, witnesses, new FileBooks());
    }

    // ---- forging

    private static Arguments forgery(String name, Check found, Consumer<List<Leaf>> forge) {
        return Arguments.of(name, found, forge);
    }

    private static int ofA(List<Leaf> all, String stream, long sequence) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof EventLeaf event
                    && event.stream().startsWith(stream)
                    && event.sequence() == sequence) {
                return i;
            }
        }
        throw new AssertionError("no event of " + stream);
    }

    private static int indexOf(List<Leaf> all, String type) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof EventLeaf event && event.type().equals(type)) {
                return i;
            }
        }
        throw new AssertionError("no " + type);
    }

    private static ForgedEvent copy(List<Leaf> all, int index) {
        int event = index;
        while (!(all.get(event) instanceof EventLeaf)) {
            event++;
        }
        return new ForgedEvent((EventLeaf) all.get(event));
    }
}
