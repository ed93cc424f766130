package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Rule;

class CommandRoutesTest {

    /** Every record of the domain that is a command, found in its classes and not in any list; its tests do not count. */
    private static final Set<Class<?>> COMMANDS_OF_THE_DOMAIN = new ClassFileImporter()
            .importUrl(Command.class.getProtectionDomain().getCodeSource().getLocation()).stream()
                    .filter(found -> found.isAssignableTo(Command.class) && found.isRecord())
                    .map(JavaClass::reflect)
                    .collect(Collectors.toUnmodifiableSet());

    @Test
    @DisplayName("every command of the domain has one route, and every route a command of the domain")
    void complete() {
        assertThat(CommandRoutes.ALL.stream().map(CommandRoute::type).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(COMMANDS_OF_THE_DOMAIN.stream()
                        .<Class<? extends Command>>map(type -> type.asSubclass(Command.class))
                        .toList());
        assertThat(COMMANDS_OF_THE_DOMAIN).hasSizeGreaterThan(50);
    }

    @Test
    @DisplayName("the search for commands would find one that has no route")
    void completenessCanFail() {
        record Forgotten(String batchId) implements Command {}
        var found = new ClassFileImporter().importClasses(Forgotten.class).get(Forgotten.class);
        assertThat(found.isAssignableTo(Command.class) && found.isRecord()).isTrue();
        assertThat(CommandRoutes.named("Forgotten")).isNull();
    }

    @Test
    @DisplayName("ALL-04: every command says who may issue it")
    void everyCommandNamesItsRoles() {
        assertThat(COMMANDS_OF_THE_DOMAIN)
                .allSatisfy(type -> assertThat(type.getAnnotation(AllowedTo.class))
                        .as(type.getSimpleName())
                        .isNotNull());
        assertThat(CommandRoutes.ALL)
                .allSatisfy(route -> assertThat(route.roles()).as(route.name()).isNotEmpty());
    }

    @Test
    @DisplayName("names and paths are unique, so that nothing hides behind another")
    void unique() {
        assertThat(CommandRoutes.ALL.stream().map(CommandRoute::name)).doesNotHaveDuplicates();
        assertThat(CommandRoutes.ALL.stream().map(route -> route.path().replaceAll("\\{\\w+}", "{}")))
                .doesNotHaveDuplicates();
    }

    @TestFactory
    @DisplayName("each variable of a path is a text field of the command")
    Stream<DynamicTest> variablesAreFields() {
        return CommandRoutes.ALL.stream()
                .map(route -> DynamicTest.dynamicTest(route.path(), () -> {
                    List<String> texts = Stream.of(route.type().getRecordComponents())
                            .filter(component -> component.getType() == String.class)
                            .map(component -> component.getName())
                            .toList();
                    assertThat(texts).containsAll(route.pathVariables());
                }));
    }

    @Test
    @DisplayName("a summary names rules that there are")
    void rulesExist() {
        Set<String> known = Stream.of(Rule.values()).map(Rule::id).collect(Collectors.toSet());
        assertThat(CommandRoutes.ALL)
                .allSatisfy(route -> assertThat(known).as(route.name()).containsAll(route.rules()));
    }

    @Test
    @DisplayName("what decides so many at a time may be asked for as a whole")
    void atMost() {
        assertThat(CommandRoutes.ALL.stream().filter(CommandReader::takesAtMost).map(CommandRoute::type))
                .containsExactlyInAnyOrder(
                        BatchCommand.GrantApplications.class,
                        BatchCommand.PublishGrant.class,
                        BatchCommand.Backfill.class,
                        BatchCommand.CloseQueue.class);
    }
}
