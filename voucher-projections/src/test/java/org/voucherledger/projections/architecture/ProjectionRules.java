package org.voucherledger.projections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the views are built; made for a root package, so that each rule can be shown to fail on a fixture. */
final class ProjectionRules {

    private static final String DOMAIN = "org.voucherledger.domain..";

    private ProjectionRules() {}

    /** Every rule by its name, for classes under this root package. */
    static Map<String, ArchRule> under(String root) {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("no clock", noClock());
        rules.put("no handlers", noHandlers());
        rules.put("no ledger", noLedger());
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        return rules;
    }

    /** How long something takes may be measured; what time it is may not be asked. */
    private static ArchRule noClock() {
        DescribedPredicate<JavaCall<?>> readsTheClock = describe(
                "reads a clock",
                call -> call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time")
                        || call.getName().equals("currentTimeMillis"));
        return CompositeArchRule.of(noClasses().should(callMethodWhere(readsTheClock)))
                .and(noClasses().should(dependOnClassesThat(assignableTo(Clock.class))))
                .because("a view told again must be the same view: its times are those of the events");
    }

    private static ArchRule noHandlers() {
        return noClasses()
                .should(dependOnClassesThat(resideInAPackage(DOMAIN).and(simpleNameEndingWith("Handler"))))
                .because("a view shows what was decided and decides nothing");
    }

    private static ArchRule noLedger() {
        return noClasses()
                .should(dependOnClassesThat(resideInAPackage("org.voucherledger.domain.ledger..")))
                .because("a view is built from events alone, never from aggregates that are loaded");
    }
}
