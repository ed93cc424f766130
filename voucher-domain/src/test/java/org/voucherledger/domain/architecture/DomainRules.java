package org.voucherledger.domain.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveSimpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.SizeStandard;
import org.voucherledger.domain.time.WorkingDays;

/**
 * How the domain is built. The rules are made for a root package, so that the same rule can be shown to fail on the fixtures
 * under {@code architecture.violating}.
 */
final class DomainRules {

    /** What everything else stands on; it knows none of the aggregates. */
    private static final List<String> KERNEL = List.of("aggregate", "rule", "command", "money", "time");

    private static final List<String> AGGREGATES = List.of(
            "scheme",
            "batch",
            "enterprisequota",
            "providerquota",
            "holderquota",
            "voucher",
            "usedonce",
            "redemption",
            "party",
            "expert");

    private static final List<String> LEDGER = List.of("ledger");

    /** Load a voucher or a claim with all that its steps look at; they serve the capabilities. */
    private static final List<String> DOSSIERS = List.of("dossier");

    private static final List<String> CAPABILITIES = List.of(
            "funding",
            "registering",
            "applying",
            "granting",
            "ordering",
            "paying",
            "consuming",
            "ending",
            "violation",
            "redeeming");

    private static final Set<Class<?>> READ_A_TABLE = Set.of(WorkingDays.class, SizeStandard.class);

    private DomainRules() {}

    /** Every rule by its name, for classes under this root package. */
    static Map<String, ArchRule> under(String root) {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("no framework", noFramework());
        rules.put("no clock", noClock());
        rules.put("no randomness", noRandomness());
        rules.put("no input or output", noInputOrOutput());
        rules.put("no floating point", noFloatingPoint());
        rules.put("the kernel knows no aggregate", direction(root, KERNEL, AGGREGATES, LEDGER, DOSSIERS, CAPABILITIES));
        rules.put("aggregates know no ledger", direction(root, AGGREGATES, LEDGER, DOSSIERS, CAPABILITIES));
        rules.put("the ledger knows no capability", direction(root, LEDGER, DOSSIERS, CAPABILITIES));
        rules.put("dossiers know no capability", direction(root, DOSSIERS, CAPABILITIES));
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put("names say what it is", names());
        rules.put("handlers are called so", handlers());
        rules.put("commands say who may", commands());
        rules.put("events have a revision", events());
        rules.put("nothing is mutable in public", noPublicMutableFields());
        return rules;
    }

    private static ArchRule noFramework() {
        return noClasses()
                .should(dependOnClassesThat(resideInAnyPackage(
                        "org.springframework..",
                        "java.sql..",
                        "javax..",
                        "jakarta..",
                        "java.net..",
                        "tools.jackson..",
                        "com.fasterxml..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "org.voucherledger.projections..",
                        "org.voucherledger.api..")))
                .because("the domain knows no Spring, SQL, HTTP, JSON or logging, and nothing of the modules above it");
    }

    private static ArchRule noClock() {
        DescribedPredicate<JavaCall<?>> readsTheClock = describe("reads a clock", call -> {
            JavaClass owner = call.getTargetOwner();
            boolean now = call.getName().equals("now") && owner.getPackageName().equals("java.time");
            boolean system = owner.isEquivalentTo(System.class)
                    && Set.of("currentTimeMillis", "nanoTime").contains(call.getName());
            return now || system || owner.isEquivalentTo(Clock.class);
        });
        return CompositeArchRule.of(noClasses().should(callMethodWhere(readsTheClock)))
                .and(noClasses().should(dependOnClassesThat(assignableTo(Clock.class))))
                .because("time arrives with the command: what is decided must be the same when it is decided again");
    }

    private static ArchRule noRandomness() {
        DescribedPredicate<JavaCall<?>> rolls = describe(
                "rolls dice",
                call -> call.getName().equals("randomUUID")
                        || call.getName().equals("random")
                                && call.getTargetOwner().isEquivalentTo(Math.class));
        return CompositeArchRule.of(noClasses().should(callMethodWhere(rolls)))
                .and(noClasses()
                        .should(dependOnClassesThat(
                                assignableTo(Random.class).or(assignableTo(RandomGenerator.class)))))
                .because("what is decided must be the same when it is decided again");
    }

