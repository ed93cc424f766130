package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every command, tried with every command. */
class EveryCommandTest extends HttpTest {

    private static Stream<CommandRoute> routes() {
        return CommandRoutes.ALL.stream().filter(route -> route.type() != PublishScheme.class);
    }

    @TestFactory
    @DisplayName("each command arrives at the pipeline as it was sent, from its route and in bulk, with one hash")
    Stream<DynamicTest> arrives() {
        return routes().map(route -> DynamicTest.dynamicTest(route.fullPath(), () -> {
            pipeline.reset();
            ObjectNode whole = SampleCommands.of(route.type());
            ObjectNode body = whole.deepCopy();
            body.remove(route.pathVariables());
            String path = route.fullPath().replaceAll("\\{\\w+}", CODE);

            var alone = as(Role.SYSTEM).post(path, body.toString());
            var inBulk = as(Role.SYSTEM)
                    .post(
                            BulkEndpoint.PATH,
                            "{\"commands\":[{\"key\":\"k\",\"type\":\"%s\",\"body\":%s}]}"
                                    .formatted(route.name(), whole));

            assertThat(alone.status()).as(alone.text()).isEqualTo(200);
            assertThat(inBulk.json().path("answers").get(0).path("status").intValue())
                    .as(inBulk.text())
                    .isEqualTo(200);
            assertThat(pipeline.submitted())
                    .hasSize(2)
                    .allSatisfy(
                            request -> assertThat(request.command()).isEqualTo(StrictJson.value(whole, route.type())));
            assertThat(pipeline.submitted().get(0).bodySha256())
                    .isEqualTo(pipeline.submitted().get(1).bodySha256());
        }));
    }

    @TestFactory
    @DisplayName("what the document calls required is required, and what it calls optional may be left out")
    Stream<DynamicTest> required() {
        return routes().flatMap(route -> fields(route.type(), "", SampleCommands.of(route.type()))
                .map(field -> DynamicTest.dynamicTest(route.name() + field.pointer(), () -> {
                    ObjectNode without = SampleCommands.of(route.type());
                    field.removeFrom(without);
                    if (field.optional()) {
                        assertThat(CommandReader.read(route, without).command()).isInstanceOf(route.type());
                    } else {
                        assertThatThrownBy(() -> CommandReader.read(route, without))
                                .isInstanceOf(Malformed.class);
                    }
                })));
    }

    @TestFactory
    @DisplayName("an unknown field is refused wherever it stands")
    Stream<DynamicTest> unknown() {
        return routes().map(route -> DynamicTest.dynamicTest(route.name(), () -> {
            ObjectNode more = SampleCommands.of(route.type()).put("unheardOf", 1);
            assertThatThrownBy(() -> CommandReader.read(route, more))
                    .isInstanceOfSatisfying(
                            Malformed.class,
                            malformed -> assertThat(malformed.field()).isEqualTo("unheardOf"));
        }));
    }

    /** A field of a record, or of a record in it, by the JSON pointer of what holds it. */
    private record Field(Class<?> owner, String holder, String name) {

        String pointer() {
            return holder + "/" + name;
        }

        boolean optional() {
            return RecordSchemas.isOptional(owner, name);
        }

        void removeFrom(ObjectNode root) {
            JsonNode at = holder.isEmpty() ? root : root.at(holder);
            ((ObjectNode) at).remove(name);
        }
    }

    private static Stream<Field> fields(Class<?> type, String holder, ObjectNode sample) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            Stream<Field> itself = Stream.of(new Field(type, holder, component.getName()));
            JsonNode value = sample.get(component.getName());
            String inside = holder + "/" + component.getName();
            if (value instanceof ObjectNode object) {
                return Stream.concat(itself, fields(component.getType(), inside, object));
            }
            if (value.isArray() && value.get(0) instanceof ObjectNode object) {
                return Stream.concat(itself, fields(entryOf(component), inside + "/0", object));
            }
            return itself;
        });
    }

    private static Class<?> entryOf(RecordComponent list) {
        return (Class<?>) ((java.lang.reflect.ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }
}
