package org.voucherledger.domain.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A module's own classes keep its rules, and each rule fails on the fixture that breaks it: one without a fixture is not proved. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureProof {

    private final Map<String, ArchRule> rules;
    private final Map<String, ArchRule> rulesForFixtures;
    private final Map<String, String> brokenBy;
    private final JavaClasses classes;
    private final JavaClasses fixtures;

    /**
     * @param own the package of the classes
     * @param violating the package of the fixtures
     * @param rules by name, for classes under a package
     * @param brokenBy by the rule's name what its failure names
     */
    protected ArchitectureProof(
            String own, String violating, Function<String, Map<String, ArchRule>> rules, Map<String, String> brokenBy) {
        this.rules = rules.apply(own);
        this.rulesForFixtures = rules.apply(violating);
        this.brokenBy = brokenBy;
        this.classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(own);
        this.fixtures = new ClassFileImporter().importPackages(violating);
    }

    Stream<Arguments> rules() {
        return arguments(rules);
    }

    Stream<Arguments> rulesForFixtures() {
        return arguments(rulesForFixtures);
    }

    private static Stream<Arguments> arguments(Map<String, ArchRule> rules) {
        return rules.entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @DisplayName("Architecture: it is built as it should be")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(String name, ArchRule rule) {
        assertThat(classes).as("the module's own classes").hasSizeGreaterThan(60);
        rule.check(classes);
    }

    @DisplayName("Each rule can fail: its fixture breaks it")
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesForFixtures")
    void canFail(String name, ArchRule rule) {
        assertThat(brokenBy).as("a fixture for every rule").containsKey(name);
        assertThatThrownBy(() -> rule.check(fixtures))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(brokenBy.get(name));
    }
}
