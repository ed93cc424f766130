package org.voucherledger.api.season;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherStatus;
import tools.jackson.databind.JsonNode;

/**
 * One season, played at a fresh rehearsal ledger: the scheme is published from its file, the {@link Plot} is played, and the
 * ledger's own views are compared with what the season has seen.
 */
public final class Season {

    /** When the season begins: the ledger's clock is set to it and moved on from there. */
    public static final Instant BEGIN = Calendar.BEGIN;

    /** Below this many there are too few vouchers for everything to happen once. */
    public static final int FEWEST_ENTERPRISES = 150;

    public static final int MOST_ENTERPRISES = 100_000;
    public static final int FEWEST_PROVIDERS = Platforms.FEWEST;
    public static final int MOST_PROVIDERS = 900;

    /** The same size gives the same season. */
    public record Size(int enterprises, int providers, long seed) {}

    /** So many times refused uploads stand between its events. */
    private static final int PARTS_OF_A_BEGINNING = 4;

    private static final String SCHEME_FILE = "/schemes/guangzhou-2020.yaml";
    static final String YAML = "application/yaml";

    /** How an application ends, by the field of the batch's board that counts it. */
    private static final Map<String, String> APPLICATIONS = Map.of(
            "granted", "APPLICATION_GRANTED",
            "skipped", "APPLICATION_SKIPPED",
            "notGranted", "APPLICATION_NOT_GRANTED",
            "withdrawn", "APPLICATION_WITHDRAWN");

    private final Scene scene;
    private final LedgerClient client;
    private final Sender sender;
    private final HttpStage stage;
    private final Progress progress;

    private Season(Scene scene, Sender sender, Progress progress) {
        this.scene = scene;
        this.client = sender.client();
        this.sender = sender;
        this.progress = progress;
        this.stage = new HttpStage(sender, scene.tally, progress);
    }

    /**
     * Plays a season.
     *
     * @param ledger a rehearsal ledger in which nothing has happened, its clock at {@link #BEGIN} or before
     * @param tokens makes the bearer token of an account
     */
    public static Report play(URI ledger, Function<Actor, String> tokens, Size size, Progress progress) {
        try (var sender = new Sender(new LedgerClient(ledger, tokens), size.seed())) {
            return new Season(scene(size), sender, progress).play();
        }
    }

    /**
     * Plays only its beginning: until so many events have happened, or a few more.
     *
     * @param ledger as for a whole one
     */
    public static void begin(URI ledger, Function<Actor, String> tokens, Size size, long events, Progress progress) {
        try (var sender = new Sender(new LedgerClient(ledger, tokens), size.seed())) {
            new Season(scene(size), sender, progress).begin(events);
        }
    }

    private void begin(long events) {
        Plot plot = Plot.of(scene);
        stage.moveClockTo(Calendar.BEGIN);
        uploadPapers();
        publishScheme();
        for (int part = 1; part <= PARTS_OF_A_BEGINNING; part++) {
            long until = events * part / PARTS_OF_A_BEGINNING;
            plot.play(stage, () -> stage.position() < until);
            uploadDamaged(part);
            uploadDamaged(PARTS_OF_A_BEGINNING + part);
        }
        progress.over();
    }

    static Scene scene(Size size) {
        Draw draw = Draw.seeded(size.seed());
        return new Scene(
                City.of(size.seed(), size.enterprises(), size.providers()),
                Round.of(size.enterprises()),
                draw.of("season"));
    }

    private Report play() {
        Plot plot = Plot.of(scene);
        stage.moveClockTo(Calendar.BEGIN);
        uploadPapers();
        publishScheme();
        plot.play(stage);
        progress.over();
        return report();
    }

    /** One file of each kind as the operator's (GZ-45); the second time it is the same document. */
    private void uploadPapers() {
        for (PaperFile file : PaperFile.all()) {
            for (int times = 0; times < 2; times++) {
                Reply uploaded = client.postFile(
                        Caller.OPERATOR,
                        "/documents?name=" + file.kind() + ".pdf",
                        sender.nextKey(),
                        PaperFile.MEDIA_TYPE,
                        file.content());
                scene.tally.insist(
                        file.sha256().equals(uploaded.body().path("sha256").asString("")),
                        "an uploaded paper was answered " + uploaded.text());
            }
        }
        uploadDamaged(0);
    }

    /** Each breaks off elsewhere. */
    private void uploadDamaged(int number) {
        byte[] cut = Arrays.copyOf(PaperFile.of("CONTRACT").content(), 200 + number);
        Reply damaged = client.postFile(
                Caller.OPERATOR, "/documents?name=cut.pdf", sender.nextKey(), PaperFile.MEDIA_TYPE, cut);
        scene.tally.count("a PDF that breaks off", Expected.refusedBy(Rule.GZ_45), damaged);
    }

