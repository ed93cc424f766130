package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.evidence.NodeVerifier;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.SignedNote;

/** From the real program, while it runs, into a file, and out of the ledger's reach. */
class EvidenceJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    @TempDir
    private static Path elsewhere;

    @Test
    @DisplayName("What a running ledger recorded and refused is exported beside it, and holds away from it")
    void exportedBesideARunningLedger() throws Exception {
        String file = elsewhere.resolve("ledger.evidence").toString();
        String key;
        try (var ledger = new Rehearsal(data, "2020-03-30T01:00:00Z")) {
            register(ledger, 1);
            register(ledger, 2);
            // The same again is refused, and the refusal is evidence too.
            register(ledger, 2);
            awaitSealed(ledger, 3);
            assertThat(VoucherCommandLine.run("export", "--data", data.toString(), "-o", file))
                    .isZero();
            assertThat(VoucherCommandLine.run(
                            "export", "--data", data.toString(), "--at", "2020-03-30T01:00:01Z", "-o", file + "2"))
                    .as("a rehearsal has not got there yet")
                    .isEqualTo(1);
            key = SealKey.read(SealKey.in(data)).orElseThrow().publicKey().text();
        }
        assertThat(VoucherCommandLine.run("verify", file, "--key", key)).isZero();
        var second = NodeVerifier.run(file, "--key", key, "--json");
        assertThat(second.status()).as(second.output()).isZero();
        assertThat(second.output()).contains("\"leaves\":3,\"events\":2,\"refusals\":1");
    }

    private static void register(Rehearsal ledger, int number) {
        String first = "914401010000%05d".formatted(number);
        String code = first + CreditCode.checkCharacter(first);
        int status = ledger.send(
                        Rehearsal.party(Role.ENTERPRISE, code), "/enterprises", """
                        {"enterpriseId":"%s","declaration":{"name":"示范企业%d","city":"青岚市","district":"南区",
                         "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                         "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":2}}""".formatted(code, number, number))
                .status();
        assertThat(status).isIn(200, 201, 409);
    }

    private static void awaitSealed(Rehearsal ledger, long leaves) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(ledger.url().resolve("/log/checkpoint")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200
                        && Checkpoint.of(SignedNote.parse(answer.body())).size() >= leaves) {
                    return;
                }
                assertThat(System.nanoTime()).as("sealed in time").isLessThan(until);
                LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
