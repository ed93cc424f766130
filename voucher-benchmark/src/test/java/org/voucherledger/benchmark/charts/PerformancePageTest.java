package org.voucherledger.benchmark.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Bar;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Ratio;

/** What was measured is put between its marks, and what people wrote around it stays. */
class PerformancePageTest {

    private static final String AROUND =
            "# Performance\n\nWritten.\n\n<!-- measured: hot -->\n%s<!-- end: hot -->\n\nAlso written.\n";

    private static Figures figures(double median) {
        return new Figures("a machine")
                .with(new Chart("hot", "Fast & <good>", "commands/s", List.of(new Bar("one", median, 1, 9))))
                .with(Ratio.of("oneVsOther", median, Aim.atLeast(4)))
                .with("wait", Map.of("first", 2.5))
                .note("A note.");
    }

    @Test
    @DisplayName("a second run replaces what the first has put there, and nothing else")
    void replaces(@TempDir Path docs) throws Exception {
        Path page = docs.resolve("performance.md");
        Files.writeString(page, AROUND.formatted(""));

        new PerformancePage(docs).show("hot", figures(5), true);
        assertThat(Files.readString(page)).contains("A quick, rough run", "| one | 5.00 | 1.00 | 9.00 |");
        new PerformancePage(docs).show("hot", figures(3), false);

        assertThat(Files.readString(page)).isEqualTo(AROUND.formatted("""

                ![Fast & <good>](performance/hot.svg)

                | Fast & <good> | median, commands/s | least | most |
                |---|---:|---:|---:|
                | one | 3.00 | 1.00 | 9.00 |

                | ratio | median | least | most | aim |
                |---|---:|---:|---:|---|
                | `oneVsOther` | 3.000 | 3.000 | 3.000 | at least 4.00, missed by 25% |

                | figure | value |
                |---|---:|
                | wait, first | 2.50 |

                A note.

                On a machine.

                """));
        assertThat(Files.readString(docs.resolve("performance/hot.svg")))
                .contains("Fast &amp; &lt;good>", "prefers-color-scheme: dark");
    }

    @Test
    @DisplayName("a page without a place for the benchmark is left as it is, and that is said")
    void noPlace(@TempDir Path docs) throws Exception {
        Path page = docs.resolve("performance.md");
        Files.writeString(page, AROUND.formatted(""));

        assertThatThrownBy(() -> new PerformancePage(docs).show("cold", figures(5), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("measured: cold");
        assertThat(Files.readString(page)).isEqualTo(AROUND.formatted(""));
    }
}
