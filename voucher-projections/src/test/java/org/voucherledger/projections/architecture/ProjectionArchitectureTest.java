package org.voucherledger.projections.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The views are built as {@link ProjectionRules} say, and each of them fails on the fixture that breaks it. */
class ProjectionArchitectureTest {

    private static final String PROJECTIONS = "org.voucherledger.projections";
    private static final String VIOLATING = PROJECTIONS + ".architecture.violating";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PROJECTIONS);
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(VIOLATING);

    /** Which fixture breaks which rule; a rule without one is not proved. */
    private static final Map<String, String> BROKEN_BY = Map.of(
            "no clock", "BookedNow",
            "no handlers", "DecidesAnOrder",
            "no ledger", "LoadsAnAggregate",
            "no cycles", "violating.account");

    static Stream<Arguments> rules() {
        return ProjectionRules.under(PROJECTIONS).entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    static Stream<Arguments> rulesForFixtures() {
        return ProjectionRules.under(VIOLATING).entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @DisplayName("Architecture: the views are built as they should be")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(String name, ArchRule rule) {
        assertThat(MAIN).as("the views' own classes").hasSizeGreaterThan(60);
        rule.check(MAIN);
    }

    @DisplayName("Each rule can fail: its fixture breaks it")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesForFixtures")
    void canFail(String name, ArchRule rule) {
        assertThat(BROKEN_BY).as("a fixture for every rule").containsKey(name);
        assertThatThrownBy(() -> rule.check(FIXTURES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(BROKEN_BY.get(name));
    }
}
