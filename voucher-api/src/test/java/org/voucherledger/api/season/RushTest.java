package org.voucherledger.api.season;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.api.season.Applying.Queued;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RushTest {

    private static final int APPLICATIONS = 240;

    @Test
    @DisplayName(
            "GZ-12: a batch that everybody applies to at once is decided, each application on record, the books balanced")
    void rush(@TempDir Path data) {
        var said = new StringWriter();
        RushReport report;
        try (var ledger = LocalLedger.startQuietly(
                Map.of("ledger.data", data.toString(), "ledger.rehearsal", Rush.BEGIN.toString()))) {
            var tokens = new DevelopmentTokens(DevelopmentKey.of(data));
            report = Rush.play(
                    ledger.url(),
                    actor -> tokens.sign(actor, Instant.now(), Duration.ofHours(1)),
                    APPLICATIONS,
                    7,
                    new Progress(new PrintWriter(said), false));
        }
        assertThat(report.flaws()).isEmpty();
        assertThat(report.isBalanced()).as(report.books().toString()).isTrue();
        assertThat(report.applications()).isEqualTo(APPLICATIONS);
        // Nine tenths of what is asked for is there, so nearly a tenth of the queue finds nothing left.
        assertThat(report.granted()).isBetween(APPLICATIONS * 8L / 10, APPLICATIONS - 1L);
        assertThat(report.phases())
                .extracting(RushReport.Phase::name)
                .containsExactly("register", "apply", "grant", "publish", "views", "recover", "verify");
        assertThat(said.toString()).contains("apply", "240 of       240", "grant", "publish");

        report.print(new PrintWriter(said));
        JsonNode json = JsonMapper.shared().readTree(report.json());
        assertThat(json.get("applications").asInt()).isEqualTo(APPLICATIONS);
        assertThat(json.get("everyApplicationDecided").asBoolean()).isTrue();
        assertThat(json.get("balanced").asBoolean()).isTrue();
        assertThat(json.get("phases").get("recover").get("count").asLong()).isGreaterThanOrEqualTo(report.granted());
        assertThat(json.get("phases").get("grant").get("count").asLong()).isEqualTo(report.granted());
    }

    @Test
    @DisplayName("GZ-12: a record that is missing, doubled, in the wrong order or of another amount is found")
    void records() {
        List<Firm> firms = City.flawless(1, 3);
        // The last comes first, because its tier does; then 100 are left, which the first takes to the last fen.
        var expected = DecisionRecords.of(
                List.of(
                        new Queued("A1", 1, 1, firms.get(0), List.of(60L, 40L)),
                        new Queued("A2", 2, 1, firms.get(1), List.of(1L)),
                        new Queued("A3", 3, 0, firms.get(2), List.of(50L))),
                150);
        assertThat(expected.granted()).isEqualTo(2);
        List<JsonNode> right = List.of(
                record("A1", firms.get(0), 1, 1, 100, 100, "GRANTED", 100, 2),
                record("A2", firms.get(1), 2, 1, 1, 0, "NOT_GRANTED", 0, 0),
                record("A3", firms.get(2), 3, 0, 50, 50, "GRANTED", 150, 1));
        assertThat(expected.flawsOf(right)).isEmpty();

        assertThat(expected.flawsOf(right.subList(0, 2))).containsExactly("A3 has no record");
        assertThat(expected.flawsOf(List.of(right.get(0), right.get(0), right.get(1), right.get(2))))
                .hasSize(1);
        assertThat(flawsWith(expected, right, 0, record("A1", firms.get(0), 1, 1, 100, 100, "GRANTED", 150, 2)))
                .hasSize(1);
        assertThat(flawsWith(expected, right, 0, record("A1", firms.get(0), 1, 1, 100, 99, "GRANTED", 100, 2)))
                .hasSize(1);
        assertThat(flawsWith(expected, right, 1, record("A2", firms.get(1), 2, 1, 1, 0, "QUEUED", null, 0)))
                .hasSize(1);
    }

    private static List<String> flawsWith(DecisionRecords expected, List<JsonNode> right, int at, JsonNode other) {
        var records = new ArrayList<>(right);
        records.set(at, other);
        return expected.flawsOf(records);
    }

    private static JsonNode record(
            String id,
            Firm firm,
            long position,
            int tier,
            long askedFen,
            long grantedFen,
            String outcome,
            Integer leftFen,
            int vouchers) {
        var node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("enterpriseId", firm.code()).put("queuePosition", position);
        node.put("tier", tier).put("askedFen", askedFen).put("grantedFen", grantedFen);
        node.put("outcome", outcome).put("leftFen", leftFen).put("decidedAt", "2020-05-06T09:00:00Z");
        var ids = node.putArray("voucherIds");
        for (int i = 0; i < vouchers; i++) {
            ids.add(id + "-V" + i);
        }
        return node;
    }
}
