package org.voucherledger.api.rulecoverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCoverageTest {

    private static final Path REPOSITORY = Path.of("..");

    @Test
    @DisplayName("ALL-01, ALL-02: every rule of the rulebook is decided, proved, and gives a refusal or an effect")
    void everyRule() {
        RuleCoverage coverage = RuleCoverage.of(REPOSITORY);
        assertThat(coverage.rules()).hasSizeGreaterThan(50);
        assertThat(coverage.missing())
                .extracting(Covered::id)
                .as("rules without a decision, a test, or an effect; ./voucher rules shows what there is")
                .isEmpty();
    }

    @Test
    @DisplayName("a rule that nobody decides, or no test names, is missing")
    void finds(@TempDir Path repository) throws IOException {
        write(repository, "docs/reference/rulebook.md", "- **GZ-01 One** (x)\n- **GZ-02 Two**\n- **GZ-03 Three**\n");
        write(
                repository,
                "voucher-domain/src/main/java/A.java",
                "class A { void a() { GZ_01.holds(PARTY, \"NotOne\", true, 1, 1, 1); GZ_02.holds(PARTY, \"NotTwo\"); } }");
        write(
                repository,
                "voucher-domain/src/test/java/ATest.java",
                "class ATest { @Test @DisplayName(\"GZ-01: one\") void one() {} @DisplayName(\"GZ-03\") void three() {} }");
        for (String module : new String[] {"voucher-projections", "voucher-api"}) {
            Files.createDirectories(repository.resolve(module + "/src/main/java"));
            Files.createDirectories(repository.resolve(module + "/src/test/java"));
        }

        RuleCoverage coverage = RuleCoverage.of(repository);

        assertThat(coverage.missing()).extracting(Covered::id).containsExactly("GZ-02", "GZ-03");
        Covered one = coverage.rules().getFirst();
        assertThat(one.refusals()).containsExactly("NotOne");
        assertThat(one.tests()).containsExactly("ATest.one");
        assertThat(one.decided()).containsExactly("voucher-domain/src/main/java/A.java:1");
    }

    private static void write(Path repository, String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
