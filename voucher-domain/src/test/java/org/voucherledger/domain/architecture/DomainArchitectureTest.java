package org.voucherledger.domain.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.LedgerAggregate;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.party.SizeStandard;
import org.voucherledger.domain.time.WorkingDays;

/** The domain is built as {@link DomainRules} say, and each of them fails on the fixture that breaks it. */
class DomainArchitectureTest extends ArchitectureProof {

    private static final String DOMAIN = "org.voucherledger.domain";
    private static final String VIOLATING = DOMAIN + ".architecture.violating";

    /** Which fixture breaks which rule; a rule without one is not proved. */
    private static final Map<String, String> BROKEN_BY = Map.ofEntries(
            Map.entry("no framework", "SpeaksHttp"),
            Map.entry("no clock", "LooksAtTheClock"),
            Map.entry("no randomness", "RollsDice"),
            Map.entry("no input or output", "ReadsAFile"),
            Map.entry("no floating point", "CountsInDoubles"),
            Map.entry("the kernel knows no aggregate", "KnowsAnAggregate"),
            Map.entry("aggregates know no ledger", "KnowsTheLedger"),
            Map.entry("the ledger knows no capability", "FindsPayments"),
            Map.entry("dossiers know no capability", "PaidDossier"),
            Map.entry("no cycles", "violating.ordering"),
            Map.entry("names say what it is", "VoucherHelper"),
            Map.entry("handlers are called so", "Orders"),
            Map.entry("commands say who may", "OpenToAll"),
            Map.entry("events have a revision", "SomethingHappened"),
            Map.entry("nothing is mutable in public", "CountsInDoubles"));

    DomainArchitectureTest() {
        super(DOMAIN, VIOLATING, DomainRules::under, BROKEN_BY);
    }

    private static final Pattern FLOATING =
            Pattern.compile("\\b(double|float|Double|Float|BigDecimal)\\b|\\b\\d+\\.\\d+[dDfF]?\\b");

    @Test
    @DisplayName("No floating point in a local variable either, which class files do not tell")
    void noFloatingPointInSources() throws IOException {
        assertThat(FLOATING.matcher("double share = 0.5;").find())
                .as("the pattern can find")
                .isTrue();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(f -> f.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(60);
            for (Path source : sources) {
                String code = Files.readString(source)
                        .replaceAll("(?s)/\\*.*?\\*/", "")
                        .replaceAll("//[^\n]*", "")
                        .replaceAll("\"[^\"\n]*\"", "\"\"");
                assertThat(FLOATING.matcher(code).find())
                        .as("floating point in %s", source)
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("The rulebook's model shares words with the domain, not its decisions")
    void modelIsIndependent() {
        ArchRule independent = noClasses()
                .that()
                .haveSimpleNameStartingWith("RulebookModel")
                .should()
                .dependOnClassesThat(describe(
                        "states, handlers, dossiers or tables of the domain",
                        c -> c.getPackageName().startsWith(DOMAIN)
                                && (c.isAssignableTo(State.class)
                                        || c.isAssignableTo(LedgerAggregate.class)
                                        || c.isAssignableTo(DomainEvent.class)
                                        || c.getSimpleName().endsWith("Handler")
                                        || c.getPackageName().equals(DOMAIN + ".dossier")
                                        || c.isEquivalentTo(SizeStandard.class)
                                        || c.isEquivalentTo(WorkingDays.class))));
        independent.check(new ClassFileImporter().importPackages(DOMAIN + ".rulebook"));
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .haveSimpleName("RandomSeason")
                        .should()
                        .dependOnClassesThat(describe("states", c -> c.isAssignableTo(State.class)))
                        .check(new ClassFileImporter().importPackages(DOMAIN + ".rulebook")))
                .as("the check can fail")
                .isInstanceOf(AssertionError.class);
    }
}