    /** First as it must not be: too small a fund, and an unknown field; then as it is (GZ-15, ALL-01). */
    private void publishScheme() {
        String file = schemeFile();
        Reply tooSmall = publish(file.replace("amountFen: " + Round.FUND_FEN, "amountFen: " + (Round.FUND_FEN - 1)));
        scene.tally.count("a scheme with too small a fund", Expected.refusedBy(Rule.GZ_15), tooSmall);
        Reply faulty = publish(file + "\nunknownField: 1\n");
        scene.tally.insist(faulty.status() == 400, "a scheme file with an unknown field was answered " + faulty.text());
        Reply published = publish(file);
        scene.tally.count("the scheme's file", Expected.DONE, published);
        // The same key and the same file: the same answer, and no second version. The same key and another file:
        // refused.
        Reply again = publish(sender.lastKey(), file);
        scene.tally.insist(
                again.isAccepted() && again.body().equals(published.body()),
                "the same key and file were answered otherwise: " + again.text());
        Reply reused = publish(sender.lastKey(), file + "\n# changed\n");
        scene.tally.insist(reused.status() == 422, "a key was taken for another file: " + reused.text());
        Reply another = publish(file.replace("name: 广州市", "name: 佛山市"));
        scene.tally.count("the same scheme of another city", Expected.refusedBy(Rule.ALL_01), another);
    }

    private Reply publish(String file) {
        return publish(sender.nextKey(), file);
    }

    private Reply publish(String key, String file) {
        return client.postFile(Caller.BUREAU, "/schemes", key, YAML, file.getBytes(StandardCharsets.UTF_8));
    }

    /** The file that comes with the program. */
    static String schemeFile() {
        try (InputStream in = Season.class.getResourceAsStream(SCHEME_FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report report() {
        String atLeast = "atLeast=" + stage.position();
        JsonNode books = client.get(Caller.AUDITOR, "/books?" + atLeast);
        var outcomes = new TreeMap<String, Long>();
        var vouchers = new TreeMap<String, Long>();
        for (JsonNode batch : client.all(Caller.AUDITOR, "/batches?" + atLeast)) {
            batch.get("vouchersByStatus")
                    .propertyStream()
                    .forEach(entry ->
                            vouchers.merge(entry.getKey(), entry.getValue().asLong(), Long::sum));
            APPLICATIONS.forEach(
                    (field, outcome) -> outcomes.merge(outcome, batch.get(field).asLong(), Long::sum));
            scene.tally.insist(
                    batch.get("phase").asString().equals("CLOSED"), "not closed in the end: " + batch.get("id"));
        }
        compare(vouchers);
        outcomes.putAll(vouchers);
        JsonNode verification = client.post(Caller.AUDITOR, "/books/verification", sender.nextKey(), "{}")
                .body();
        return new Report(
                BookTable.of(books, verification),
                outcomes,
                stage.swept(),
                scene.tally,
                progress.seconds(),
                worthReplaying());
    }

    /** What the season has seen against what the ledger shows: what was not redeemed or returned was revoked in the end. */
    private void compare(Map<String, Long> shown) {
        var seen = new TreeMap<String, Long>();
        for (Holding h : scene.holdings) {
            boolean known = h.status == VoucherStatus.REDEEMED || h.status == VoucherStatus.RETURNED;
            seen.merge((known ? h.status : VoucherStatus.REVOKED).name(), 1L, Long::sum);
        }
        scene.tally.insist(seen.equals(shown), "the season has seen " + seen + ", the ledger shows " + shown);
    }

    /** A long life, one that was recovered, and one that was clawed back. */
    private List<String> worthReplaying() {
        return List.of(
                first(Plan.Fate.OBJECTED_AND_BOUNCED, VoucherStatus.REDEEMED),
                scene.holdings.stream()
                        .filter(h -> h.endsAs(Plan.End.CONTRACT_LAPSES) && h.plan.detour() == Plan.Detour.NONE)
                        .findFirst()
                        .orElseThrow()
                        .voucherId,
                first(Plan.Fate.CLAWED_BACK, VoucherStatus.REDEEMED));
    }

    private String first(Plan.Fate fate, VoucherStatus status) {
        return scene.holdings.stream()
                .filter(h -> h.plan.fate() == fate && h.endsAs(Plan.End.CLAIMED) && h.status == status)
                .findFirst()
                .orElseThrow()
                .voucherId;
    }
}
