package org.voucherledger.benchmark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.benchmark.Said;

/** A log that was copied is one that the books, the seal and the offline verification take for the program's own. */
class EvidenceBenchTest {

    @Test
    @DisplayName("a copied log balances, is sealed, and holds offline to its last event")
    void holds(@TempDir Path scratch) {
        var figures = Said.by(
                        "evidence",
                        "--json",
                        "--enterprises",
                        "20",
                        "--events",
                        "3000",
                        "--exported",
                        "3000",
                        "--scratch",
                        scratch.toString())
                .json();
        assertThat(figures.get("events").asLong()).isGreaterThanOrEqualTo(3_000);
        assertThat(figures.get("verifiedOfflinePerSecond").asDouble()).isPositive();
        assertThat(figures.get("pastBalanceMillis").size()).isEqualTo(7);
    }
}
