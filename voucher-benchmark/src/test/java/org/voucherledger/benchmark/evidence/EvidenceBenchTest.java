package org.voucherledger.benchmark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.benchmark.Bench;
import tools.jackson.databind.json.JsonMapper;

/** A log that was copied is one that the books, the seal and the offline verification take for the program's own. */
class EvidenceBenchTest {

    @Test
    @DisplayName("a copied log balances, is sealed, and holds offline to its last event")
    void holds(@TempDir Path scratch) {
        var said = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = Bench.run(
                    "evidence",
                    "--json",
                    "--enterprises",
                    "20",
                    "--events",
                    "3000",
                    "--exported",
                    "3000",
                    "--scratch",
                    scratch.toString());
        } finally {
            System.setOut(console);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(status).as(text).isZero();
        var figures = JsonMapper.shared().readTree(text.lines().toList().getLast());
        assertThat(figures.get("events").asLong()).isGreaterThanOrEqualTo(3_000);
        assertThat(figures.get("verifiedOfflinePerSecond").asDouble()).isPositive();
        assertThat(figures.get("pastBalanceMillis").size()).isEqualTo(7);
    }
}
