package org.voucherledger.api.rulecoverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleCoverageTest {

    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path repository;

    @BeforeEach
    void modules() throws IOException {
        for (String module : new String[] {"voucher-domain", "voucher-projections", "voucher-api"}) {
            Files.createDirectories(repository.resolve(module + "/src/main/java"));
            Files.createDirectories(repository.resolve(module + "/src/test/java"));
        }
    }

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
    void finds() throws IOException {
        write(repository, "docs/reference/rulebook.md", "- **GZ-01 One** (x)\n- **GZ-02 Two**\n- **GZ-03 Three**\n");
        write(
                repository,
                "voucher-domain/src/main/java/A.java",
                "class A { void a() { GZ_01.holds(PARTY, \"NotOne\", true, 1, 1, 1); GZ_02.holds(PARTY, \"NotTwo\"); } }");
        write(
                repository,
                "voucher-domain/src/test/java/ATest.java",
                "class ATest { @Test @DisplayName(\"GZ-01: one\") void one() {} @DisplayName(\"GZ-03\") void three() {} }");

        RuleCoverage coverage = RuleCoverage.of(repository);

        assertThat(coverage.missing()).extracting(Covered::id).containsExactly("GZ-02", "GZ-03");
        Covered one = coverage.rules().getFirst();
        assertThat(one.refusals()).containsExactly("NotOne");
        assertThat(one.tests()).containsExactly("ATest.one");
        assertThat(one.decided()).containsExactly("voucher-domain/src/main/java/A.java:1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            only in its Javadoc     | /** Carries GZ-01. */ class A { }
            only in a range         | /** GZ-01 to GZ-04. */ class A { }
            only in a comment       | class A { } // GZ_01.holds(PARTY, "NotOne", true, 1, 1, 1) @Carries(GZ_01) void a()
            marked at two places    | class A { @Carries(GZ_01) void a() { } @Carries(Rule.GZ_01) void b() { } }
            marked beside a refusal | class A { @Carries(GZ_01) void a() { GZ_01.holds(PARTY, "NotOne", true, 1, 1, 1); } }
            another is marked       | class A { @Carries(GZ_02) void a() { } }
            """)
    @DisplayName("ALL-02: a rule that is named and not decided, or whose place is left open, is missing")
    void notDecided(String how, String source) throws IOException {
        write(repository, "docs/reference/rulebook.md", "- **GZ-01 One** (x)\n");
        write(repository, "voucher-domain/src/main/java/A.java", source);
        write(
                repository,
                "voucher-domain/src/test/java/ATest.java",
                "class ATest { @DisplayName(\"GZ-01\") void one() {} }");
        assertThat(RuleCoverage.of(repository).missing())
                .extracting(Covered::id)
                .containsExactly("GZ-01");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            class A { @Carries(GZ_01) public static <T> void a() { } }                      | a
            class A { @Carries({GZ_02, Rule.GZ_01}) @Operation("x (y)") long rank(int n) {} | rank
            @Carries(GZ_01) @Component public final class A { }                             | A
            @Carries(Rule.GZ_01) public enum B { }                                          | B
            """)
    @DisplayName("a rule that refuses nothing is decided by what is marked as carrying it out")
    void carried(String source, String name) throws IOException {
        write(repository, "docs/reference/rulebook.md", "- **GZ-01 One** (x)\n");
        write(repository, "voucher-domain/src/main/java/A.java", source);
        write(
                repository,
                "voucher-domain/src/test/java/ATest.java",
                "class ATest { @DisplayName(\"GZ-01\") void one() {} }");
        RuleCoverage coverage = RuleCoverage.of(repository);
        assertThat(coverage.missing()).isEmpty();
        assertThat(coverage.rules().getFirst().effects()).containsExactly(name);
    }

    @Test
    @DisplayName("no test proves a rule with a range that it lies in, or with a name that is commented out")
    void notProved() throws IOException {
        write(repository, "docs/reference/rulebook.md", "- **GZ-01 One**\n- **GZ-02 Two**\n- **GZ-03 Three**\n");
        write(repository, "voucher-domain/src/main/java/A.java", "@Carries({GZ_01, GZ_02, GZ_03}) class A { }");
        write(
                repository,
                "voucher-domain/src/test/java/ATest.java",
                "class ATest { @DisplayName(\"GZ-01 to GZ-03\") void one() {} // @DisplayName(\"GZ-02\") void two() {}\n }");
        assertThat(RuleCoverage.of(repository).missing())
                .extracting(Covered::id)
                .containsExactly("GZ-02");
    }

    private static void write(Path repository, String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
