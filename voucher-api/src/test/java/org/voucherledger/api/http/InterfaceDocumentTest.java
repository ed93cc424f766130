package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import tools.jackson.databind.JsonNode;

class InterfaceDocumentTest extends HttpTest {

    private String document() {
        var told = anonymous().get("/v3/api-docs");
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told.text();
    }

    private OpenAPI parsed() {
        var options = new ParseOptions();
        options.setResolve(false);
        var result = new OpenAPIV3Parser().readContents(document(), null, options);
        assertThat(result.getMessages()).isEmpty();
        return result.getOpenAPI();
    }

    @Test
    @DisplayName("the document is OpenAPI 3.1 and can be read without a word of complaint")
    void parses() {
        assertThat(parsed().getSpecVersion()).isEqualTo(SpecVersion.V31);
        assertThat(document()).startsWith("{\"openapi\":\"3.1.");
    }

    @Test
    @DisplayName("it is there as YAML too, and its page needs nothing from elsewhere")
    void yamlAndPage() {
        assertThat(anonymous().get("/v3/api-docs.yaml").text()).startsWith("openapi: 3.1.");
        var page = anonymous().get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(Pattern.compile("(src|href)=\"(https?:)?//")
                        .matcher(page.text())
                        .find())
                .isFalse();
        assertThat(anonymous().get("/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
    }

    @TestFactory
    @DisplayName("every command stands in it, with its roles, key, body, answers and problems")
    Stream<DynamicTest> everyCommand() {
        OpenAPI document = parsed();
        return CommandRoutes.ALL.stream()
                .map(route -> DynamicTest.dynamicTest(route.name(), () -> {
                    Operation operation =
                            document.getPaths().get(route.fullPath()).getPost();
                    assertThat(operation.getOperationId()).isEqualTo(route.name());
                    assertThat(operation.getExtensions().get("x-roles"))
                            .isEqualTo(route.roles().stream().map(Role::name).toList());
                    assertThat(operation.getParameters().stream().map(Parameter::getName))
                            .contains("Idempotency-Key")
                            .containsAll(route.pathVariables());
                    assertThat(operation.getRequestBody().getContent()).containsKey("application/json");
                    assertThat(operation.getResponses().keySet())
                            .contains("200", "400", "401", "403", "404", "409", "413", "415", "422", "500", "503");
                }));
    }

    @TestFactory
    @DisplayName("the schema of each command admits what the ledger admits, and refuses what is unknown")
    Stream<DynamicTest> schemas() {
        String document = document();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        return CommandRoutes.ALL.stream()
                .filter(route -> route.type() != PublishScheme.class)
                .map(route -> DynamicTest.dynamicTest(route.name(), () -> {
                    Schema schema = registry.getSchema("{\"$ref\":\"#/components/schemas/" + route.name()
                            + "\",\"components\":"
                            + StrictJsonTree.at(document, "/components") + "}");
                    var sample = SampleCommands.of(route.type());
                    assertThat(schema.validate(sample.toString(), InputFormat.JSON))
                            .isEmpty();
                    sample.put("unheardOf", 1);
                    assertThat(schema.validate(sample.toString(), InputFormat.JSON))
                            .isNotEmpty();
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "k-1", "91440101MA5A00001H", "-a", "a b", "a~b", "a/b", "schl\u00fcssel", "键", "", "#1"})
    @DisplayName("the patterns of keys and parties admit what the ledger admits, and nothing else")
    void patterns(String value) {
        String longest = value.repeat(300);
        for (String written : List.of(value, longest.substring(0, Math.min(64, longest.length())), longest)) {
            assertThat(written.matches(IdempotencyKey.PATTERN))
                    .isEqualTo(admits(() -> IdempotencyKey.check("key", written)));
            assertThat(written.matches(InterfaceDocument.PARTY)).isEqualTo(admits(() -> Field.id("party", written)));
        }
        var operation = parsed().getPaths()
                .get("/api/v1/vouchers/{voucherId}/acceptance")
                .getPost();
        assertThat(operation.getParameters().stream()
                        .filter(parameter -> parameter.getIn().equals("header"))
                        .map(parameter -> parameter.getSchema().getPattern()))
                .containsExactly(IdempotencyKey.PATTERN, InterfaceDocument.PARTY);
    }

    private static boolean admits(Runnable check) {
        try {
            check.run();
            return true;
        } catch (Malformed malformed) {
            return false;
        }
    }

    @Test
    @DisplayName("no reference in it leads nowhere")
    void references() {
        String document = document();
        JsonNode root = StrictJsonTree.read(document);
        List<String> references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(references)
                .hasSizeGreaterThan(70)
                .allSatisfy(reference -> assertThat(root.at(reference).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    @DisplayName("what is there without a token: the document, its page, liveness; and nothing of it can be written to")
    void openPaths() {
        assertThat(anonymous().post("/v3/api-docs", "{}").status()).isEqualTo(401);
        assertThat(anonymous().post("/swagger-ui/index.html", "{}").status()).isEqualTo(401);
    }
}