    private static ArchRule noInputOrOutput() {
        DescribedPredicate<JavaClass> readsATable = belongToAnyOf(READ_A_TABLE.toArray(Class<?>[]::new));
        return CompositeArchRule.of(
                        noClasses().that(not(readsATable)).should(dependOnClassesThat(resideInAnyPackage("java.io.."))))
                .and(noClasses()
                        .should(dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels.."))))
                .and(noClasses()
                        .should(callMethodWhere(describe(
                                "starts a thread or a process",
                                (JavaCall<?> call) -> call.getTargetOwner().isAssignableTo(Thread.class)
                                        || call.getTargetOwner().isAssignableTo(ProcessBuilder.class)))))
                .because("the only things the domain reads are its two tables, the working days and the size standard");
    }

    private static ArchRule noFloatingPoint() {
        DescribedPredicate<JavaClass> floating = describe(
                "floating point",
                c -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                        .contains(c.getName()));
        return CompositeArchRule.of(noClasses().should(dependOnClassesThat(floating)))
                .and(fields().should().notHaveRawType(floating))
                .and(methods().should().notHaveRawReturnType(floating))
                .and(methods()
                        .should()
                        .notHaveRawParameterTypes(describe(
                                "any floating point", types -> types.stream().anyMatch(floating))))
                .because("money is whole fen and shares are basis points");
    }

    /** kernel <- aggregates <- ledger <- dossiers <- capabilities. */
    @SafeVarargs
    private static ArchRule direction(String root, List<String> of, List<String>... above) {
        String[] forbidden = Arrays.stream(above)
                .flatMap(names -> Arrays.stream(packages(root, names)))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(packages(root, of))
                .should(dependOnClassesThat(resideInAnyPackage(forbidden)))
                .because("kernel <- aggregates <- ledger <- dossiers <- capabilities");
    }

    private static ArchRule names() {
        return noClasses()
                .should(haveSimpleNameEndingWith("Manager")
                        .or(haveSimpleNameEndingWith("Helper"))
                        .or(haveSimpleNameEndingWith("Util"))
                        .or(haveSimpleNameEndingWith("Utils"))
                        .or(haveSimpleNameEndingWith("Impl"))
                        .or(haveSimpleNameEndingWith("Dto")))
                .because("such a name says that nobody knew what it is");
    }

    private static ArchRule handlers() {
        DescribedPredicate<JavaClass> handling = describe(
                "handle commands", c -> c.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(CommandHandler.class)));
        return CompositeArchRule.of(classes().that(handling).should(haveSimpleNameEndingWith("Handler")))
                .and(classes()
                        .that()
                        .haveSimpleNameEndingWith("Handler")
                        .should()
                        .haveModifier(JavaModifier.FINAL))
                .because("who looks for what handles a command looks for a Handler");
    }

    private static ArchRule commands() {
        return classes()
                .that(assignableTo(Command.class).and(not(describe("interfaces", JavaClass::isInterface))))
                .should(beAnnotatedWith(AllowedTo.class))
                .because("nothing is open by default");
    }

    private static ArchRule events() {
        return classes()
                .that(assignableTo(DomainEvent.class).and(not(describe("interfaces", JavaClass::isInterface))))
                .should(beAnnotatedWith(Revision.class))
                .andShould()
                .beRecords()
                .because("what is stored is read for decades");
    }

    private static ArchRule noPublicMutableFields() {
        DescribedPredicate<JavaField> open = describe(
                "open to all and not final",
                f -> f.getModifiers().contains(JavaModifier.PUBLIC)
                        && !f.getModifiers().contains(JavaModifier.FINAL));
        return classes().should(new ArchCondition<>("have no public field that can be set") {
            @Override
            public void check(JavaClass c, ConditionEvents events) {
                c.getFields().stream()
                        .filter(open)
                        .forEach(f -> events.add(SimpleConditionEvent.violated(f, f.getFullName() + " can be set")));
            }
        });
    }

    private static String[] packages(String root, List<String> names) {
        return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }
}
