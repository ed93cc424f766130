package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.seal.SealReport;

/** What a verification of the sealed log found, as a person reads it. */
class SealPageTest {

    private static final Signed FIRST = new Signed(5, Instant.parse("2020-04-01T01:00:00Z"));

    private static String page(Finding finding) {
        var report = new SealReport("key", false, 5, 5, 0, 1, 0, List.of(), Duration.ofMillis(1), 1, List.of(finding));
        var page = new StringWriter();
        SealPage.print(report, new PrintWriter(page));
        return page.toString();
    }

    @Test
    @DisplayName("since when a row is not as it was is said of what has a place in the log, and of nothing else")
    void since() {
        assertThat(page(new Finding(
                        Kind.CHECKPOINT, null, "ledger.checkpoint", 5L, null, null, null, FIRST, "altered")))
                .contains("it was as it was sealed in the checkpoint of 5 leaves");
        assertThat(page(new Finding(Kind.CHECKPOINT, null, null, null, null, null, null, FIRST, "another ledger's")))
                .contains("another ledger's")
                .doesNotContain("it was as it was sealed");
        assertThat(page(new Finding(Kind.KEY, null, null, null, null, null, null, FIRST, "another key")))
                .doesNotContain("it was as it was sealed");
    }
}
