package org.voucherledger.api.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RestController;

/** How the program is built; made for a root package, so that each rule can be shown to fail on a fixture. */
final class ApiRules {

    /** The log, the answers, what was uploaded, what is imported, personal data, the ledger's own server, what is read and by whom, what is sealed, what is due, and what a failed start says. */
    private static final List<String> SPEAK_SQL = List.of(
            "eventstore",
            "pipeline",
            "documents",
            "imports",
            "personaldata",
            "postgres",
            "query",
            "reads",
            "seal",
            "sweep",
            "tampering",
            "commandline");

    private ApiRules() {}

    /** Every rule by its name, for classes under this root package. */
    static Map<String, ArchRule> under(String root) {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("SQL only where it is named", sqlOnlyWhereItIsNamed(root));
        rules.put("endpoints stop at the pipeline", endpointsStopAtThePipeline(root));
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        return rules;
    }

    private static ArchRule sqlOnlyWhereItIsNamed(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(root, SPEAK_SQL))
                .should(dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")))
                .because("who changes a table must know where to look");
    }

    private static ArchRule endpointsStopAtThePipeline(String root) {
        return noClasses()
                .that()
                .areAnnotatedWith(RestController.class)
                .or()
                .resideInAPackage(root + ".http..")
                .should(dependOnClassesThat(resideInAnyPackage(
                                root + ".eventstore..",
                                root + ".postgres..",
                                "org.axonframework..",
                                "org.voucherledger.domain.ledger..")
                        .or(resideInAPackage("org.voucherledger.domain..").and(simpleNameEndingWith("Handler")))))
                .because("a command is stamped, queued, decided once and answered when it is durable, or it is none");
    }

    private static String[] packages(String root, List<String> names) {
        return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }
}
